"""Every guidance answers for its own campaign; what it does not say is refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.campaigns.plan import NoPlan, plan_of
from archive.errors import NotFound
from generator.rules.rulebook import load_rulebook
from tests.archive.campaigns.conftest import Commune
from tests.archive.campaigns.pictures import BOOK

_OTHER = Path(__file__).parents[2] / "rulebooks" / "score_2025"


def test_the_plan_of_2018_has_the_five_stages_of_the_contract() -> None:
    stages = plan_of(BOOK).stages
    assert [stage.code for stage in stages] == ["prepare", "ballots", "submit", "decide", "archive"]
    assert [stage.code for stage in stages if stage.files] == ["archive"]


def test_a_stage_the_guidance_does_not_have_is_refused_with_those_it_has(commune: Commune) -> None:
    with pytest.raises(NotFound, match="prepare, ballots, submit, decide, archive"):
        commune.run("keep")


def test_a_guidance_that_says_nothing_of_campaigns_opens_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = tmp_path / "score_bare"
    shutil.copytree(_OTHER, bare, ignore=shutil.ignore_patterns("campaign.py", "__pycache__"))
    monkeypatch.setenv("HOSO_RULEBOOKS", str(tmp_path))
    with pytest.raises(NoPlan, match=r"campaign\.py"):
        plan_of(load_rulebook("score_bare"))

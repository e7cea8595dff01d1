"""Numbers of papers are suggested in order, given once, and printed wherever the paper is quoted."""

from __future__ import annotations

from datetime import date

import pytest

from archive.campaigns.numbering import NumberRefused, begin_series, give_number, register_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.stages import papers_of, units_of
from archive.errors import NotFound
from tests.archive.campaigns.conftest import Commune


def papers(commune: Commune) -> list[Paper]:
    """Every paper of the campaign as it stands."""
    situation = commune.situation()
    stages = [stage.code for stage in situation.plan.stages if not stage.files]
    return [
        paper for stage in stages for unit in units_of(situation.picture) for paper in papers_of(situation, stage, unit)
    ]


def reports(commune: Commune, cell: str = "CBK1") -> list[Paper]:
    """The cell's final papers of the register that have no number yet."""
    listed = [paper for paper in papers(commune) if paper.state == "final" and paper.document.get("symbol")]
    return [paper for paper in listed if paper.file_name.startswith(cell) and not paper.document.get("number")]


def test_numbers_are_suggested_on_from_where_the_register_stands(commune: Commune) -> None:
    paper = reports(commune)[0]
    kind = str(paper.document["symbol"]).partition("/")[0]
    begin_series(commune.database, paper.unit_id, kind, "2017-2020", 14, actor="cli")
    own = [
        one.suggested
        for one in register_of(commune.database, commune.situation().picture, papers(commune))
        if one.symbol == paper.document["symbol"] and one.suggested
    ]
    assert own == list(range(15, 15 + len(own)))


def test_a_given_number_is_printed_with_its_day(commune: Commune) -> None:
    paper = reports(commune)[0]
    give_number(
        commune.database, commune.situation().picture, [paper], f"{paper.file_name}.docx", 7, date(2018, 12, 20),
        actor="cli",
    )  # fmt: skip
    again = next(one for one in papers(commune) if one.key == paper.key)
    assert again.document["number"] == "07"
    assert again.document["date"] == "2018-12-20"


def test_one_number_is_given_once(commune: Commune) -> None:
    listed = reports(commune)
    kinds: dict[str, list[Paper]] = {}
    for paper in listed:
        kinds.setdefault(str(paper.document["symbol"]), []).append(paper)
    first, second = next(found for found in kinds.values() if len(found) > 1)[:2]
    picture = commune.situation().picture
    give_number(commune.database, picture, listed, first.file_name, 3, date(2018, 12, 20), actor="cli")
    with pytest.raises(NumberRefused, match="văn bản khác"):
        give_number(commune.database, picture, listed, second.file_name, 3, date(2018, 12, 21), actor="cli")
    again = papers(commune)
    with pytest.raises(NumberRefused, match="đã có số 03"):
        give_number(commune.database, picture, again, first.file_name, 9, date(2018, 12, 21), actor="cli")


def test_the_number_of_a_decision_is_quoted_by_its_notices(commune: Commune) -> None:
    with commune.database.conn:
        commune.database.execute("UPDATE decision SET number = NULL, decided_on = NULL")
    decision = next(paper for paper in papers(commune) if paper.form == "decision-members" and paper.decides)
    give_number(
        commune.database, commune.situation().picture, papers(commune), decision.file_name, 21, date(2019, 1, 8),
        actor="cli",
    )  # fmt: skip
    made = papers(commune)
    assert any(one.form == "decision-members" and one.number == "21-QĐ/ĐU" for one in made)
    quoted = {row["number"] for row in commune.database.query("SELECT DISTINCT number FROM decision")}
    assert "21-QĐ/ĐU" in quoted


def test_an_unknown_paper_is_said(commune: Commune) -> None:
    with pytest.raises(NotFound, match="hoso numbers list"):
        give_number(
            commune.database, commune.situation().picture, papers(commune), "khong-co", 1, date(2019, 1, 8), actor="cli"
        )

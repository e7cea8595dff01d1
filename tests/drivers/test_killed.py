"""Killed at any step boundary, nothing acknowledged is lost, the check finds nothing, and the work can be done again.

A few boundaries of each work in every run of the tests; `make kill-test` takes 600 of them (`HOSO_KILLS`).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from archive.errors import DatabaseLost
from tests.drivers.scenarios import SCENARIOS, Scenario, annulling, copied, sound
from tests.drivers.stopping import Operations, in_child, kill_here, operations_of

KILLS = int(os.environ.get("HOSO_KILLS", "42")) // (len(SCENARIOS) + 1)


def _stop(scenario: Scenario, place: Path, *, kills: int) -> int:
    base = place / "base"
    base.mkdir()
    scenario.prepare(base / "data")
    trial = copied(base, place / "trial")
    operations = operations_of(lambda: scenario.act(trial), place / "told")
    sound(trial)
    assert operations > 10
    chosen = random.Random(13)  # noqa: S311 - moments of a test
    moments = sorted(chosen.sample(range(1, operations + 1), min(kills, operations)))
    killed = 0
    for number, moment in enumerate(moments):
        root = copied(base, place / f"{number}")
        status = in_child(lambda: scenario.act(root), Operations(moment, kill_here), place / "told")  # noqa: B023
        assert status in (0, -signal.SIGKILL), f"stopped before operation {moment}"
        killed += status == -signal.SIGKILL
        _holds(scenario, root, moment)
        shutil.rmtree(root.parent)
    return killed


def _holds(scenario: Scenario, root: Path, moment: int) -> None:
    try:
        try:
            sound(root)
        except DatabaseLost:
            assert "lost" in scenario.name
        scenario.again(root)
        sound(root)
    except BaseException as error:
        error.add_note(f"{scenario.name}, killed before operation {moment}")
        raise


@pytest.mark.timeout(0 if KILLS > 20 else 600)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_killed_at_any_boundary(scenario: Scenario, place: Path) -> None:
    killed = _stop(scenario, place, kills=KILLS)
    sys.stdout.write(f"{scenario.name}: killed {killed} times\n")
    assert killed >= KILLS * 0.9 or killed > 50


@pytest.mark.timeout(0 if KILLS > 20 else 600)
def test_killed_while_annulling(filed_sample: Path, place: Path) -> None:
    killed = _stop(annulling(filed_sample), place, kills=KILLS)
    sys.stdout.write(f"annulling: killed {killed} times\n")
    assert killed >= KILLS * 0.9

"""Damages of every kind, each found and named by the check.

A few in every run of the tests; `make damage-test` does 1,000 of them (`HOSO_DAMAGES`, and `HOSO_SEED` for others).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from archive.office.folder import open_office
from archive.records import events
from archive.records.database import writing
from archive.store.fixity import check_store
from tests.drivers.damaging import Damager

DAMAGES = int(os.environ.get("HOSO_DAMAGES", "60"))


@pytest.mark.timeout(0 if DAMAGES > 100 else 600)
def test_every_damage_is_found_and_named(filed_sample: Path, place: Path) -> None:
    root = place / "data"
    shutil.copytree(filed_sample, root)
    office = open_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        for number in range(5):  # events that no filed version knows of yet
            with writing(database):
                events.append(database, actor="cli", action="document.opened", subject="x", note=str(number))
        assert check_store(office, database).damages == ()
    kept = place / "sound.db"
    shutil.copyfile(root / "hoso.db", kept)
    damager = Damager(root, kept, Random(int(os.environ.get("HOSO_SEED", "13"))))  # noqa: S311 - damages of a test
    kinds: Counter[str] = Counter()
    missed = []
    for _ in range(DAMAGES):
        done = damager.damage()
        with closing(office.connect().conn) as connection:
            damages = check_store(office, Database(connection)).damages
        kinds[done.told.split()[0]] += 1
        if not any(done.named(damage) for damage in damages):
            missed.append((done.told, [str(damage) for damage in damages]))
        damager.undo()
    sys.stdout.write(f"{dict(kinds)}\n")
    assert missed == []
    with closing(office.connect().conn) as connection:
        assert check_store(office, Database(connection)).damages == ()

"""Files that wait between the pages of a form: given back to who sent them, for a day."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from archive.errors import NotFound
from archive.intake.handed_in import forget, hand_in, handed_in, is_held
from archive.office.folder import make_office


def test_only_who_handed_a_file_in_gets_it_back(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    key = hand_in(office, "an", b"don")
    assert handed_in(office, "an", key) == b"don"
    for account, other in (("binh", key), ("an", "khong"), ("an", "../an/" + key), ("an", "")):
        assert not is_held(office, account, other)
        with pytest.raises(NotFound):
            handed_in(office, account, other)
    [path] = [path for path in (office.root / "handed-in").rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    forget(office, "binh", key)
    assert is_held(office, "an", key)
    forget(office, "an", key)
    assert not is_held(office, "an", key)


def test_what_was_left_for_a_day_goes(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    key = hand_in(office, "an", b"don")
    [path] = [path for path in (office.root / "handed-in").rglob("*") if path.is_file()]
    yesterday = time.time() - 25 * 3600
    os.utime(path, (yesterday, yesterday))
    new = hand_in(office, "binh", b"khac")
    assert not is_held(office, "an", key) and is_held(office, "binh", new)

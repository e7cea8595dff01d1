"""Filters and counts follow the database at once, though no word of a dossier changed."""

from __future__ import annotations

import shutil

import pytest

from archive.records.database import writing
from search.engine import Entry, EntrySegment
from search.find import facets, find
from search.index import drain, reindex
from search.structure import Columns, structure_of
from search.waiting import waiting_of
from tests.search.conftest import SmallOffice, small_office


def total(small: SmallOffice, query: str) -> int:
    answer = find(small.office, small.database, query)
    assert sum(facets(small.office, small.database, query)["period"].values()) == answer["total"]
    return int(answer["total"])


def changed(small: SmallOffice, sql: str, *values: str) -> None:
    with writing(small.database):
        small.database.execute(sql, values)


def test_a_result_taken_back_leaves_its_level_at_once(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An", level="excellent")
    small.filed("Trần Thị Bình", level="excellent")
    drain(small.office, small.database)
    assert (total(small, "muc:xs"), total(small, "trang-thai:annulled")) == (2, 0)
    changed(small, "UPDATE dossier SET level = NULL, status = 'annulled' WHERE id = ?", dossier)
    assert (total(small, "muc:xs"), total(small, "trang-thai:annulled")) == (1, 1)
    assert facets(small.office, small.database)["level"] == {"excellent": 1, "": 1}


def test_what_another_connection_changed_counts(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An")
    drain(small.office, small.database)
    assert total(small, "muc:tot") == 1
    other = small.office.connect()
    with writing(other):
        other.execute("UPDATE dossier SET level = 'completed' WHERE id = ?", [dossier])
    other.close()
    assert (total(small, "muc:tot"), total(small, "muc:HT")) == (0, 1)


def test_what_is_taken_back_with_its_transaction_was_never_so(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An")
    drain(small.office, small.database)
    assert total(small, "muc:tot") == 1
    with pytest.raises(ZeroDivisionError), writing(small.database):
        small.database.execute("UPDATE dossier SET level = 'completed' WHERE id = ?", [dossier])
        assert (total(small, "muc:tot"), total(small, "muc:HT")) == (0, 1)
        raise ZeroDivisionError
    assert (total(small, "muc:tot"), total(small, "muc:HT")) == (1, 0)
    changed(small, "UPDATE dossier SET level = 'excellent' WHERE id = ?", dossier)
    assert (total(small, "muc:xs"), total(small, "muc:HT")) == (1, 0)


def test_a_draft_renamed_or_filed_is_found_as_it_is_now(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An", status="draft", level=None)
    assert (total(small, "an trang-thai:draft"), total(small, "bình")) == (1, 0)
    changed(small, "UPDATE dossier SET subject_name = 'Nguyễn Văn Bình' WHERE id = ?", dossier)
    assert (total(small, "an"), total(small, "bình trang-thai:draft")) == (0, 1)
    changed(small, "UPDATE dossier SET status = 'filed', version = 1 WHERE id = ?", dossier)
    small.queue(dossier)
    for _ in range(2):
        assert (total(small, "bình trang-thai:draft"), total(small, "bình trang-thai:filed")) == (0, 1)
        drain(small.office, small.database)


def test_a_database_put_in_place_of_another_is_read_anew(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An", level="good")
    drain(small.office, small.database)
    assert total(small, "muc:tot") == 1
    other = small_office(small.office.root.parent / "other")
    other.filed("Trần Thị Bình", level="excellent")
    other.filed("Trần Thị Cúc", level="excellent")
    other.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.database.close()
    small.database.close()
    for file in small.office.root.glob("hoso.db*"):
        file.unlink()
    shutil.move(other.office.database_path, small.office.database_path)
    small.database = small.office.connect()
    reindex(small.office, small.database)
    assert (total(small, "muc:tot"), total(small, "muc:xs"), total(small, "trần")) == (0, 2, 2)


def test_reading_goes_by_changes_and_not_over_everything_again(small: SmallOffice) -> None:
    first, second = small.filed("Nguyễn Văn An"), small.filed("Trần Thị Bình")
    segment = EntrySegment([Entry(dossier, "2018", "", frozenset(), {}) for dossier in (first, second)])
    structure = structure_of(small.office)

    def columns() -> Columns:
        return structure.columns(small.database, [segment])[0]

    before = columns()
    assert columns() is before
    changed(small, "UPDATE dossier SET title = 'Hồ sơ' WHERE id = ?", first)
    changed(small, "UPDATE dossier SET level = level")
    assert columns() is before, "nothing changed that filters ask for"
    changed(small, "UPDATE dossier SET level = 'completed' WHERE id = ?", first)
    assert columns() is not before
    assert before.having("level", frozenset({"good"})) == 0b11, (
        "a question begun before the change is answered as begun"
    )
    assert columns().having("level", frozenset({"good"})) == 1 << segment.rank_of[second]


def test_drafts_are_not_read_again_for_what_changed_elsewhere(small: SmallOffice) -> None:
    draft = small.filed("Nguyễn Văn An", status="draft", level=None)
    filed = small.filed("Trần Thị Bình")
    drain(small.office, small.database)
    waiting = waiting_of(small.office)
    before = waiting.segment(small.database)
    assert before.ids == [draft]
    changed(small, "UPDATE dossier SET level = 'completed' WHERE id = ?", filed)
    assert waiting.segment(small.database) is before
    small.queue(filed)
    assert sorted(waiting.segment(small.database).ids) == sorted([draft, filed])
    changed(small, "DELETE FROM dossier WHERE id = ?", draft)
    assert waiting.segment(small.database).ids == [filed]

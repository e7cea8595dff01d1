"""The database lost and made anew from the store: every record as it was, row by row, and found as before."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from docx import Document

from archive.records.filed_tables import DERIVED, REGISTER_TABLES, SUBJECT_TABLES, UNIT_TABLES
from tests.acceptance.journey import Desk, call

RECORDS = {"dossier", "dossier_file", "filing", "event"} | {
    table.name for table in (*SUBJECT_TABLES, *UNIT_TABLES, *REGISTER_TABLES) if table.name not in DERIVED
}


def records(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table of records, but for what is not filed."""
    kept = {name: found for name, found in desk.kept().items() if name in RECORDS}
    # Papers to hand out and dossiers not filed yet are working data; so are facts that stand in no dossier.
    kept["dossier"] = desk.rows("SELECT * FROM dossier WHERE version > 0 ORDER BY id")
    kept["event"] = desk.rows("SELECT * FROM event ORDER BY seq")
    kept["document"] = desk.rows("SELECT * FROM document WHERE item <> '' ORDER BY id")
    filed = "SELECT evaluation_id FROM dossier WHERE version > 0"
    kept["evaluation"] = desk.rows(f"SELECT rowid, * FROM evaluation WHERE id IN ({filed}) ORDER BY id")
    return kept


def lose_database(desk: Desk) -> None:
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (desk.root / part).unlink(missing_ok=True)
    shutil.rmtree(desk.root / "index")


def answers(desk: Desk) -> list[Any]:
    found = [desk("search", query, "--limit", "1000", "--json").json for query in ("", "Nguyễn", "khuyết điểm")]
    return [*found, desk("history", "Nguyễn", "--json").json, desk.dossiers()]


def test_a_lost_database_is_made_anew_from_the_store(done: Desk) -> None:
    assert done("rebuild", "--check", "--json").json == []
    before, said = records(done), answers(done)
    # The store tells of the events up to the last filing; who looked or checked since then stands in a backup.
    [(told,)] = done.rows("SELECT max(seq) FROM event WHERE action = 'register.filed'")
    before["event"] = before["event"][:told]
    assert told > 200
    lose_database(done)
    refused = call("--data", done.root, "dossier", "list")
    assert (refused.code, "hoso rebuild" in refused.err) == (2, True), "no empty database is made in its place"
    assert done("verify", code=1).out.startswith("✗ Cơ sở dữ liệu: ")
    assert done("rebuild", "--json").json["anew"] is True
    after = records(done)
    assert after["event"].pop()[3] == "database.rebuilt"
    for name, found in before.items():
        assert after[name] == found, name
    assert done("verify", "--json").json == []
    assert done("events", "verify", "--json").json["damages"] == []
    assert answers(done) == said


def test_edited_records_are_set_right_and_what_is_not_filed_stays(done: Desk) -> None:
    dossier = done.dossier_of("DV012")
    before, accounts, papers = records(done), done.kept()["account"], done.kept()["document"]
    with closing(sqlite3.connect(done.root / "hoso.db")) as database, database:
        database.execute("UPDATE decision SET level = 'excellent'")
        database.execute("UPDATE person SET full_name = 'Người Khác'")
    assert dossier in {damage["dossier"] for damage in done("verify", "--json", code=1).json}
    assert done("rebuild", "--check", code=1).out
    kept = done("rebuild", "--json").json["kept"]
    after = records(done)
    seen = {row[0] for row in before["event"]}
    assert [row[3] for row in after.pop("event") if row[0] not in seen] == ["store.verified", "database.rebuilt"]
    before.pop("event")
    assert after == before
    assert (done.kept()["account"], done.kept()["document"]) == (accounts, papers)
    assert kept
    assert done("verify", "--json").json == []


def test_the_check_can_be_limited_and_the_newest_event_signed_for(done: Desk, tmp_path: Path) -> None:
    assert "5/140" in done("verify", "--limit", "5").out
    head = done("events", "head", "--json").json
    said = done("events", "head", "-o", tmp_path / "dau-nhat-ky.docx").out
    page = Document(str(tmp_path / "dau-nhat-ky.docx"))
    text = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert f"Số việc đã ghi trong nhật ký: {head['seq']}" in text
    assert head["hash"] in text.replace(" ", "").replace("\n", "")
    assert "NGƯỜI KIỂM TRA" in page.tables[0].rows[0].cells[1].text
    assert head["hash"][:8] in said
    [last] = done.rows("SELECT action, note FROM event ORDER BY seq DESC LIMIT 1")
    assert last == ("events.printed", f"seq={head['seq']}")


def test_an_index_that_does_not_fit_is_told_apart(done: Desk) -> None:
    assert done("verify", "--json").json == []
    for file in (done.root / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"x")
    [damage] = done("verify", "--json", code=1).json
    assert damage["code"] == "index"
    assert "hoso reindex" in damage["remedy"]
    done("reindex")
    assert done("verify", "--json").json == []

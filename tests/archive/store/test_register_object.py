"""The register in the store: filed with the first dossier, anew when it changed, readable without this program."""

from __future__ import annotations

import json

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import one, rows, writing
from archive.records.filed_tables import REGISTER_TABLES, SUBJECT_TABLES, UNIT_TABLES
from archive.store.filing import file_dossiers, file_register
from archive.store.fixity import verify
from archive.store.layout import root_files
from archive.store.ocfl import Store
from archive.store.register_object import REGISTER
from tests.archive.store.conftest import assert_valid, package

# What is not filed: covered by backups, or made anew.
WORKING = {
    "printed", "content", "outbox", "workbook_row", "account", "sign_in_attempt", "step_order", "template",
    "fixity_run", "fixity_check", "event_head", "register_state", "waiting_paper", "number_series",
    "dossier_change",
}  # fmt: skip
# Filed by the protocol itself, beside the rows a dossier carries.
PROTOCOL = {"dossier", "dossier_file", "filing", "event"}


def file(office: Office, database: Database, *numbers: int, text: str = "bản đầu") -> None:
    with office.locked():
        packages = [package(number, text) for number in numbers]
        file_dossiers(office, database, packages, actor="cli", reason="Nộp lưu")


def lines(office: Office, path: str, version: int | None = None) -> list[dict[str, object]]:
    data = Store(office.store_root).read(REGISTER, path, version).decode()
    return [json.loads(line) for line in data.splitlines()]


def test_every_table_is_either_filed_or_known_as_working_data(database: Database) -> None:
    known = {table.name for table in (*REGISTER_TABLES, *SUBJECT_TABLES, *UNIT_TABLES)} | WORKING | PROTOCOL
    made = {name for name in database.table_names() if not name.startswith(("sqlite_", "_sqlite"))}
    # A table of a later release: say in `filed_tables` with what it is filed, or add it to WORKING here.
    assert made - known == set()


def test_the_register_is_filed_before_the_first_dossier_that_names_it(office: Office, database: Database) -> None:
    file(office, database, 0)
    store = Store(office.store_root)
    assert_valid(store)
    told = json.loads(store.read(REGISTER, "register.json"))
    assert told["rows"]["person"] == 3
    assert told["rulebooks"]["hd13_2018"].startswith("Hướng dẫn số 13-HD/TU")
    people = json.loads(store.read(REGISTER, "person.json"))
    assert [person["full_name"] for person in people] == ["Nguyễn Thị Ước"] * 3
    filed = [row["action"] for row in rows(database, "SELECT action FROM event ORDER BY seq")]
    assert filed == ["register.filed", "dossier.filed"]
    inventory = store.inventory(REGISTER)
    assert inventory is not None
    version = inventory.versions[0]
    assert (version.message, version.user.name) == ("Nộp lưu", "cli")


def test_it_is_filed_anew_when_it_changed_and_tables_that_did_not_are_kept_once(
    office: Office, database: Database
) -> None:
    file(office, database, 0)
    file(office, database, 1)
    store = Store(office.store_root)
    assert len(store.versions(REGISTER)) == 1, "nothing changed in it"
    with writing(database):
        database.execute("UPDATE person SET full_name = 'Trần Văn Ơn', revision = revision + 1 WHERE reference = 'DV1'")
    file(office, database, 2)
    assert len(store.versions(REGISTER)) == 2
    assert_valid(store)
    inventory = store.inventory(REGISTER)
    assert inventory is not None
    assert set(inventory.content_of(2)) == {
        f"v2/content/{name}" for name in ("person.json", "register.json", "events.jsonl")
    }
    assert {"Trần Văn Ơn"} <= {row["full_name"] for row in json.loads(store.read(REGISTER, "person.json"))}
    assert verify(office, database) == []


def test_it_holds_the_events_and_steps_since_the_version_before(office: Office, database: Database) -> None:
    file(office, database, 0)
    with writing(database):
        database.table("step").insert(
            {"evaluation_id": "aaaaaaaaaa00", "step": "review", "at": "2018-12-01", "actor": "cli", "basis": "Hội nghị"}
        )
        events.append(database, actor="cli", action="evaluation.review", subject="aaaaaaaaaa00")
    with office.locked():
        assert file_register(office, database, actor="cli", reason="Nộp lưu")
        assert not file_register(office, database, actor="cli", reason="Nộp lưu"), "events alone make no version"
    assert [row["step"] for row in lines(office, "steps.jsonl")] == ["review"]
    assert [row["seq"] for row in lines(office, "events.jsonl")] == [1, 2, 3]
    assert verify(office, database) == []


def test_a_dossier_carries_the_rows_that_stand_behind_it(office: Office, database: Database) -> None:
    with writing(database):
        database.table("assessment").insert(
            {"id": "t1", "evaluation_id": "aaaaaaaaaa00", "assessor": "self", "ratings": '{"a": "good"}'}
        )
    file(office, database, 0)
    told = json.loads(Store(office.store_root).read("2018-m-aaaaaaaaaa00", "dossier.json"))
    assert told["rows"]["assessment"][0]["ratings"] == {"a": "good"}
    assert told["rows"]["evaluation"][0]["person_id"] == "pppppppppp00"
    assert told["filing"]["event_seq"] == 0
    kept = one(database, "SELECT payload FROM filing WHERE object = '2018-m-aaaaaaaaaa00'")
    assert kept == {"payload": ""}, "what it carried stands in its rows"


def test_the_readme_names_every_table_and_key() -> None:
    readme = root_files()["README.txt"].decode()
    for table in (*REGISTER_TABLES, *SUBJECT_TABLES, *UNIT_TABLES):
        assert table.name in readme, table.name
    for key in ("dossier", "filing", "files", "record", "rows", "event_head", "event_seq", "waits_for", "rowid"):
        assert key in readme

"""Filing: store and database move together, whatever stops the work, and nothing acknowledged is lost."""

from __future__ import annotations

import errno
import json
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import Busy
from archive.office.folder import Office
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.errors import PathRefused, RowsRefused, StoreDamaged, StoreFull
from archive.store.filing import DossierFile, DossierPackage, FiledDossier, file_dossiers, recover
from archive.store.fixity import verify
from archive.store.ocfl import Store
from tests.archive.store.conftest import assert_valid, package, with_files

FIRST, SECOND = "2018-m-aaaaaaaaaa00", "2018-m-aaaaaaaaaa01"


def file(office: Office, database: Database, *packages: DossierPackage) -> list[FiledDossier]:
    with office.locked():
        return file_dossiers(office, database, packages, actor="cli", reason="Nộp lưu đợt 2018")


def agrees(office: Office, database: Database) -> None:
    """Store and rows agree, for this program and for another one, and nothing lies half done."""
    store = Store(office.store_root)
    assert_valid(store)
    assert store.leftovers() == []
    assert rows(database, "SELECT id FROM filing WHERE state = 'prepared'") == []
    assert [str(damage) for damage in verify(office, database)] == []


def test_a_filing_leaves_version_rows_event_and_outbox(office: Office, database: Database) -> None:
    before = events.head(database)
    assert file(office, database, package(0), package(1)) == [
        FiledDossier(FIRST, 1, True),
        FiledDossier(SECOND, 1, True),
    ]
    agrees(office, database)
    dossier = one(database, "SELECT * FROM dossier WHERE id = ?", [FIRST])
    assert dossier is not None
    assert (dossier["version"], dossier["status"], dossier["level"], dossier["complaint"]) == (
        1,
        "filed",
        "good",
        "none",
    )
    files = rows(database, "SELECT path, title, size FROM dossier_file WHERE dossier_id = ? ORDER BY position", [FIRST])
    assert [row["path"] for row in files] == ["01-mau-2.docx", "02-bien-ban.docx", "dossier.json"]
    assert [row["dossier_id"] for row in rows(database, "SELECT dossier_id FROM outbox ORDER BY seq")] == [
        FIRST,
        SECOND,
    ]
    happened = rows(database, "SELECT * FROM event WHERE action = 'dossier.filed' ORDER BY seq")
    assert [row["object"] for row in happened] == [FIRST, SECOND]
    told = json.loads(Store(office.store_root).read(FIRST, "dossier.json"))
    assert told["filing"]["event_head"] == before
    assert told["dossier"]["subject_name"] == "Nguyễn Thị Ước"
    assert [entry["title"] for entry in told["files"]] == ["Bản kiểm điểm cá nhân", "Biên bản họp chi bộ"]


def test_the_version_says_who_made_it_and_why(office: Office, database: Database) -> None:
    account = {
        "id": "k7m2", "user_name": "uoc", "full_name": "Trần Thị Ước", "role": "clerk", "password_hash": "x",
        "created_at": "2018-12-01T00:00:00Z",
    }  # fmt: skip
    with writing(database):
        database.table("account").insert(account)
    with office.locked():
        file_dossiers(office, database, [package()], actor="k7m2", reason="Nộp lưu theo quyết định số 12-QĐ/ĐU")
    version = Store(office.store_root).versions(FIRST)[0]
    assert version.message == "Nộp lưu theo quyết định số 12-QĐ/ĐU"
    assert (version.user.name, version.user.address) == ("Trần Thị Ước", "urn:hoso:account:k7m2")


def test_the_same_fingerprint_again_does_nothing(office: Office, database: Database) -> None:
    file(office, database, package())
    head = events.head(database)
    assert file(office, database, package()) == [FiledDossier(FIRST, 1, False)]
    assert events.head(database) == head
    assert len(Store(office.store_root).versions(FIRST)) == 1


def test_a_changed_dossier_is_a_new_version_and_keeps_its_complaint(office: Office, database: Database) -> None:
    file(office, database, package())
    complaint = {
        "id": "c1", "evaluation_id": "aaaaaaaaaa00", "decision_id": "q1", "complainant": "Nguyễn Thị Ước",
        "received_on": "2019-01-15", "received_through": "in_person", "grounds": "Không đúng", "opened_by": "cli",
        "opened_at": "2019-01-15T00:00:00Z",
    }  # fmt: skip
    with writing(database):
        database.table("decision").insert({"id": "q1", "evaluation_id": "aaaaaaaaaa00", "level": "good"})
        database.table("complaint").insert(complaint)
        database.table("dossier").update(FIRST, {"complaint": "open"})
    assert file(office, database, package(text="bản sau")) == [FiledDossier(FIRST, 2, True)]
    agrees(office, database)
    store = Store(office.store_root)
    assert store.read(FIRST, "01-mau-2.docx", 1).decode() == "Mẫu 2 bản đầu"
    assert store.read(FIRST, "01-mau-2.docx").decode() == "Mẫu 2 bản sau"
    dossier = one(database, "SELECT complaint, version FROM dossier WHERE id = ?", [FIRST])
    assert dossier == {"complaint": "open", "version": 2}


def test_one_dossier_twice_in_a_run_gets_two_versions(office: Office, database: Database) -> None:
    filed = file(office, database, package(), package(text="bản sau"))
    assert [done.version for done in filed] == [1, 2]
    agrees(office, database)


def test_what_the_database_would_refuse_is_refused_before_the_store_is_touched(
    office: Office, database: Database
) -> None:
    stranger = replace(package(1), campaign_id="khong-co")
    with pytest.raises(RowsRefused):
        file(office, database, package(0), stranger)
    agrees(office, database)
    assert list(Store(office.store_root).objects()) == []


def test_names_that_meet_or_are_not_ascii_are_refused(office: Office, database: Database) -> None:
    again = DossierFile("01-mau-2.docx", "self_review", "Bản kiểm điểm", "text/plain", b"x")
    for files in [(again, again), (replace(again, path="dossier.json"),), (replace(again, path="mẫu.docx"),)]:
        with pytest.raises(PathRefused):
            file(office, database, with_files(package(), *files))
    agrees(office, database)


def test_a_store_that_lost_a_version_is_not_filed_over(office: Office, database: Database) -> None:
    file(office, database, package())
    store = Store(office.store_root)
    store.withdraw(FIRST, 1)
    with pytest.raises(StoreDamaged, match="hoso verify"):
        file(office, database, package(text="bản sau"))


_SAMPLES = Path(__file__).with_name("conftest.py")
_KILLED = """
import os, runpy, signal, sys
from pathlib import Path
from archive.office.folder import open_office
from archive.store.filing import file_dossiers

package = runpy.run_path(sys.argv[3])["package"]
office, left = open_office(Path(sys.argv[1])), int(sys.argv[2])

def stop(step):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

def tell(done):
    print(done.dossier_id, done.version, flush=True)

with office.locked():
    file_dossiers(office, office.connect(), [package(0, "bản sau"), package(1)], actor="cli", reason="Nộp lưu",
                  progress=tell, checkpoint=stop)
"""


# A batch of a second version and a first one: prepared, written twice, synced, three pieces and installed, folder made
# and installed, renames synced, rows written, committed.
@pytest.mark.parametrize("step", range(14))
def test_killed_at_any_step_nothing_acknowledged_is_lost(office: Office, database: Database, step: int) -> None:
    file(office, database, package(0))
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(office.root), str(step), str(_SAMPLES)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (-signal.SIGKILL if step < 13 else 0), done.stderr
    with office.locked():
        report = recover(office, database)
    agrees(office, database)
    acknowledged = {FIRST: 1, **{line.split()[0]: int(line.split()[1]) for line in done.stdout.splitlines()}}
    for dossier_id, version in acknowledged.items():
        kept = one(database, "SELECT version FROM dossier WHERE id = ?", [dossier_id])
        assert kept is not None
        assert kept["version"] >= version
    told = one(database, "SELECT version FROM dossier WHERE id = ?", [FIRST])
    assert told is not None
    if step in (0, 1):  # not all of it was written
        assert set(report.withdrawn) >= {SECOND}
    if 3 <= step < 12:
        assert set(report.finished) == {FIRST, SECOND}
    with office.locked():
        assert recover(office, database).finished == ()
    # the clerk does it again: what was finished is left alone, the rest is filed
    file(office, database, package(0, "bản sau"), package(1))
    agrees(office, database)
    assert one(database, "SELECT version FROM dossier WHERE id = ?", [FIRST]) == {"version": 2}
    assert one(database, "SELECT version FROM dossier WHERE id = ?", [SECOND]) == {"version": 1}


@pytest.mark.parametrize("step", ["prepared", "written", "synced", "piece renamed", "installed", "renames synced"])
def test_a_full_disk_leaves_everything_in_order(office: Office, database: Database, step: str) -> None:
    file(office, database, package(0))

    def fill(reached: str) -> None:
        if reached == step:
            raise OSError(errno.ENOSPC, "No space left on device")

    with office.locked(), pytest.raises(StoreFull):
        file_dossiers(
            office, database, [package(0, "bản sau"), package(1)], actor="cli", reason="Nộp lưu", checkpoint=fill
        )
    agrees(office, database)
    file(office, database, package(0, "bản sau"), package(1))
    agrees(office, database)


def test_a_file_the_disk_will_not_take_whole_is_not_filed(office: Office, database: Database) -> None:
    large = DossierFile("03-phim.pdf", "other_documents", "Tài liệu khác", "application/pdf", b"x" * 8_000_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, hard))
    try:
        with pytest.raises(StoreFull):
            file(office, database, package(1), with_files(package(0), large))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    agrees(office, database)
    assert one(database, "SELECT id FROM dossier WHERE id = ?", [FIRST]) is None
    file(office, database, with_files(package(0), large))
    agrees(office, database)


def test_remains_in_the_workspace_are_cleared(office: Office, database: Database) -> None:
    store = Store(office.store_root)
    store.ensure()
    (store.workspace / "2018-m-zzzzzzzzzzzz.v1").mkdir()
    (store.workspace / "2018-m-zzzzzzzzzzzz.v1" / "inventory.json").write_bytes(b"{")
    with office.locked():
        assert recover(office, database).removed == ("2018-m-zzzzzzzzzzzz.v1",)
    agrees(office, database)


def test_a_second_writer_waits_and_then_says_who_is_busy(office: Office) -> None:
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys, pathlib\nfrom archive.office.folder import open_office\n"
            "with open_office(pathlib.Path(sys.argv[1])).locked():\n    print('held', flush=True)\n    input()",
            str(office.root),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy), office.locked(0.1):
        pass
    holder.communicate("\n", timeout=20)
    with office.locked(0.1):
        pass


def test_what_someone_made_impossible_meanwhile_is_taken_back(office: Office, database: Database) -> None:
    file(office, database, package(0))
    decision = {"id": "q1", "evaluation_id": "aaaaaaaaaa00", "level": "good", "revision": 1}
    deciding = replace(package(0, "bản sau"), changes=({"do": "insert", "table": "decision", "row": decision},))

    def meanwhile(step: str) -> None:
        if step == "renames synced":
            with writing(database):
                database.table("decision").insert({**decision, "id": "q2"})

    with office.locked(), pytest.raises(RowsRefused, match="Xin làm lại"):
        file_dossiers(office, database, [deciding, package(1)], actor="cli", reason="Nộp lưu", checkpoint=meanwhile)
    agrees(office, database)
    assert [row["id"] for row in rows(database, "SELECT id FROM decision")] == ["q2"]
    assert one(database, "SELECT version FROM dossier WHERE id = ?", [FIRST]) == {"version": 1}
    assert one(database, "SELECT version FROM dossier WHERE id = ?", [SECOND]) == {"version": 1}

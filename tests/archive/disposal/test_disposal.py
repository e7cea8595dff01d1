"""A dossier goes when its time is over, nothing holds it and two people say so; then nothing of it is left."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.afterwards.errors import NotPermitted
from archive.disposal.carrying_out import carry_out
from archive.disposal.errors import DisposalRefused
from archive.disposal.holds import held, hold, release
from archive.disposal.lists import approve, kept_dossiers, lists, propose, withdraw
from archive.disposal.retention import periods, retentions, set_period
from archive.office.accounts import Account
from archive.office.folder import Office, office_without_database, open_office
from archive.records.database import one, rows, writing
from archive.records.dossiers import list_dossiers, show
from archive.store.errors import DossierDisposed, StoreFull
from archive.store.filing import file_dossiers, recover
from archive.store.fixity import verify
from archive.store.ocfl import Store
from archive.store.rebuild.rebuilding import rebuild, try_rebuild
from tests.archive.disposal.conftest import FIRST, LONG_AFTER, SECOND, THIRD, approved_list, kept_for
from tests.archive.store.conftest import assert_valid, package

People = dict[str, Account]


def complain(database: Database, evaluation: str, decision: str) -> None:
    with writing(database):
        database.table("complaint").insert({
            "id": "complaint000", "evaluation_id": evaluation, "decision_id": decision, "complainant": "Nguyễn Thị Ước",
            "received_on": "2019-01-10", "received_through": "post", "grounds": "Điều kín", "opened_by": "cli",
            "opened_at": "2019-01-10T01:00:00Z",
        })  # fmt: skip


# How long


def test_nothing_falls_due_before_the_office_has_set_the_period_itself(database: Database, people: People) -> None:
    assert not any(one.in_force for one in periods(database).values())
    found = kept_dossiers(database, None, LONG_AFTER)
    assert all("cơ quan chưa đặt thời hạn" in one.against[0] for one in found)
    with pytest.raises(DisposalRefused, match="Không có hồ sơ nào hết thời hạn"):
        propose(database, [], reason="dọn kho", document="", account=people["vanthu"], today=LONG_AFTER)


def test_the_years_count_from_the_end_of_the_year_of_the_last_filing(database: Database, people: People) -> None:
    filed = int(rows(database, "SELECT filed_at FROM dossier LIMIT 1")[0]["filed_at"][:4])
    kept_for(database, people, 20)
    assert retentions(database)[FIRST].due_on == date(filed + 21, 1, 1)
    for day, due in ((date(filed + 20, 12, 31), False), (date(filed + 21, 1, 1), True)):
        assert all(bool(one.against) is not due for one in kept_dossiers(database, None, day))


def test_for_ever_is_for_ever(database: Database, people: People) -> None:
    kept_for(database, people, None)
    assert kept_dossiers(database, None, date(2999, 1, 1))[0].against == ("bảo quản vĩnh viễn",)


def test_a_paper_kept_longer_keeps_its_dossier(database: Database, people: People) -> None:
    kept_for(database, people, 5)
    database.conn.execute(
        "UPDATE dossier_file SET item = 'complaint_file' WHERE dossier_id = ? AND position = 1", [FIRST]
    )
    database.conn.commit()
    assert retentions(database)[FIRST].unset == ("Tài liệu giải quyết khiếu nại",)
    set_period(database, "complaint_file", 50, document="5-QĐ/ĐU", account=people["bithu"])
    assert retentions(database)[FIRST].period.told == "50 năm"
    assert retentions(database)[SECOND].period.told == "5 năm"


def test_a_period_carries_the_paper_it_goes_by_and_only_an_approver_sets_it(database: Database, people: People) -> None:
    with pytest.raises(NotPermitted):
        set_period(database, "member", 5, document="5-QĐ/ĐU", account=people["vanthu"])
    with pytest.raises(DisposalRefused, match="văn bản"):
        set_period(database, "member", 5, document=" ", account=people["bithu"])
    made = set_period(database, "member", 5, document="5-QĐ/ĐU", account=people["bithu"])
    assert made.source == "do cơ quan đặt: 5-QĐ/ĐU"


# Who says so


def test_two_approvers_who_are_two_people_and_not_the_one_who_proposed(
    office: Office, database: Database, people: People
) -> None:
    kept_for(database, people)
    made = propose(database, [], reason="hết hạn", document="", account=people["bithu"], today=LONG_AFTER).id
    with pytest.raises(DisposalRefused, match="không tự duyệt"):
        approve(database, made, document="", account=people["bithu"])
    withdraw(database, made, reason="lập lại", account=people["bithu"])
    made = propose(database, [], reason="hết hạn", document="", account=people["vanthu"], today=LONG_AFTER).id
    with pytest.raises(NotPermitted):
        approve(database, made, document="", account=people["vanthu"])
    approve(database, made, document="", account=people["bithu"])
    with pytest.raises(DisposalRefused, match="đã duyệt"):
        approve(database, made, document="", account=people["bithu"])
    with office.locked(), pytest.raises(DisposalRefused, match="mới có 1 lần duyệt"):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    assert len(list(Store(office.store_root).objects())) == 4


def test_a_dossier_stands_on_one_waiting_list_only(database: Database, people: People) -> None:
    kept_for(database, people)
    propose(database, [FIRST], reason="hết hạn", document="", account=people["vanthu"], today=LONG_AFTER)
    with pytest.raises(DisposalRefused, match="đã có trong danh mục"):
        propose(database, [FIRST, SECOND], reason="hết hạn", document="", account=people["vanthu"], today=LONG_AFTER)
    rest = propose(database, [], reason="hết hạn", document="", account=people["vanthu"], today=LONG_AFTER)
    assert [item["dossier_id"] for item in rest.items] == [SECOND, THIRD]


# What holds


def test_an_open_complaint_holds_and_a_concluded_one_does_not(
    office: Office, database: Database, people: People
) -> None:
    made = approved_list(database, people, FIRST)
    complain(database, "aaaaaaaaaa00", "decision0000")
    assert "khiếu nại" in held(database)[FIRST][0]
    with office.locked(), pytest.raises(DisposalRefused, match="khiếu nại nhận ngày 2019-01-10 chưa kết luận"):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    with writing(database):
        database.table("complaint_step").insert({
            "id": "step00000000", "evaluation_id": "aaaaaaaaaa00", "complaint_id": "complaint000", "kind": "concluded",
            "taken_on": "2019-02-01", "outcome": "kept", "text": "giữ nguyên", "recorded_by": "x", "recorded_at": "x",
        })  # fmt: skip
    with office.locked():
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    assert rows(database, "SELECT * FROM complaint") == rows(database, "SELECT * FROM complaint_step") == []
    assert verify(office, database) == []


def test_an_office_holds_and_releases(office: Office, database: Database, people: People) -> None:
    made = approved_list(database, people)
    hold(database, SECOND, reason="Thanh tra đang mượn", document="12-CV/UBKT", account=people["vanthu"])
    with office.locked(), pytest.raises(DisposalRefused, match="Thanh tra đang mượn"):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    assert len(list_dossiers(database)) == len(Store(office.store_root).inventory(FIRST).versions) + 2  # type: ignore[union-attr]
    assert release(database, SECOND, reason="đã trả", account=people["vanthu"]) == 1
    with pytest.raises(DisposalRefused):
        release(database, SECOND, reason="đã trả", account=people["vanthu"])
    with office.locked():
        assert len(carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER).dossiers) == 3


def test_a_dossier_filed_anew_since_the_proposal_is_not_what_was_approved(
    office: Office, database: Database, people: People
) -> None:
    made = approved_list(database, people, FIRST)
    file_dossiers(office, database, [package(0, "bản sau")], actor="cli", reason="sửa")
    with office.locked(), pytest.raises(DisposalRefused, match="nộp lưu thêm"):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)


# What goes and what stays


def disposed(office: Office, database: Database, people: People) -> str:
    made = approved_list(database, people, FIRST)
    with office.locked():
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    return made


def test_all_of_it_is_gone_and_its_tombstone_stays(office: Office, database: Database, people: People) -> None:
    before = rows(database, "SELECT inventory_digest FROM filing WHERE object = ?", [FIRST])[0]["inventory_digest"]
    made = disposed(office, database, people)
    store = Store(office.store_root)
    assert FIRST not in set(store.objects())
    assert not any(FIRST in str(path) for path in office.root.rglob("*"))
    assert_valid(store)
    assert verify(office, database) == []
    listed = {row["dossier_id"]: row["status"] for row in list_dossiers(database)}
    assert listed == {FIRST: "disposed", SECOND: "filed", THIRD: "filed"}
    seen = show(database, FIRST)
    assert (seen["files"], seen["level"], seen["decision_number"]) == ([], "good", "10-QĐ/ĐU")
    stays = one(database, "SELECT * FROM tombstone")
    assert stays is not None
    assert (stays["id"], stays["list_id"], stays["inventory_digest"], stays["versions"]) == (FIRST, made, before, 1)
    assert "Trần Văn Thịnh" in stays["approvers"] and "Lê Thị Ước" in stays["approvers"]
    told = one(database, "SELECT * FROM event WHERE action = 'dossier.disposed'")
    assert told is not None and told["object"] == FIRST and before in told["note"]
    assert [one.state for one in lists(database)] == ["carried_out"]


def test_nothing_that_was_said_of_the_person_is_left_in_the_database(
    office: Office, database: Database, people: People
) -> None:
    made = approved_list(database, people)
    with office.locked():
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    database.close()
    assert "Bí mật".encode() not in office.database_path.read_bytes()
    assert rows(office.connect(), "SELECT facts FROM evaluation WHERE facts <> '{}'") == []


def test_it_is_never_filed_again_nor_undone(office: Office, database: Database, people: People) -> None:
    disposed(office, database, people)
    with pytest.raises(DossierDisposed):
        file_dossiers(office, database, [package(0, "bản sau")], actor="cli", reason="sửa")
    for sql in ("UPDATE dossier SET status = 'filed'", "DELETE FROM tombstone", "UPDATE tombstone SET reason = ''"):
        with pytest.raises(Exception, match=r"for ever|kept"):
            database.execute(sql)


def test_rows_of_other_dossiers_are_kept_by_their_triggers_still(
    office: Office, database: Database, people: People
) -> None:
    disposed(office, database, people)
    complain(database, "aaaaaaaaaa01", "decision0001")
    with pytest.raises(Exception, match="rows are kept"):
        database.execute("DELETE FROM complaint")


def test_the_store_alone_tells_of_it(office: Office, database: Database, people: People) -> None:
    disposed(office, database, people)
    assert try_rebuild(office, database) == []
    stays = rows(database, "SELECT * FROM tombstone")
    dossiers = rows(database, "SELECT * FROM dossier ORDER BY id")
    results = rows(database, "SELECT * FROM decision ORDER BY id")
    database.close()
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (office.root / part).unlink(missing_ok=True)
    rebuild(office_without_database(office.root), actor="cli")
    again = open_office(office.root)
    made = again.connect()
    assert rows(made, "SELECT * FROM tombstone") == stays
    assert rows(made, "SELECT * FROM dossier ORDER BY id") == dossiers
    assert rows(made, "SELECT * FROM decision ORDER BY id") == results
    assert verify(again, made) == []
    assert rows(made, "SELECT count(*) AS n FROM event WHERE action = 'dossier.disposed'") == [{"n": 1}]


def test_a_row_that_only_says_so_is_a_damage(office: Office, database: Database, people: People) -> None:
    """Whoever takes a dossier out of the store cannot hide it by marking it disposed of."""
    store = Store(office.store_root)
    database.conn.execute("UPDATE dossier SET status = 'disposed' WHERE id = ?", [SECOND])
    database.conn.commit()
    store.folder(SECOND).rename(office.root / "stolen")
    store.folder(SECOND).parent.rmdir()
    assert {damage.dossier for damage in verify(office, database) if damage.code == "missing"} == {SECOND}


def test_the_units_dossier_goes_after_those_that_quote_it(office: Office, database: Database, people: People) -> None:
    unit = replace(package(0), dossier_id="2018-u-unit00000000", kind="campaign", evaluation_id=None, level=None)
    file_dossiers(office, database, [unit], actor="cli", reason="nộp lưu")
    kept_for(database, people)
    set_period(database, "campaign", 20, document="5-QĐ/ĐU", account=people["bithu"])
    with pytest.raises(DisposalRefused, match="chỉ tiêu hủy sau"):
        propose(database, [unit.dossier_id, FIRST], reason="hết hạn", document="", account=people["vanthu"],
                today=LONG_AFTER)  # fmt: skip
    made = approved_list(database, people)
    with office.locked():
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER)
    assert list(Store(office.store_root).objects()) == ["register"]
    assert verify(office, database) == []
    assert try_rebuild(office, database) == []


# Stopped


class Stopped(Exception):
    """The power went."""


@pytest.mark.parametrize("at", ["prepared", "installed", "rows written", "tombstones filed"])
def test_stopped_anywhere_all_or_nothing_is_left(office: Office, database: Database, people: People, at: str) -> None:
    made = approved_list(database, people)
    told: list[str] = []

    def checkpoint(step: str) -> None:
        told.append(step)
        if step == at:
            raise Stopped

    with office.locked(), pytest.raises(Stopped):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER, checkpoint=checkpoint)
    database.close()
    again = open_office(office.root).connect()
    with office.locked():
        recover(office, again)
    statuses = {row["status"] for row in list_dossiers(again)}
    assert len(statuses) == 1
    assert verify(office, again) == []
    with office.locked():
        carry_out(office, again, made, account=people["vanthu"], today=LONG_AFTER)
    assert {row["status"] for row in list_dossiers(again)} == {"disposed"}
    assert verify(office, again) == []


@pytest.mark.parametrize("at", ["prepared", "written", "installed"])
def test_a_full_disk_leaves_all_or_nothing(office: Office, database: Database, people: People, at: str) -> None:
    made = approved_list(database, people)

    def full(step: str) -> None:
        if step == at:
            raise OSError(28, "No space left on device")

    with office.locked(), pytest.raises(StoreFull):
        carry_out(office, database, made, account=people["vanthu"], today=LONG_AFTER, checkpoint=full)
    statuses = {row["status"] for row in list_dossiers(database)}
    assert statuses == ({"filed"} if at == "prepared" else {"disposed"})
    assert len(rows(database, "SELECT * FROM tombstone")) == (0 if at == "prepared" else 3)
    assert verify(office, database) == []


def test_the_register_in_the_store_tells_of_the_list_and_its_approvals(
    office: Office, database: Database, people: People
) -> None:
    made = disposed(office, database, people)
    store = Store(office.store_root)
    filed = json.loads(store.read("register", "disposal_list.json"))
    assert [(row["id"], row["state"]) for row in filed] == [(made, "carried_out")]
    assert len(json.loads(store.read("register", "disposal_approval.json"))) == 2
    assert json.loads(store.read("register", "tombstone.json"))[0]["dossier"]["status"] == "disposed"
    assert Path(store.folder("register")).exists()

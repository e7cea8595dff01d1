"""After the decisions, as typed: complaint, annulment, a second decision in time and too late, a correction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from archive.office.accounts import make_account
from archive.office.folder import open_office
from tests.acceptance.journey import Desk, Said, call

PEOPLE = {"duyet": "approver", "thu": "clerk", "tra": "auditor"}


@pytest.fixture
def staffed(done: Desk) -> Desk:
    """The filed sample with an approver, a clerk and an auditor."""
    with connected(done) as database:
        for name, role in PEOPLE.items():
            make_account(database, name, f"Người {name}", role, "mot mat khau dai")
    return done


@contextmanager
def connected(desk: Desk) -> Iterator[Any]:
    database = open_office(desk.root).connect()
    try:
        yield database
    finally:
        database.close()


def as_user(desk: Desk, user: str, *words: str, code: int = 0) -> Said:
    said = call("--data", desk.root, *words, env={"HOSO_USER": user})
    assert said.code == code, f"{words}: {said.code}\n{said.out}\n{said.err}"
    return said


def whole(desk: Desk, level: str = "good") -> list[str]:
    """The members' dossiers that are filed whole at a level."""
    listed = desk("dossier", "list", "--kind", "member", "--status", "filed", "--json").json
    return [row["dossier_id"] for row in listed if row["level"] == level]


def row(desk: Desk, dossier: str) -> dict[str, Any]:
    return next(one for one in desk.dossiers() if one["dossier_id"] == dossier)


def test_from_a_complaint_to_a_second_decision_in_time(staffed: Desk) -> None:
    dossier = whole(staffed)[0]
    opened = as_user(staffed, "thu", "complaint", "open", dossier, "--grounds", "Chưa xét thành tích.", "--on",
                     "2019-01-10", "--json").json  # fmt: skip
    assert (opened["dossier_id"], opened["version"]) == (dossier, 2)
    assert row(staffed, dossier)["complaint"] == "open"
    assert [one["dossier_id"] for one in staffed("dossier", "list", "--complaint", "open", "--json").json] == [dossier]
    as_user(staffed, "thu", "complaint", "acknowledge", dossier, "--on", "2019-01-11", "--number", "05-TB/ĐU")
    as_user(staffed, "thu", "complaint", "consider", dossier, "--on", "2019-01-15", "--text", "Họp xác minh.")
    resolve = ["complaint", "resolve", dossier, "--outcome", "annulled", "--number", "07-KL/ĐU", "--findings",
               "Có khuyết điểm.", "--grounds", "Biên bản họp.", "--on", "2019-01-20"]  # fmt: skip
    assert "Người duyệt" in as_user(staffed, "thu", *resolve, code=1).err
    as_user(staffed, "duyet", *resolve)
    [listed] = staffed("complaint", "list", "--json").json
    assert (listed["state"], listed["outcome"]) == ("concluded", "annulled")
    assert "Chưa xét" not in staffed("complaint", "list").out
    assert "Kiểm tra" in staffed("complaint", "show", dossier, code=1).err
    assert "Chưa xét thành tích." in as_user(staffed, "tra", "complaint", "show", dossier).out
    done = as_user(staffed, "duyet", "annul", dossier, "--reason", "Như kết luận.", "--document", "21-QĐ/ĐU", "--on",
                   "2019-01-22", "--complaint", dossier, "--json").json  # fmt: skip
    assert (done["clock"]["due_on"], done["level"]) == ("2019-03-12", None)
    assert (row(staffed, dossier)["status"], row(staffed, dossier)["level"]) == ("annulled", None)
    assert dossier in staffed("campaign", "status", "2018").out
    again = ["reclassify", dossier, "--decision", "30-QĐ/ĐU", "--on", "2019-02-20", "--reported", "2019-02-22",
             "--report", "12-BC/ĐU"]  # fmt: skip
    refused = as_user(staffed, "duyet", *again, "--level", "excellent", code=1)
    assert "MEM-EXC" in refused.err and refused.out == ""
    settled = as_user(staffed, "duyet", *again, "--level", "completed", "--json").json
    assert (settled["clock"]["state"], settled["clock"]["findings"]) == ("in_time", [])
    assert (row(staffed, dossier)["status"], row(staffed, dossier)["level"]) == ("reclassified", "completed")
    assert staffed("status", "--json").json["waiting"] == []
    staffed("verify")
    staffed("events", "verify")


def test_too_late_a_correction_a_reserved_opinion_and_what_is_refused(staffed: Desk) -> None:
    late, other = whole(staffed)[:2]
    as_user(staffed, "duyet", "annul", late, "--reason", "Khuyết điểm.", "--document", "21-QĐ/ĐU", "--on", "2019-01-22")
    said = as_user(staffed, "duyet", "reclassify", late, "--level", "completed", "--decision", "30-QĐ/ĐU", "--on",
                   "2019-03-20")  # fmt: skip
    assert "DL-05" in said.err
    as_user(staffed, "duyet", "reclassify", late, "--reported", "2019-03-21", "--report", "12-BC/ĐU")
    as_user(staffed, "thu", "reserve-opinion", other, "--statement", "Chưa năng động.", "--opinion", "Không đúng.",
            "--on", "2019-01-09")  # fmt: skip
    assert "hoso file" in staffed("file", other, "--no-pdf", code=1).err
    assert "Người duyệt" in as_user(staffed, "thu", "file", other, "--reason", "Nhầm", "--fact", "card_lost=true",
                                    code=1).err  # fmt: skip
    corrected = as_user(staffed, "duyet", "file", other, "--reason", "Ghi nhầm", "--fact", "card_lost=true", "--json",
                        code=1)  # fmt: skip
    assert "GEN-08" in {finding["rule_id"] for finding in corrected.json["findings"]}
    assert "hủy kết quả" in corrected.err
    assert row(staffed, other)["version"] == 3
    told = json.loads(staffed.file(other, "dossier.json"))
    assert told["filing"]["reason"].endswith("Ghi nhầm")
    shown = staffed("dossier", "show", other).out
    assert "Ghi nhầm" in shown and "Ý kiến bảo lưu" in shown
    staffed("verify")
    assert staffed("reclassify", late, code=2).out == ""

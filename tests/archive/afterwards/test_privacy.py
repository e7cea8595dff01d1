"""Restricted papers: for whom they are, and that every opening is told (issue of privacy; ids only, never text)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.afterwards.amending import Attachment
from archive.afterwards.annulments import annul
from archive.afterwards.complaints import Opening, open_complaint
from archive.office.accounts import Account, can, is_restricted
from archive.records.database import rows
from archive.records.dossiers import export, show
from tests.archive.afterwards.conftest import Filed
from tests.archive.afterwards.test_complaints import PDF
from web import create_app

GROUNDS = "Lời riêng không ai được đọc."


@pytest.fixture
def complained(filed: Filed, clerk: Account) -> Filed:
    with filed.office.locked():
        open_complaint(filed.office, filed.database, filed.dossier(), Opening("Ông A", date(2019, 1, 10), GROUNDS),
                       account=clerk)  # fmt: skip
    return filed


def signed_in(filed: Filed, name: str) -> FlaskClient:
    client = create_app(filed.office).test_client()
    form = client.get("/dang-nhap").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert found is not None
    said = {"ten": name, "mat-khau": "mot mat khau dai", "csrf_token": found.group(1)}
    assert client.post("/dang-nhap", data=said).status_code == 303
    return client


@pytest.mark.parametrize("item", ["asset_declaration", "complaint_file"])
def test_restricted_papers_are_for_those_who_decide_or_check(item: str) -> None:
    def account(role: str) -> Account:
        return Account("a", "a", "A", role, 1)

    row = {"item": item}
    gathered = {"item": "bundle", "holds_restricted": True}
    open_bundle = {"item": "bundle", "holds_restricted": False}
    for role in ("approver", "auditor", "admin"):
        assert can(account(role), "file.open", row) and can(account(role), "file.open", gathered)
    for role in ("clerk", "personnel"):
        assert not can(account(role), "file.open", row) and not can(account(role), "file.open", gathered)
        assert can(account(role), "file.open", open_bundle)
    assert not can(None, "file.open", open_bundle)


def test_once_a_complaint_is_in_the_dossier_what_gathers_its_papers_is_restricted(
    filed: Filed, clerk: Account, approver: Account
) -> None:
    assert not any(is_restricted(file) for file in show(filed.database, filed.dossier())["files"])
    with filed.office.locked():
        open_complaint(filed.office, filed.database, filed.dossier(), Opening("Ông A", date(2019, 1, 10), GROUNDS),
                       account=clerk, attachments=(Attachment("don.pdf", PDF, "Đơn"),))  # fmt: skip
    closed = {file["item"] for file in show(filed.database, filed.dossier())["files"] if is_restricted(file)}
    assert closed == {"complaint_file", "metadata"}


def test_an_export_leaves_out_what_the_account_may_not_open_and_is_told(
    filed: Filed, clerk: Account, approver: Account, tmp_path: Path
) -> None:
    with filed.office.locked():
        open_complaint(filed.office, filed.database, filed.dossier(), Opening("Ông A", date(2019, 1, 10), GROUNDS),
                       account=clerk, attachments=(Attachment("don.pdf", PDF, "Đơn"),))  # fmt: skip
    for number, account in enumerate((None, clerk)):
        done = export(filed.office, filed.database, filed.dossier(), tmp_path / str(number), actor="x", account=account)
        assert done.left_out == ("Đơn", "Mô tả hồ sơ")
        assert not [path for path in done.written if path.name == "dossier.json"]
    whole = export(filed.office, filed.database, filed.dossier(), tmp_path / "het", actor=approver.id, account=approver)
    assert whole.left_out == () and len(whole.written) == len(done.written) + 2
    notes = [row["note"] for row in rows(filed.database, "SELECT note FROM event WHERE action = 'dossier.exported'")]
    assert [note.rpartition("restricted=")[2] for note in notes] == ["0", "0", "2"]


def test_the_description_is_restricted_before_a_complaint_has_any_paper(complained: Filed) -> None:
    closed = {file["item"] for file in show(complained.database, complained.dossier())["files"] if is_restricted(file)}
    assert closed == {"metadata"}


def test_the_page_shows_that_there_is_a_complaint_and_its_words_to_few(complained: Filed) -> None:
    page = f"/ho-so/{complained.dossier()}"
    for name, readable in [("hoach", False), ("thu", False), ("tra", True), ("duyet", True)]:
        told = signed_in(complained, name).get(page).get_data(as_text=True)
        assert "Đang có khiếu nại" in told
        assert (GROUNDS in told) is readable, name
    read = rows(complained.database, "SELECT action FROM event WHERE object = ? AND action IN"
                " ('dossier.seen', 'complaint.read') ORDER BY seq", [complained.dossier()])  # fmt: skip
    assert [row["action"] for row in read] == ["dossier.seen", "dossier.seen", "complaint.read", "complaint.read"]


def test_the_page_tells_of_an_annulment_and_opens_the_former_version(filed: Filed, approver: Account) -> None:
    with filed.office.locked():
        annul(filed.office, filed.database, filed.dossier(), reason="Khuyết điểm.", document="21-QĐ/ĐU",
              annulled_on=date(2019, 1, 22), account=approver)  # fmt: skip
    client = signed_in(filed, "hoach")
    told = client.get(f"/ho-so/{filed.dossier()}").get_data(as_text=True)
    assert "Kết quả này đã bị hủy" in told and "21-QĐ/ĐU" in told and "Đã quá hạn" in told
    former = client.get(f"/ho-so/{filed.dossier()}/ban/1")
    assert former.status_code == 200 and "Đây là bản cũ" in former.get_data(as_text=True)
    paper = client.get(f"/ho-so/{filed.dossier()}/ban/1/tep/03-extract-decision.docx")
    assert paper.status_code == 200 and paper.data[:2] == b"PK"
    assert client.get(f"/ho-so/{filed.dossier()}/ban/9").status_code == 404


def test_no_event_carries_a_name_or_a_word_of_a_complaint(complained: Filed) -> None:
    notes = " ".join(row["note"] for row in rows(complained.database, "SELECT note FROM event"))
    assert "Lời riêng" not in notes and "Ông A" not in notes

"""Uploading papers and deciding about doubtful ones in the browser."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from archive.records.database import one, rows
from tests.archive.intake.files import pdf, word
from tests.pages.conftest import enter, token
from tests.search.conftest import SmallOffice

ADDRESS = "/giay-to/"


def send(client: FlaskClient, *files: tuple[str, bytes], **more: str) -> str:
    data = {
        "csrf_token": token(client, ADDRESS),
        **more,
        "tep": [(io.BytesIO(content), name) for name, content in files],
    }
    answer = client.post(ADDRESS, data=data, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    return answer.text


def member(small: SmallOffice) -> dict[str, str]:
    """A person whose dossier still waits for papers: reference and name."""
    person = small.person("Nguyễn Văn An")
    small.dossier(person, level=None, status="incomplete")
    return one(small.database, "SELECT reference, full_name FROM person WHERE id = ?", [person]) or {}


@pytest.mark.parametrize(("role", "status"), [("clerk", 200), ("approver", 200), ("admin", 200), ("auditor", 403)])
def test_only_who_takes_papers_in_sees_the_page(client: FlaskClient, role: str, status: int) -> None:
    answer = enter(client, role).get(ADDRESS)
    assert answer.status_code == status
    assert ("Giấy tờ</a>" in answer.text) == (status == 200)


def test_a_form_from_elsewhere_takes_nothing(client: FlaskClient, small: SmallOffice) -> None:
    enter(client)
    answer = client.post(ADDRESS, data={"tep": [(io.BytesIO(pdf()), "a.pdf")]}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert rows(small.database, "SELECT 1 FROM waiting_paper") == []


def test_nobody_uploads_without_signing_in(client: FlaskClient, small: SmallOffice) -> None:
    answer = client.post(ADDRESS, data={"tep": [(io.BytesIO(pdf()), "a.pdf")]}, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert rows(small.database, "SELECT 1 FROM content") == []


def test_what_was_taken_refused_and_left_waiting_is_told(client: FlaskClient, small: SmallOffice) -> None:
    who = member(small)
    enter(client)
    big = word("Bản tự kiểm điểm") + bytes(200_000)
    page = send(
        client, (f"{who['reference']} tự kiểm điểm.pdf", pdf()), ("hong.docx", big[:400]), ("scan.pdf", pdf(pages=2))
    )
    assert "Nhận 1 giấy tờ" in page and who["full_name"] in page
    assert "Tệp “hong.docx”" in page and "bị hỏng" in page
    assert "1 giấy tờ chờ quyết định" in page
    taken = one(small.database, "SELECT t.taken_by FROM taken_paper t") or {}
    account = one(small.database, "SELECT id FROM account WHERE user_name = 'clerk'") or {}
    assert taken["taken_by"] == account["id"]


def test_a_waiting_paper_is_looked_at_decided_or_put_away(client: FlaskClient, small: SmallOffice) -> None:
    who = member(small)
    enter(client)
    send(client, ("scan.pdf", pdf(pages=2)), ("khac.pdf", pdf(pages=3)))
    scan, other = [str(row["id"]) for row in rows(small.database, "SELECT id FROM waiting_paper ORDER BY path DESC")]
    looked = client.get(f"{ADDRESS}{scan}/xem")
    assert looked.data == pdf(pages=2) and looked.mimetype == "application/pdf"
    given = {"csrf_token": token(client, ADDRESS), "cua": "DV000", "loai": "self_review"}
    refused = client.post(f"{ADDRESS}{scan}", data=given)
    assert refused.status_code == 409 and "không có đảng viên" in refused.text
    assert 'value="DV000"' in refused.text and 'value="self_review" selected' in refused.text, "nothing typed is lost"
    taken = client.post(f"{ADDRESS}{scan}", data={**given, "cua": f"{who['reference']} – {who['full_name']} (x)"})
    assert taken.status_code == 200 and "Nhận 1 giấy tờ" in taken.text
    left = client.post(f"{ADDRESS}{other}/bo", data={"csrf_token": given["csrf_token"]})
    assert left.status_code == 303
    assert "Không có giấy tờ nào chờ quyết định" in client.get(ADDRESS).text
    assert client.get(f"{ADDRESS}{scan}/xem").status_code == 404


def test_other_pages_still_take_small_forms_only(client: FlaskClient) -> None:
    answer = client.post("/dang-nhap", data={"ten": "x" * 100_000})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_sending_no_file_is_said(client: FlaskClient) -> None:
    enter(client)
    answer = client.post(ADDRESS, data={"csrf_token": token(client, ADDRESS)})
    assert answer.status_code == 400 and "Chưa chọn tệp nào" in answer.text

"""The page of a dossier in the states that only real papers bring about."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.intake.run import Amendment, intake
from archive.office.accounts import Account, accounts
from generator.word.reading import document_text
from tests.archive.campaigns.test_papers_come_back import blank, edited
from tests.pages.commune import Desk
from tests.pages.test_pages import ENGLISH, visible

pytestmark = pytest.mark.xdist_group("filed-commune-pages")


def approver(desk: Desk) -> Account:
    return next(one for one in accounts(desk.filed.database) if one.role == "approver")


def handed_in_otherwise(desk: Desk, folder: Path) -> str:
    """A member's own form came back with another card number; the address of his dossier."""
    form = blank(desk.filed, "5.1")
    card = next(line for line in document_text(form).split("\n") if "Số thẻ đảng viên" in line).strip()
    folder.mkdir()
    (folder / "da-ky.docx").write_bytes(edited(form, (card, "Số thẻ đảng viên: 99.999999")))
    report = intake(
        desk.filed.office, folder, actor=approver(desk).id, amendment=Amendment("Nộp bổ sung", "", approver(desk))
    )
    assert [taken.differences for taken in report.taken] != [()]
    return f"/ho-so/{desk.filed.dossier()}"


def test_what_a_paper_says_otherwise_is_shown_beside_the_records(desk: Desk, tmp_path: Path) -> None:
    address = handed_in_otherwise(desk, tmp_path / "in")
    page = desk.enter("personnel").client.get(address).text
    said = visible(page)
    assert "Giấy tờ đã nhận khác với dữ liệu" in said and "99.999999" in said and "da-ky.docx" in said
    assert not ENGLISH.findall(said.replace("da-ky.docx", ""))
    assert "khác với dữ liệu" not in desk.client.get(f"/ho-so/{desk.filed.dossier('DV062')}").text


def test_what_a_restricted_paper_says_is_told_to_few(desk: Desk, tmp_path: Path) -> None:
    address = handed_in_otherwise(desk, tmp_path / "in")
    desk.filed.database.execute(
        "UPDATE document SET item = 'asset_declaration' WHERE id IN (SELECT document_id FROM taken_paper)"
    )
    assert "99.999999" not in desk.enter("clerk").client.get(address).text
    assert "99.999999" in desk.enter("auditor").client.get(address).text


def test_papers_of_one_title_are_told_apart(desk: Desk) -> None:
    page = visible(desk.enter("clerk").client.get(f"/ho-so/{desk.filed.dossier()}").text)
    title = "Phiếu phân tích chất lượng và đánh giá, xếp loại đảng viên"
    assert f"{title} (tờ 1)" in page and f"{title} (tờ 2)" in page
    assert f"{title}: Word" not in page

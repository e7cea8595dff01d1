"""A complaint from its letter to its conclusion, and a finding let pass, in a real browser and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.records.database import one
from tests.archive.afterwards.conftest import Filed, filed, filed_once
from tests.browser.conftest import look, served
from tests.pages.commune import NAMES, PASSWORD, PDF

pytestmark = pytest.mark.browser
__all__ = ["filed", "filed_once"]


@pytest.fixture
def address(filed: Filed) -> Iterator[str]:
    with served(filed.office) as where:
        yield where


def enter(browser: Browser, address: str, role: str, width: int, failures: list[str]) -> Page:
    """A page of a new window, signed in; what the browser complains of goes into `failures`."""
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="vi").new_page()
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(address)
    page.get_by_label("Tên đăng nhập").fill(NAMES[role])
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    return page


def carry_out(page: Page, button: str, name: str) -> None:
    """Goes from a filled form over the last look to the dossier."""
    page.get_by_role("button", name="Xem lại trước khi ghi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("xem lại trước khi ghi")
    look(page, f"{name}-looked-over")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_a_complaint_is_taken_in_and_concluded(filed: Filed, browser: Browser, address: str, tmp_path: Path) -> None:
    failures: list[str] = []
    clerk = enter(browser, address, "clerk", 390, failures)
    clerk.goto(f"{address}/ho-so/{filed.dossier()}")
    look(clerk, "before")
    clerk.get_by_role("link", name="Tiếp nhận khiếu nại").click()
    expect(clerk.get_by_role("heading", name="Tiếp nhận khiếu nại", exact=True)).to_be_visible()
    look(clerk, "complaint")
    clerk.get_by_role("button", name="Xem lại trước khi ghi").click()
    expect(clerk.get_by_role("alert")).to_contain_text("1 chỗ phải sửa")
    clerk.get_by_role("link", name="Nội dung, lý do khiếu nại").press("Enter")
    look(clerk, "complaint-blamed")
    assert failures and all("400" in failure for failure in failures), failures
    failures.clear()
    clerk.get_by_label("Nội dung, lý do khiếu nại").fill("Chưa xét thành tích đột xuất.\nXin xem lại.")
    clerk.get_by_label("Ngày nhận đơn").fill("10/1/2019")
    letter = tmp_path / "Đơn.pdf"
    letter.write_bytes(PDF)
    clerk.get_by_label("Đơn khiếu nại").set_input_files(letter)
    carry_out(clerk, "Tiếp nhận", "complaint")
    expect(clerk.get_by_text("Đang có khiếu nại về kết quả này.")).to_be_visible()
    clerk.get_by_role("link", name="Ghi việc xem xét").click()
    clerk.get_by_label("Ngày", exact=False).first.fill("15/01/2019")
    clerk.get_by_label("Việc đã làm").fill("Họp chi ủy, xác minh với tổ dân phố.")
    carry_out(clerk, "Ghi việc xem xét", "considered")

    approver = enter(browser, address, "approver", 1366, failures)
    approver.get_by_role("link", name="Việc cần làm").click()
    expect(approver.get_by_role("heading", name="Việc cần làm", exact=True)).to_be_visible()
    look(approver, "tasks")
    approver.get_by_role("link", name=str(filed.row()["subject_name"])).first.click()
    expect(approver.get_by_text("Xin xem lại.")).to_be_visible()
    approver.get_by_role("link", name="Kết luận").click()
    approver.get_by_label("Kết luận").first.select_option("kept")
    approver.get_by_label("Số văn bản kết luận").fill("07-KL/ĐU")
    approver.get_by_label("Ngày kết luận").fill("20/01/2019")
    approver.get_by_label("Kết quả xem xét, xác minh").fill("Đã kiểm tra hồ sơ.")
    approver.get_by_label("Căn cứ của kết luận").fill("Biên bản họp ngày 15/01.")
    carry_out(approver, "Kết luận", "conclusion")
    expect(approver.get_by_text("giữ nguyên kết quả").first).to_be_visible()
    expect(approver.get_by_text("Đang có khiếu nại")).to_have_count(0)
    look(approver, "concluded")
    assert failures == []
    assert filed.row()["complaint"] == "none" and filed.clean()


def test_a_finding_is_let_pass(filed: Filed, browser: Browser, address: str) -> None:
    failures: list[str] = []
    found = one(
        filed.database,
        "SELECT d.id FROM finding f JOIN dossier d ON d.evaluation_id = f.evaluation_id WHERE f.rule_id = 'GEN-07'",
    ) or {}  # fmt: skip
    approver = enter(browser, address, "approver", 390, failures)
    approver.goto(f"{address}/ho-so/{found['id']}")
    approver.locator("a[href$='/ngoai-le/GEN-07']").click()
    approver.get_by_label("Lý do chấp nhận ngoại lệ").fill("Nghỉ ốm có xác nhận của bệnh viện")
    approver.get_by_label("Văn bản làm căn cứ").fill("Kết luận số 12-KL/ĐU ngày 02/01/2019")
    carry_out(approver, "Chấp nhận ngoại lệ", "waiver")
    expect(approver.get_by_text("Kết luận số 12-KL/ĐU ngày 02/01/2019").first).to_be_visible()
    look(approver, "waived")
    assert failures == []

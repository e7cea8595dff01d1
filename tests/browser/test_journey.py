"""A clerk's way through the pages in a real browser, on a desk screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from archive.office.accounts import make_account
from tests.browser.conftest import look, served
from tests.search.conftest import SmallOffice, small_office

pytestmark = pytest.mark.browser
_SECRET = "Mật khẩu dài 2018"  # noqa: S105 - of an account that lives for one test


def _fill(small: SmallOffice) -> None:
    given = ("An", "Bình", "Cường", "Dung", "Đức", "Hoà", "Hương", "Minh", "Nga", "Thủy")
    levels = ("excellent", "good", "good", "completed", "not_completed")
    for number in range(60):
        small.filed(
            f"Nguyễn {('Văn', 'Thị')[number % 2]} {given[number % 10]}",
            unit=("cb1", "cb10")[number % 2],
            level=levels[number % 5],
            comment="Gương mẫu, tận tụy với công việc, có sáng kiến xây dựng nông thôn mới" if number % 3 else "",
            number=f"{number + 1}-QĐ/ĐU",
            status=("filed", "incomplete")[number % 7 == 0],
        )
    person = small.person("Đặng Thị Hoà", card="00123456", birth_date="1979-05-02")
    dossier = small.dossier(person, level="good", comment="Tận tụy với dân, được tin cậy", number="15-QĐ/ĐU")
    small.dossier(person, period="2017", level="excellent", number="12-QĐ/ĐU")
    small.person("Công Tằng Tôn Nữ " + "Hồng" * 40)
    small.database.execute("UPDATE decision SET decided_on = '2018-12-28', body = 'Đảng ủy xã Hòa Sơn'")
    small.database.execute(
        "UPDATE dossier SET waits_for = '[\"Bản tự kiểm điểm của cá nhân\"]' WHERE id = ?", [dossier]
    )
    papers = (
        ("00-bia.docx", "cover", "Bìa hồ sơ"), ("01.docx", "review", "Bản kiểm điểm cá nhân năm 2018"),
        ("01.pdf", "review", "Bản kiểm điểm cá nhân năm 2018"),
        ("02.pdf", "sheet", "Phiếu phân tích chất lượng và đánh giá, xếp loại đảng viên"),
        ("ho-so.pdf", "bundle", "Toàn bộ hồ sơ"),
    )  # fmt: skip
    for position, (path, item, title) in enumerate(papers):
        small.database.table("dossier_file").insert(
            {
                "dossier_id": dossier, "version": 1, "path": path, "item": item, "title": title,
                "media_type": "application/pdf", "digest": "0", "size": 54_321, "position": position,
            }
        )  # fmt: skip
    small.database.table("finding").insert(
        {
            "evaluation_id": dossier.split("-")[2], "rule_id": "MEM-GOOD-01", "severity": "warning",
            "message": "Một tiêu chí ở cấp độ Trung bình", "citation": "13-HD/TU, II.2.3.b", "given": "Trung bình",
            "needed": "Tốt trở lên ở tiêu chí nhiệm vụ", "remedy": "Xem lại cấp độ của tiêu chí",
            "found_at": "2018-12-20T00:00:00Z",
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application served by waitress on a free port."""
    small = small_office(tmp_path_factory.mktemp("browser") / "office")
    make_account(small.database, "vanthu", "Nguyễn Thị Văn Thư", "auditor", _SECRET)
    _fill(small)
    with served(small.office) as where:
        yield where
    small.database.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_a_clerk_signs_in_searches_without_marks_and_opens_a_dossier(
    browser: Browser, address: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi")
    page = context.new_page()
    failures: list[str] = []
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(address)
    look(page, "sign-in")
    page.get_by_label("Tên đăng nhập").fill("vanthu")
    page.get_by_label("Mật khẩu").fill(_SECRET)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="62 hồ sơ", exact=True)).to_be_visible()
    look(page, "home")
    page.get_by_label("Từ cần tìm").fill("dang thi hoa")
    page.get_by_label("Từ cần tìm").press("Enter")
    expect(page.get_by_role("heading", name="2 hồ sơ", exact=True)).to_be_visible()
    look(page, "found")
    page.get_by_label("Năm").select_option("2018")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Đặng Thị Hoà").click()
    expect(page.get_by_role("heading", name="Đặng Thị Hoà")).to_be_visible()
    expect(page.get_by_text("Bản tự kiểm điểm của cá nhân")).to_be_visible()
    look(page, "dossier")
    page.get_by_role("link", name="Kết quả các năm").click()
    expect(page.get_by_text("Sinh ngày 02/05/1979")).to_be_visible()
    look(page, "years")
    page.goto(f"{address}/qua-trinh?nguoi=ton nu")
    look(page, "long-name")
    page.goto(f"{address}/?q=sang kien")
    look(page, "snippets")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert failures == []
    context.close()

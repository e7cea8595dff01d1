"""Complaints on the pages: from the letter to the written conclusion, and what is refused on the way."""

from __future__ import annotations

import io

import pytest

from archive.records.database import one, rows
from archive.records.dossiers import read_file, show
from tests.pages.commune import PDF, Desk, carried
from tests.pages.conftest import token
from tests.pages.test_pages import ENGLISH, visible

pytestmark = pytest.mark.xdist_group("filed-commune-pages")  # one worker files the commune once
GROUNDS = "Chi bộ chưa xét đến thành tích đột xuất quý III.\nĐề nghị xem lại."


def opened(desk: Desk, **more: object) -> tuple[str, str]:
    """The address of a dossier and the id of a complaint opened about it."""
    address = f"/ho-so/{desk.filed.dossier()}"
    given = {"noi_dung": GROUNDS, "ngay_nhan": "10/01/2019", "hen": "25/01/2019", **more}
    page = desk.enter("clerk").through(f"{address}/khieu-nai/moi", **given)
    assert "Đã tiếp nhận khiếu nại" in page.text
    return address, str((one(desk.filed.database, "SELECT id FROM complaint") or {})["id"])


def test_a_complaint_goes_from_the_letter_to_its_conclusion(desk: Desk) -> None:
    address, complaint = opened(desk, don=(io.BytesIO(PDF), "Đơn của tôi.pdf"))
    page = desk.client.get(address).text
    assert "Đang có khiếu nại" in page and "hẹn trả lời ngày 25/01/2019" in page and "Quá hạn." in page
    assert "thành tích đột xuất" not in page, "a clerk does not read it again"
    desk.through(f"{address}/khieu-nai/{complaint}/bao-nhan", ngay="11/01/2019", so="05-TB/ĐU")
    assert "ket-luan" not in desk.client.get(address).text, "nobody concludes what was not considered"
    desk.through(
        f"{address}/khieu-nai/{complaint}/xem-xet", ngay="15/01/2019", viec="Họp chi ủy.",
        tep=(io.BytesIO(PDF), "bien-ban.pdf"),
    )  # fmt: skip
    page = desk.enter("approver").through(
        f"{address}/khieu-nai/{complaint}/ket-luan", ket_luan="kept", so="07-KL/ĐU", ngay="20/01/2019",
        xac_minh="Đã kiểm tra.", can_cu="Biên bản họp.",
    ).text  # fmt: skip
    assert "Đã kết luận khiếu nại: giữ nguyên kết quả" in page
    assert "07-KL/ĐU" in page and "thành tích đột xuất" in page
    assert desk.filed.clean() and desk.filed.row()["complaint"] == "none"
    titles = [title for item, title in desk.filed.papers() if item == "complaint_file"]
    assert {"Đơn khiếu nại", "bien-ban", "Kết luận giải quyết khiếu nại"} <= set(titles)
    files = show(desk.filed.database, desk.filed.dossier())["files"]
    [letter] = [file for file in files if file["title"] == "Đơn khiếu nại"]
    assert read_file(desk.filed.office, desk.filed.database, desk.filed.dossier(), letter["path"]) == PDF
    kept = one(desk.filed.database, "SELECT * FROM complaint") or {}
    assert kept["grounds"] == GROUNDS and kept["reply_by"] == "2019-01-25" and kept["receiver"] == "Người thu"


def test_an_adjusted_level_is_judged_before_it_is_recorded(desk: Desk) -> None:
    address, complaint = opened(desk)
    desk.enter("approver").through(f"{address}/khieu-nai/{complaint}/xem-xet", ngay="15/01/2019", viec="Họp.")
    said = {"ket_luan": "adjusted", "so": "07-KL/ĐU", "ngay": "20/01/2019", "xac_minh": "Đã xem.", "can_cu": "V.3"}
    conclude = f"{address}/khieu-nai/{complaint}/ket-luan"
    answer = desk.send(conclude, **said)
    assert answer.status_code == 400 and "phải chọn mức mới" in answer.text
    answer = desk.send(conclude, muc="excellent", **said)
    assert answer.status_code == 409 and "MEM-EXC" in answer.text and "Đã xem." in answer.text
    answer = desk.send(conclude, muc="completed", **said)
    assert answer.status_code == 200 and "Nếu ghi thì kéo theo" in answer.text
    assert not ENGLISH.findall(visible(answer.text))
    assert desk.filed.row()["level"] == "good", "nothing is recorded by looking"
    assert desk.confirm(answer, conclude).status_code == 303
    assert desk.filed.row()["level"] == "completed" and desk.filed.clean()


def test_what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_is_lost(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}/khieu-nai/moi"
    desk.enter("clerk")
    answer = desk.send(
        address, nguoi="", noi_dung="Nội dung <b>đậm</b>", ngay_nhan="31/02/2019", cach="bo-cau",
        chuc_vu="Bí thư\x07", dia_chi="A" * 301, don=(io.BytesIO(PDF), "don.pdf"), tep=(io.BytesIO(b"chu"), "x.txt"),
    )  # fmt: skip
    assert answer.status_code == 400
    for name, said in (
        ("nguoi", "Chưa ghi."), ("ngay-nhan", "không phải là một ngày"), ("cach", "chọn một mục"),
        ("chuc-vu", "U+0007"), ("dia-chi", "Dài quá 300 ký tự (đang có 301)"), ("tep", "“x.txt”: Loại tệp"),
    ):  # fmt: skip
        beside = answer.text.partition(f'id="e-{name}">')[2].partition("</span>")[0]
        assert said in beside, name
        assert f'href="#f-{name}"' in answer.text
    assert "Nội dung &lt;b&gt;đậm&lt;/b&gt;" in answer.text and "31/02/2019" in answer.text
    assert "Giữ tệp đã chọn: don.pdf" in answer.text
    assert not ENGLISH.findall(visible(answer.text))
    assert rows(desk.filed.database, "SELECT 1 FROM complaint") == []


def test_days_that_cannot_follow_each_other_are_blamed(desk: Desk) -> None:
    address, complaint = opened(desk)
    new = {"noi_dung": "x", "ngay_nhan": "10/01/2019"}
    assert "sau ngày nhận đơn" in desk.send(f"{address}/khieu-nai/moi", ngay_don="11/01/2019", **new).text
    assert "Không thể trước ngày nhận đơn" in desk.send(f"{address}/khieu-nai/moi", hen="09/01/2019", **new).text
    answer = desk.send(f"{address}/khieu-nai/{complaint}/bao-nhan", ngay="09/01/2019")
    assert answer.status_code == 400 and "(10/01/2019)" in answer.text


@pytest.mark.parametrize(("role", "may"), [("clerk", True), ("approver", True), ("personnel", False),
                                           ("auditor", False)])  # fmt: skip
def test_only_who_may_take_a_complaint_in_is_asked_to(desk: Desk, role: str, may: bool) -> None:
    address = f"/ho-so/{desk.filed.dossier()}"
    desk.enter(role)
    assert ("Tiếp nhận khiếu nại</a>" in desk.client.get(address).text) == may
    assert desk.client.get(f"{address}/khieu-nai/moi").status_code == (200 if may else 403)
    given = {"csrf_token": token(desk.client, "/"), "nguoi": "A", "noi-dung": "B", "ngay-nhan": "10/01/2019"}
    answer = desk.client.post(f"{address}/khieu-nai/moi", data={**given, "cach": "post", "dong-y": "1"})
    assert answer.status_code == (409 if may else 403), "without the mark of the form nothing is recorded"


def test_a_clerk_neither_concludes_nor_reads(desk: Desk) -> None:
    address, complaint = opened(desk)
    page = desk.client.get(address).text
    assert "đọc được" in page
    for method in (desk.client.get, desk.client.post):
        data = {"csrf_token": token(desk.client, "/")} if method == desk.client.post else None
        assert method(f"{address}/khieu-nai/{complaint}/ket-luan", data=data).status_code == 403
    assert rows(desk.filed.database, "SELECT 1 FROM event WHERE action = 'complaint.read'") == []


def test_a_complaint_is_reached_only_through_its_own_dossier(desk: Desk) -> None:
    _, complaint = opened(desk)
    other = desk.filed.dossier("DV062")
    assert desk.client.get(f"/ho-so/{other}/khieu-nai/{complaint}/bao-nhan").status_code == 404
    assert desk.client.get(f"/ho-so/{other}/khieu-nai/khong/bao-nhan").status_code == 404
    assert desk.client.get("/ho-so/2018-m-khong/khieu-nai/moi").status_code == 404


def test_the_same_form_sent_twice_is_recorded_once(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}/khieu-nai/moi"
    looked = desk.enter("clerk").send(address, noi_dung=GROUNDS, ngay_nhan="10/01/2019")
    assert desk.confirm(looked, address).status_code == 303
    again = desk.confirm(looked, address)
    assert again.status_code == 409 and "có thể chính việc này đã được ghi" in again.text
    assert "Đề nghị xem lại." in again.text
    assert len(rows(desk.filed.database, "SELECT 1 FROM complaint")) == 1


def test_a_form_from_elsewhere_records_nothing(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}/khieu-nai/moi"
    desk.enter("clerk")
    given = {"nguoi": "A", "noi-dung": "B", "ngay-nhan": "10/01/2019", "cach": "post", "dong-y": "1"}
    assert desk.client.post(address, data=given).status_code == 400
    assert rows(desk.filed.database, "SELECT 1 FROM complaint") == []


def test_going_back_from_the_last_page_keeps_texts_and_files(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}/khieu-nai/moi"
    looked = desk.enter("clerk").send(
        address, noi_dung=GROUNDS, ngay_nhan="10/01/2019", tep=[(io.BytesIO(PDF), "a.pdf"), (io.BytesIO(PDF), "b.pdf")]
    )
    assert "a.pdf, b.pdf" in visible(looked.text)
    form = desk.client.post(address, data={**carried(looked.text), "sua": "1"}, content_type="multipart/form-data").text
    assert "Giữ tệp đã chọn: a.pdf" in form and "Giữ tệp đã chọn: b.pdf" in form and "quý III" in form
    assert "10/01/2019" in form and 'role="alert"' not in form
    held = list((desk.filed.office.root / "handed-in").rglob("*"))
    assert len([path for path in held if path.is_file()]) == 2
    desk.confirm(looked, address)
    assert not [path for path in (desk.filed.office.root / "handed-in").rglob("*") if path.is_file()]


def test_an_opinion_is_reserved_with_its_sheet(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}"
    assert desk.enter("clerk").send(f"{address}/y-kien-bao-luu/moi").status_code == 400
    page = desk.through(
        f"{address}/y-kien-bao-luu/moi", nhan_xet="Chưa gương mẫu", y_kien="Tôi dự đủ 12 kỳ", ngay="12/01/2019"
    ).text
    assert "Đã ghi ý kiến bảo lưu" in page and "12 kỳ" not in page
    assert "Tôi dự đủ 12 kỳ" in desk.enter("approver").client.get(address).text
    assert desk.filed.clean() and "Ý kiến bảo lưu" in [title for _, title in desk.filed.papers()]
    assert desk.enter("personnel").client.get(f"{address}/y-kien-bao-luu/moi").status_code == 403

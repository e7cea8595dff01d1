"""The papers around a review say what the guidance asks of them, and only that, in each of their variants."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from generator.documents import generate
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.layout.departures import departures
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text

BOOK = load_rulebook("hd13_2018")
PAPERS = (
    "review-plan", "remedy-plan", "invitation", "agenda", "attendance-list", "review-suggestion", "opinion-request",
    "written-opinion", "degeneration-list", "annual-commitment", "minutes-collective", "minutes-individuals",
    "review-again-request", "submission-letter",
)  # fmt: skip


def given(code: str, **values: Any) -> dict[str, Any]:
    """The sample of a form with these values in place; None takes a field out."""
    document = sample(manifest(code, BOOK), BOOK)["document"] | values
    return {name: value for name, value in document.items() if value is not None}


def word(code: str, state: str = "final", **values: Any) -> bytes:
    """The Word file of that input."""
    return generate(code, {"document": given(code, **values)}, state=state).word


def text(code: str, state: str = "final", **values: Any) -> str:
    """What it says, its spaces and line ends as one space."""
    return " ".join(document_text(word(code, state, **values)).split())


@pytest.mark.parametrize("state", ["blank", "draft", "final"])
@pytest.mark.parametrize("code", PAPERS)
def test_a_paper_keeps_to_the_page_format(code: str, state: str) -> None:
    numbered = {"number": "07"} if "number" in manifest(code, BOOK).by_name else {}
    if numbered:
        numbered["symbol"] = manifest(code, BOOK).by_name["symbol"].sample or "CTr/ĐU"
    for values in ({}, numbered):
        assert [str(one) for one in departures(word(code, state, **values))] == []
    assert [str(one) for one in departures(generate(code, {"document": {}}, state="blank").word)] == []


@pytest.mark.parametrize("code", PAPERS)
def test_three_hundred_rows_of_long_names_keep_to_format_and_schema(code: str, tmp_path: Path) -> None:
    long = "Nguyễn Hoàng Phương Thảo Nguyên Công Tằng Tôn Nữ Huyền Trâm"
    many: dict[str, Any] = {}
    for field in manifest(code, BOOK).fields:
        if field.kind == "table":
            row = given(code)[field.name][-1]
            names = {column.name: long for column in field.columns if column.kind == "name" and column.name in row}
            many[field.name] = [row | names] * 300
        elif field.kind == "name" and field.name in given(code):
            many[field.name] = long
    made = word(code, **many)
    (tmp_path / "paper.docx").write_bytes(made)
    assert [str(error) for error in OpenXmlValidator().validate(str(tmp_path / "paper.docx")).errors] == []
    assert departures(made) == []


def test_the_plan_names_order_chairs_days_and_deadlines() -> None:
    plan = text("review-plan")
    assert "Tập thể kiểm điểm trước, cá nhân kiểm điểm sau; người đứng đầu kiểm điểm trước" in plan
    assert "Số 15-KH/ĐU" in text("review-plan", number="15")
    for value in ("Người chủ trì", "Lê Quang Vinh", "28/12/2018", "Hạn hoàn thành", "09/01/2019"):
        assert value in plan
    assert "Số ngày" in plan
    assert "Số ngày" not in text("review-plan", reviews=[{"subject": "Chi bộ Khu 3", "chair": "Hà Thị Nết"}])


def test_a_letter_says_what_it_is_about_below_its_number_and_calls_once() -> None:
    for code in ("review-suggestion", "opinion-request", "review-again-request"):
        letter = text(code, addressees="Chi bộ Khu 1,\nChi bộ Khu 2,\nChi bộ Khu 3", number="21")
        assert re.search(r"Số 21-CV/ĐU V/v .*kiểm điểm.* năm 2018", letter)
        assert letter.count("Kính gửi:") == 1
        assert "Kính gửi: Chi bộ Khu 1, Chi bộ Khu 2, Chi bộ Khu 3 " in letter


def test_a_suggestion_tells_by_whom_to_whom_about_what_and_by_when() -> None:
    letter = text("review-suggestion")
    assert "Ban Chấp hành Đảng bộ xã An Đồng gợi ý tập thể, cá nhân thuộc thẩm quyền quản lý" in letter
    assert "Tập thể chi ủy Chi bộ Khu 5" in letter and "đất công ích" in letter
    assert "trước ngày 28/12/2018./." in letter
    assert "tối thiểu là 2,5 ngày." in text("review-suggestion", least_days=2.5)
    assert "tối thiểu" not in text("review-suggestion", least_days=None)
    assert "theo đề nghị của" not in text("review-suggestion", proposed_by=None)


def test_a_review_held_anew_puts_off_the_classification() -> None:
    letter = text("review-again-request")
    assert "chỉ tiến hành sau khi kiểm điểm lại đạt yêu cầu./." in letter
    assert "kiểm điểm lại trước ngày 26/12/2018" in letter
    assert "căn cứ" not in text("review-again-request", basis=None)


def test_dossiers_go_up_with_a_letter_or_a_statement() -> None:
    statement = text("submission-letter")
    assert "TỜ TRÌNH" in statement.upper() and "Kính trình Ban Thường vụ Huyện ủy" in statement
    assert "V/v nộp hồ sơ" not in statement
    letter = text("submission-letter", paper_type="letter", symbol="CV/ĐU")
    assert "V/v nộp hồ sơ đánh giá, xếp loại chất lượng năm 2018" in letter
    assert "TỜ TRÌNH" not in letter.upper() and "Kính trình" not in letter
    assert "Đề nghị Ban Thường vụ Huyện ủy tiếp nhận" in letter


def signs(made: bytes) -> list[list[str]]:
    """The rows of the identification list, its head left out; a cell that spans columns stands once in each."""
    table = next(one for one in Document(io.BytesIO(made)).tables if one.rows[0].cells[-1].text == "Không")
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_a_group_of_signs_spans_the_columns_and_each_sign_has_one_answer() -> None:
    rows = signs(word("degeneration-list"))
    assert len(rows) == 12
    assert len(set(rows[0][1:])) == 1
    for row in rows:
        if row[0].isdigit():
            assert sorted(row[2:]) == ["", "X"]
    assert rows[3][2:] == ["X", ""]


def test_the_list_is_handed_out_with_the_signs_of_the_office_and_no_answer() -> None:
    rows = signs(word("degeneration-list", "blank"))
    assert [row[0] for row in rows][:5] == ["I", "1", "2", "3", "II"]
    assert {mark for row in rows if row[0].isdigit() for mark in row[2:]} == {""}
    assert "nể nang, chưa mạnh dạn" not in text("degeneration-list", "blank")


def test_attendance_stands_in_figures_and_words() -> None:
    for code in ("minutes-collective", "minutes-individuals", "minutes-cell"):
        minutes = text(code, summoned=105, present=21, absent=0)
        assert "được triệu tập: 105 đồng chí (bằng chữ: Một trăm linh năm)" in minutes
        assert "có mặt: 21 đồng chí (bằng chữ: Hai mươi mốt)" in minutes
        assert "vắng mặt: 0 đồng chí (bằng chữ: Không)" in minutes


def test_minutes_tell_when_the_conference_ended_also_on_a_later_day() -> None:
    assert "kết thúc hồi 16 giờ 45 phút cùng ngày" in text("minutes-collective")
    assert "kết thúc hồi 16 giờ 45 phút ngày 28/12/2018" in text("minutes-collective", closed_on="2018-12-28")


def test_minutes_of_persons_follow_the_order_given_and_leave_out_what_was_not_said() -> None:
    minutes = text("minutes-individuals")
    places = [minutes.index(name) for name in ("1. Trần Văn Thịnh", "2. Lê Quang Vinh", "3. Đặng Văn Sơn")]
    assert places == sorted(places)
    assert "Chủ trì khi kiểm điểm người đứng đầu: Lê Quang Vinh" in minutes
    third = minutes[places[2] :]
    assert "Tiếp thu, giải trình" not in third
    assert "Kết luận của người chủ trì về ưu điểm, khuyết điểm: Hoàn thành tốt nhiệm vụ" in third


def test_blank_minutes_of_persons_leave_room_for_each_of_them() -> None:
    people = [{"full_name": "Hà Thị Nết", "position": "Đảng ủy viên", "conclusion": "Hoàn thành tốt nhiệm vụ."}]
    minutes = text("minutes-individuals", "blank", individuals=people)
    assert "1. Hà Thị Nết, Đảng ủy viên" in minutes
    assert "Hoàn thành tốt nhiệm vụ." not in minutes
    assert minutes.count("Tiếp thu, giải trình:") == 1
    assert text("minutes-individuals", "blank", individuals=None).count("Tiếp thu, giải trình:") == 5


def test_what_nobody_reserved_and_nobody_suggested_has_no_heading() -> None:
    minutes = text("minutes-collective", suggested_matters=None, reserved_opinions=None, ballots=None)
    for heading in ("gợi ý", "Ý kiến bảo lưu", "Bỏ phiếu kín"):
        assert heading not in minutes
    assert "Ý kiến bảo lưu" in text("minutes-collective", reserved_opinions="Đồng chí Hoàng Văn Lộc bảo lưu ý kiến.")


def test_who_is_summoned_is_counted_and_who_came_is_left_for_the_pen() -> None:
    before = text("attendance-list", present=None, absent=None)
    assert "Tổng số được triệu tập: 6 đồng chí; có mặt: …" in before
    assert "có mặt: 5 đồng chí; vắng mặt: 1 đồng chí." in text("attendance-list")
    handed_out = text("attendance-list", "blank")
    assert "Phan Trọng Hải" in handed_out and "Vắng, có lý do" not in handed_out
    assert "KHÁCH MỜI" not in text("attendance-list", guests=None)


def test_the_agenda_prints_days_only_where_it_runs_over_several() -> None:
    assert "Ngày Giờ" not in text("agenda")
    items = [
        {"held_on": "2018-12-27", "starts_at": "07:30", "content": "Kiểm điểm tập thể"},
        {"held_on": "2018-12-28", "starts_at": "07:30", "content": "Kiểm điểm cá nhân"},
    ]
    days = text("agenda", items=items)
    assert "Ngày Giờ Nội dung" in days and "28/12/2018 7 giờ 30 phút Kiểm điểm cá nhân" in days


def test_a_person_signs_his_own_plan_and_opinion_a_body_by_its_authority() -> None:
    assert "T/M BAN CHẤP HÀNH" in text("remedy-plan")
    own: dict[str, Any] = {"signature_authority": None, "signature_title": None, "symbol": None}
    assert "NGƯỜI LẬP KẾ HOẠCH" in text("remedy-plan", **own)
    opinion = text("written-opinion", signature_authority=None, signature_title=None, signer="Hà Thị Nết")
    assert "NGƯỜI GÓP Ý" in opinion and "Hà Thị Nết" in opinion
    assert "NGƯỜI GÓP Ý" not in text("written-opinion")


def test_a_commitment_looks_from_the_reviewed_year_to_the_next() -> None:
    commitment = text("annual-commitment")
    assert "xếp loại chất lượng năm 2018" in commitment
    assert "tôi cam kết tu dưỡng, rèn luyện, phấn đấu năm 2019 như sau:" in commitment

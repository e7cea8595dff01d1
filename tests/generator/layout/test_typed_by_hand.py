"""Three papers that no template of ours made: a notice in the manner of the State, a decision and a letter, each with
its own mistakes. Two were saved by LibreOffice Writer, one by a library that writes Word files."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.layout.departure import Departure
from generator.layout.departures import departures

PAPERS = Path(__file__).parents[2] / "data" / "typed_by_hand"
STATE_NOTICE, DECISION, LETTER = "thong-bao-kieu-nha-nuoc.docx", "quyet-dinh-go-tay.docx", "cong-van-go-tay.docx"


def found_in(name: str) -> list[Departure]:
    """What the linter reports of one of the papers."""
    return departures((PAPERS / name).read_bytes())


@pytest.mark.parametrize(
    ("paper", "rule", "of"),
    [
        (STATE_NOTICE, "page.margins", "lề trái là 25,4 mm, phải là 30 mm"),
        (STATE_NOTICE, "page.number", "đặt ở chân trang"),
        (STATE_NOTICE, "page.number", "in cả trên trang đầu"),
        (STATE_NOTICE, "header.party-title", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (STATE_NOTICE, "font.name", "Calibri, phải là Times New Roman"),
        (STATE_NOTICE, "text.wording", "không viết “TM.”"),
        (STATE_NOTICE, "paragraph.align", "phải căn đều hai bên"),
        (STATE_NOTICE, "paragraph.indent", "dòng đầu lùi vào 0 mm, phải là khoảng 10 mm"),
        (STATE_NOTICE, "paragraph.line", "giãn dòng 13 pt, tối thiểu là 18 pt"),
        (STATE_NOTICE, "paragraph.space", "cách đoạn sau 0 pt, tối thiểu là 6 pt"),
        (DECISION, "page.margins", "lề phải là 20 mm, phải là 15 mm"),
        (DECISION, "header.party-title-rule", "không có đường kẻ dưới tiêu đề"),
        (DECISION, "header.star", "không có dấu “*”"),
        (DECISION, "header.type-name-rule", "không có dấu “-----”"),
        (DECISION, "look.bold", "Trích yếu nội dung: phải in đậm"),
        (DECISION, "look.bold", "Điều: phải in đậm"),
        (DECISION, "look.bold", "Chức vụ người ký: không in đậm"),
        (DECISION, "look.underline", "Nơi nhận: phải gạch chân"),
        (DECISION, "font.size", "Danh sách nơi nhận: cỡ chữ 11, phải là 12"),
        (DECISION, "text.wording", "không có dấu hai chấm"),
        (DECISION, "text.wording", "số nhỏ hơn 10 phải thêm số 0 ở trước"),
        (DECISION, "text.wording", "dấu gạch nối"),
        (DECISION, "text.wording", "ngày nhỏ hơn 10"),
        (DECISION, "text.wording", "tháng 1 và tháng 2"),
        (DECISION, "text.wording", "không ghi học hàm"),
        (DECISION, "paragraph.line", "giãn dòng 2 dòng"),
        (LETTER, "header.party-title-rule", "đường kẻ dưới tiêu đề dài 82,5 mm"),
        (LETTER, "font.size", "Trích yếu công văn: cỡ chữ 14, phải là 12"),
        (LETTER, "look.italic", "Kính gửi: phải in nghiêng"),
        (LETTER, "look.caps", "Dấu chỉ mức độ mật, khẩn: phải in hoa"),
        (LETTER, "font.size", "Địa chỉ, điện thoại ở chân trang: cỡ chữ 12, phải là 10"),
        (LETTER, "text.nfc", "dạng tổ hợp rời"),
    ],
)
def test_each_departure_is_found(paper: str, rule: str, of: str) -> None:
    assert [one for one in found_in(paper) if one.rule == rule and of in one.message]


def test_what_is_right_in_the_letter_is_not_reported() -> None:
    rules = {one.rule for one in found_in(LETTER)}
    assert not rules & {"page.margins", "page.number", "header.star", "paragraph.indent", "paragraph.align"}
    assert not any(rule.startswith("missing.") for rule in rules)


def test_a_line_put_to_its_place_with_tabs_is_not_said_to_stand_on_the_left() -> None:
    assert "look.align" not in {one.rule for one in found_in(STATE_NOTICE)}


def test_every_departure_says_where() -> None:
    for paper in (STATE_NOTICE, DECISION, LETTER):
        for one in found_in(paper):
            assert one.where.startswith(("Đoạn", "Bảng", "Thiết lập trang", "Số trang", "Đầu trang", "Cả văn bản"))

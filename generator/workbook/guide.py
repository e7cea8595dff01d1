"""The first sheet of the workbook: how it is filled in, and what each sheet is for."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date
from generator.workbook import look
from generator.workbook.layout import CLEAR, EXAMPLE_MARK
from generator.workbook.sheets import Sheet

_RULES = (
    "Nhập từ trang “Đợt đánh giá”, “Đơn vị”, “Đảng viên” trước; các trang sau gọi tên người và đơn vị bằng cột mã.",
    f"Dòng có dấu “{EXAMPLE_MARK}” chỉ để xem, phần mềm không đọc. Có thể xóa dòng này.",
    "Tiêu đề cột có dấu * là mục phải ghi khi thêm dòng mới. Đưa chuột lên tiêu đề để xem giải thích và điều khoản.",
    f"Ô để trống nghĩa là không thay đổi điều đã lưu. Muốn bỏ một nội dung đã lưu thì ghi {CLEAR} vào ô đó.",
    "Ô có danh sách thì chọn trong danh sách; ô Có/Không ghi Có, Không hoặc đánh dấu x.",
    "Ngày ghi ngày/tháng/năm, ví dụ 05/12/2018. Ghi xong hãy nhìn lại ô, có máy tự đảo ngày với tháng.",
    "Số thẻ, số lý lịch ghi dạng chữ (định dạng ô là Text) để giữ các số 0 ở đầu.",
    "Nhập xong vẫn ghi thêm, sửa tiếp trong chính tệp này rồi nhập lại được. Mỗi người nên lấy bảng riêng, không chép.",
    "Có thể đổi thứ tự cột, thêm dòng, sắp xếp, lọc; không sửa tiêu đề cột và tên trang.",
    "Cột xám để xem cho dễ, phần mềm tự ghi và không đọc lại.",
    "Số phiếu, tỷ lệ, điều kiện từng mức do phần mềm kiểm tra sau khi nhập, kèm điều khoản của Hướng dẫn.",
)


def write_guide(sheet: Worksheet, sheets: Iterable[Sheet], book: Rulebook) -> None:
    """Fills the guide sheet: the rules of filling in, then one line for each sheet with a link to it."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 6
    sheet.column_dimensions["B"].width = 34
    sheet.column_dimensions["C"].width = 92
    followed = f"Theo Hướng dẫn số {book.number} ngày {short_date(book.issued_on)} của {book.issuer}"
    _line(sheet, 1, "A", "BẢNG NHẬP LIỆU KIỂM ĐIỂM, ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG", look.TITLE)
    _line(sheet, 2, "A", followed, look.ABOUT)
    _line(sheet, 4, "A", "Cách ghi", look.SECTION)
    row = 5
    for number, rule in enumerate(_RULES, start=1):
        _line(sheet, row, "A", f"{number}.", look.BODY)
        sheet.merge_cells(f"B{row}:C{row}")
        sheet[f"B{row}"] = rule
        sheet[f"B{row}"].font, sheet[f"B{row}"].alignment = look.BODY, look.LEFT
        sheet.row_dimensions[row].height = 17 if len(rule) < 120 else 33
        row += 1
    _line(sheet, row + 1, "A", "Các trang", look.SECTION)
    for place, one in enumerate(sheets, start=row + 2):
        sheet[f"B{place}"].hyperlink = f"#'{one.title}'!A1"
        _line(sheet, place, "B", one.title, look.LINK)
        _line(sheet, place, "C", one.about, look.BODY)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_options.horizontalCentered = True


def _line(sheet: Worksheet, row: int, column: str, text: str, font: Font) -> None:
    cell = sheet[f"{column}{row}"]
    cell.value, cell.font, cell.alignment = text, font, look.ONE_LINE

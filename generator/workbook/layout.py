"""Where things stand on a sheet: known to the writer and, as far as people leave it so, to the reader."""

from __future__ import annotations

TITLE_ROW, ABOUT_ROW, HEADER_ROW, EXAMPLE_ROW, FIRST_ROW = 1, 2, 3, 4, 5
ID_COLUMN, ORIGINAL_COLUMN, MARK_COLUMN, FIRST_COLUMN = 1, 2, 3, 4
ID_HEADER, ORIGINAL_HEADER, MARK_HEADER = "Mã dòng", "Bản gốc", "Dấu"
EXAMPLE_MARK = "Ví dụ"
REQUIRED_SIGN = "*"
CLEAR = "(xóa)"
GUIDE_SHEET, LISTS_SHEET = "Hướng dẫn", "Danh mục"
WORKBOOK_HEADER = "Mã bảng nhập liệu"
EMPTY_ROWS = 1000
LONGEST_TEXT = 32_767

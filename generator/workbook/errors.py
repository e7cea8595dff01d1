"""What can be wrong with a workbook as a whole; what is wrong in its cells is collected as problems."""

from __future__ import annotations

from generator.errors import GeneratorError


class NotAWorkbook(GeneratorError):
    """Tệp này không phải là bảng Excel (.xlsx)."""

    code = "workbook.not-a-workbook"

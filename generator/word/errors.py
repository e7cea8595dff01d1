"""What can be wrong with a Word file, a template or the values given to it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import GeneratorError, Problem


class NotADocument(GeneratorError):
    """Tệp này không phải là văn bản Word (.docx)."""

    code = "word.not-a-document"


class NotATemplate(NotADocument):
    """Tệp này không dùng làm mẫu Word (.docx) được."""

    code = "word.not-a-template"


class UnsafeTemplate(GeneratorError):
    """Mẫu có thẻ không được phép dùng hoặc viết sai."""

    code = "word.unsafe-template"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"Mẫu có thẻ không được phép dùng hoặc viết sai:\n{lines}")


class MissingField(GeneratorError):
    """Thiếu dữ liệu cho một mục của mẫu."""

    code = "word.missing-field"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"Thiếu dữ liệu cho mục “{field}” của mẫu.")


class UnprintableValue(GeneratorError):
    """Có giá trị không in được vào văn bản."""

    code = "word.unprintable-value"

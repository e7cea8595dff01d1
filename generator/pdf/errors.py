"""What stops a conversion to PDF."""

from __future__ import annotations

from generator.errors import GeneratorError


class OfficeMissing(GeneratorError):
    """Máy này chưa có LibreOffice nên chưa chuyển được sang PDF."""

    code = "pdf.office-missing"

    def __init__(self) -> None:
        super().__init__(
            "Máy này chưa có LibreOffice nên chưa chuyển được sang PDF; văn bản Word vẫn lập được bình thường. "
            "Hãy cài hai gói libreoffice-writer-nogui và fonts-liberation2, ví dụ bằng lệnh: "
            "sudo apt install libreoffice-writer-nogui fonts-liberation2"
        )


class ConversionFailed(GeneratorError):
    """LibreOffice không chuyển được một văn bản sang PDF."""

    code = "pdf.conversion-failed"

    def __init__(self, index: int, said: str = "") -> None:
        self.index = index
        self.said = said
        tail = f" LibreOffice báo: {said}" if said else ""
        super().__init__(f"LibreOffice không chuyển được văn bản thứ {index + 1} sang PDF.{tail}")

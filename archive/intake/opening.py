"""Files handed in, opened or refused: each with the sentence that says why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from archive.intake.errors import PaperRefused
from archive.intake.gathering import Item
from archive.intake.papers import Paper, joined, open_paper
from archive.intake.report import LeftAside
from generator.errors import reason as why
from generator.vietnamese import nfc


@dataclass(frozen=True)
class Given:
    """A file to look at: its name, and its bytes or why they cannot be had."""

    name: PurePath
    paper: Paper | None
    source: bytes
    pages_from: tuple[str, ...] = ()
    refusal: LeftAside | None = None


def opened_item(folder: Path, item: Item) -> Given:
    """A file or the pages of a paper in a folder, opened."""
    if item.missing:
        lacking = ", ".join(str(number) for number in item.missing)
        left = LeftAside(
            "intake.pages-missing", str(item.name), f"thiếu trang {lacking}",
            "Hãy chụp thêm trang thiếu, hoặc đổi tên tệp nếu không phải các trang của một giấy tờ",
        )  # fmt: skip
        return Given(item.name, None, b"", refusal=left)
    if any(path.is_symlink() for path in item.files):
        message = "tệp này là một liên kết, không phải tệp thật"
        return _refused(item.name, message, "Hãy chép tệp thật vào thư mục")
    try:
        contents = [path.read_bytes() for path in item.files]
    except OSError as error:
        return _refused(item.name, f"không đọc được tệp ({why(error)})", "Hãy kiểm tra quyền đọc tệp")
    if not item.is_gathered:
        return opened_file(item.name, contents[0])
    pages: list[Paper] = []
    for path, data in zip(item.files, contents, strict=True):
        page = opened_file(PurePath(nfc(str(path.relative_to(folder)))), data)
        if page.paper is None:
            return page
        pages.append(page.paper)
    paper = joined(pages)
    return Given(item.name, paper, paper.data, tuple(nfc(str(path.relative_to(folder))) for path in item.files))


def opened_file(name: PurePath, data: bytes) -> Given:
    """A file by its bytes, opened or refused with what to do."""
    try:
        return Given(name, open_paper(name.name, data), data)
    except PaperRefused as error:
        message, _, remedy = error.message.removesuffix(".").partition(". ")
        return _refused(name, message[0].lower() + message[1:], remedy or "Hãy xin lại tệp khác")


def _refused(name: PurePath, message: str, remedy: str) -> Given:
    return Given(name, None, b"", refusal=LeftAside("intake.refused", str(name), message, remedy))

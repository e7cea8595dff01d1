"""What a template may not bring along: links to other files, embedded objects, tracked changes, comments, bulk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.errors import Place, Problem
from generator.word.reading import main_part, parse, relations

LARGEST_PART = 1024 * 1024
"""The largest XML part taken, bytes; docxtpl takes a second for so much."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBEDDED = frozenset({"oleObject", "package", "control", "aFChunk", "subDocument", "activeXControlBinary", "frame"})
_HARMLESS_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_EMBEDDING = {f"{_W}object", f"{_W}altChunk", f"{_W}subDoc", f"{_W}control"}
_TRACKED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")}
_COMMENTED = {f"{_W}commentReference", f"{_W}commentRangeStart"}
_FETCHING = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE|IMPORT)\b", re.IGNORECASE)
_MERGING = re.compile(r"^\s*(MERGEFIELD|MERGEREC|NEXT|ASK|FILLIN)\b", re.IGNORECASE)
_WHOLE = Place()


def foreign_problems(parts: Mapping[str, bytes]) -> list[Problem]:
    """All that a file may not have as a template, each said once.

    Args:
        parts: as `reading.open_docx` gives them.
    """
    return list(dict.fromkeys([*_size(parts), *_links(parts), *_contents(parts)]))


def _size(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")) and len(data) > LARGEST_PART:
            remedy = "Mẫu chỉ nên có vài trang; hãy bỏ phần không cần"
            yield Problem("template.size", _WHOLE, f"phần {name} quá lớn (trên 1 MB)", remedy)


def _links(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    for owner in ("", *(name for name in parts if name.endswith(".xml"))):
        for _, kind, target, external in relations(parts, owner):
            if kind in _EMBEDDED:
                yield _embedded()
            elif kind == "attachedTemplate":
                remedy = "Trong Word: Developer, Document Template, xóa tên tệp ở ô Document template rồi lưu lại"
                yield Problem("template.link", _WHOLE, f"mẫu gắn với một tệp mẫu khác ({target})", remedy)
            elif external and not (kind == "hyperlink" and _HARMLESS_LINK.match(target)):
                remedy = "Hãy bỏ liên kết, chép hẳn nội dung vào mẫu"
                yield Problem("template.link", _WHOLE, f"mẫu có tham chiếu đến tệp bên ngoài ({target})", remedy)
            elif not external and target not in parts:
                remedy = "Hãy mở bằng Word và lưu lại"
                yield Problem("template.file", _WHOLE, "tệp Word bị hỏng: thiếu một phần bên trong", remedy)


def _embedded() -> Problem:
    remedy = "Hãy xóa đối tượng nhúng, chép nội dung vào dưới dạng chữ hoặc bảng của Word"
    return Problem("template.embedded", _WHOLE, "mẫu có đối tượng nhúng (bảng Excel, tệp gói, điều khiển)", remedy)


def _contents(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    main = main_part(parts)
    if parse(parts[main]).tag != f"{_W}document":
        remedy = "Hãy mở bằng Word và lưu lại dưới dạng Word Document (.docx)"
        yield Problem("template.file", _WHOLE, "tệp ở dạng “Strict Open XML”", remedy)
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and len(data) <= LARGEST_PART:
            for element in parse(data).iter():
                yield from _element_problems(element)


def _element_problems(element: etree._Element) -> Iterator[Problem]:
    if element.tag in _EMBEDDING:
        yield _embedded()
    elif element.tag in _TRACKED:
        remedy = "Trong Word: Review, Accept All Changes and Stop Tracking, rồi lưu lại"
        yield Problem("template.tracked", _WHOLE, "mẫu còn phần sửa đổi đang theo dõi (Track Changes)", remedy)
    elif element.tag in _COMMENTED:
        remedy = "Hãy xóa hết ghi chú, vì chúng sẽ có trong mọi văn bản in ra"
        yield Problem("template.comment", _WHOLE, "mẫu còn ghi chú bên lề (Comments)", remedy)
    elif element.tag == f"{_W}mailMerge":
        remedy = "Trong Word: Mailings, Start Mail Merge, Normal Word Document, rồi lưu lại"
        yield Problem("template.link", _WHOLE, "mẫu đang nối với một nguồn dữ liệu trộn thư", remedy)
    elif element.tag in (f"{_W}instrText", f"{_W}fldSimple"):
        code = element.text or element.get(f"{_W}instr") or ""
        if _FETCHING.match(code):
            remedy = "Hãy bỏ trường ấy, chép hẳn nội dung vào mẫu"
            yield Problem("template.link", _WHOLE, f"mẫu có trường lấy nội dung từ nơi khác ({code.strip()})", remedy)
        elif _MERGING.match(code):
            remedy = "Hãy thay bằng thẻ của hoso, ví dụ {{ full_name }}"
            yield Problem("template.field", _WHOLE, f"mẫu có trường trộn thư ({code.strip()})", remedy)

"""What a template may not bring along: links to other files, embedded objects, tracked changes, comments, bulk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.errors import Place, Problem
from generator.word.reading import main_part, parse, relations
from generator.word.tags import shortened

LARGEST_PART = 1024 * 1024
"""The largest XML part taken, bytes; docxtpl takes a second for so much."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBEDDED = frozenset({"oleObject", "package", "control", "aFChunk", "subDocument", "activeXControlBinary", "frame"})
_HARMLESS_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_EMBEDDING = {f"{_W}object", f"{_W}altChunk", f"{_W}subDoc", f"{_W}control"}
_TRACKED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")}
_COMMENTED = {f"{_W}commentReference", f"{_W}commentRangeStart"}
_FETCHING = re.compile(r"^(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE|IMPORT|EMBED)\b", re.IGNORECASE)
_MERGING = re.compile(r"^(MERGEFIELD|MERGEREC|NEXT|NEXTIF|ASK|FILLIN|SKIPIF)\b", re.IGNORECASE)
# What changes by itself each time the paper is opened, so that a paper of the archive would not stay as it was signed.
_CHANGING = re.compile(
    r"^(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME|FILENAME|FILESIZE|USERNAME|USERINITIALS|USERADDRESS|AUTHOR|"
    r"LASTSAVEDBY|DOCPROPERTY|TEMPLATE|INFO|REVNUM)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"^(PAGE|NUMPAGES|SECTION|SECTIONPAGES|SEQ|REF|PAGEREF|NOTEREF|STYLEREF|TOC|TC|XE|INDEX|SYMBOL|EQ|ADVANCE|HYPERLINK|"
    r"FORMTEXT|FORMCHECKBOX|FORMDROPDOWN)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(r'^HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)', re.IGNORECASE)
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
            root = parse(data)
            for element in root.iter():
                yield from _element_problems(element)
            yield from filter(None, (_field_problem(code.strip()) for code in _fields(root)))


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
    elif element.tag == f"{_W}documentProtection" and element.get(f"{_W}enforcement") in ("1", "true", "on"):
        remedy = "Trong Word: Review, Restrict Editing, Stop Protection, rồi lưu lại"
        yield Problem("template.protected", _WHOLE, "mẫu đang khóa chỉnh sửa, văn bản lập ra sẽ không sửa được", remedy)
    elif element.tag == f"{_W}vanish" and element.get(f"{_W}val", "1") not in ("0", "false", "off"):
        run = element.getparent().getparent()
        hidden = "".join(text.text or "" for text in run.iter(f"{_W}t")) if run.tag == f"{_W}r" else ""
        if hidden.strip():
            remedy = "Hãy bỏ định dạng chữ ẩn (Font, Hidden), hoặc xóa chữ ấy"
            yield Problem("template.hidden", _WHOLE, f"mẫu có chữ ẩn, không in ra giấy (“{shortened(hidden)}”)", remedy)


def _fields(root: etree._Element) -> Iterator[str]:
    """The code of every field, put together from the pieces Word cuts it into."""
    codes: list[list[str]] = []
    for element in root.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText"):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr") or ""
        elif element.tag == f"{_W}instrText":
            if not codes:
                codes.append([])
            codes[-1].append(element.text or "")
        elif kind == "begin":
            codes.append([])
        elif kind == "end" and codes:
            yield "".join(codes.pop())
    yield from ("".join(left) for left in codes)


def _field_problem(code: str) -> Problem | None:
    shown = shortened(code)
    if _FETCHING.match(code):
        remedy = "Hãy bỏ trường ấy, chép hẳn nội dung vào mẫu"
        return Problem("template.link", _WHOLE, f"mẫu có trường lấy nội dung từ nơi khác ({shown})", remedy)
    if _MERGING.match(code):
        remedy = "Hãy thay bằng thẻ của hoso, ví dụ {{ full_name }}"
        return Problem("template.field", _WHOLE, f"mẫu có trường trộn thư ({shown})", remedy)
    if _CHANGING.match(code):
        remedy = "Hãy thay bằng chữ hoặc bằng thẻ của hoso, ví dụ {{ date_line }}"
        message = f"mẫu có trường tự đổi nội dung mỗi lần mở tệp ({shown})"
        return Problem("template.field", _WHOLE, message, remedy)
    linked = _LINKED.match(code)
    if linked and not _HARMLESS_LINK.match(linked[1]) and "\\l" not in code:
        remedy = "Hãy bỏ liên kết, chép hẳn nội dung vào mẫu"
        return Problem("template.link", _WHOLE, f"mẫu có tham chiếu đến tệp bên ngoài ({linked[1]})", remedy)
    if code and not _KNOWN.match(code):
        remedy = "Trong Word: bấm vào chỗ ấy rồi Ctrl+Shift+F9 để giữ lại chữ, bỏ trường"
        return Problem("template.field", _WHOLE, f"mẫu có trường không dùng được ({shown})", remedy)
    return None

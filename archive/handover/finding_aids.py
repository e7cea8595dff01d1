"""The lists that lie with what is handed over: one that people read and click in, one that programs read."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from archive.handover.choosing import Chosen

_HEADS = (
    "STT", "Mã hồ sơ", "Tiêu đề hồ sơ", "Đối tượng", "Đơn vị", "Năm", "Loại hồ sơ", "Mức xếp loại", "Trạng thái",
    "Khiếu nại", "Số quyết định", "Ngày quyết định", "Thời hạn bảo quản", "Số lần nộp", "Số tài liệu", "Số tờ",
    "Thư mục",
)  # fmt: skip
_STYLE = """
body { font: 12pt/1.45 "Times New Roman", "Liberation Serif", serif; margin: 2em auto; max-width: 62em; color: #111; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.6em 0 .2em; border-top: 1px solid #999; padding-top: .6em; }
p { margin: .2em 0; } ol { margin: .3em 0 0; } li { margin: .15em 0; }
@media print { a { color: inherit; text-decoration: none; } h2 { break-after: avoid; } }
"""
PathOf = Callable[[Chosen, str], str]
# What a table program takes for a formula when a cell of a CSV begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(chosen: Sequence[Chosen], folder_of: Callable[[Chosen], str]) -> bytes:
    """The list for programs: UTF-8 with its mark, so that Excel shows every letter; text that looks like a formula is
    marked with an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for number, one in enumerate(chosen, start=1):
        writer.writerow(
            [
                _harmless(value)
                for value in (
                    str(number), one.dossier_id, one.title, one.subject, one.unit, one.period, one.kind, one.level,
                    one.status, "Đang có khiếu nại" if one.complaint else "", one.decision, one.decided_on,
                    one.retention, str(one.version), str(one.documents),
                    "" if one.sheets is None else str(one.sheets), folder_of(one),
                )
            ]
        )  # fmt: skip
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def as_html(title: str, notes: Iterable[str], chosen: Sequence[Chosen], path_of: PathOf) -> bytes:
    """The list for people: each dossier with its papers in order, each a link to the file where it lies.

    Args:
        path_of: where a path of a dossier's newest version lies, from this page.
    """
    parts = [
        "<!DOCTYPE html>", '<html lang="vi"><head><meta charset="utf-8">', f"<title>{_text(title)}</title>",
        f"<style>{_STYLE}</style></head><body>", f"<h1>{_text(title)}</h1>",
        *(f"<p>{_text(note)}</p>" for note in notes),
    ]  # fmt: skip
    for number, one in enumerate(chosen, start=1):
        parts.append(f'<h2 id="{one.dossier_id}">{number}. {_text(one.subject)} – {_text(one.title)}</h2>')
        parts += [f"<p>{_text(line)}</p>" for line in _about(one)]
        parts.append("<ol>")
        parts += [_item(path_of(one, file["path"]), file["title"]) for file in one.files]
        parts.append("</ol>")
    return "\n".join([*parts, "</body></html>", ""]).encode()


def _about(one: Chosen) -> Iterable[str]:
    yield f"{one.unit}; năm {one.period}; {one.kind}; hồ sơ {one.dossier_id}; {one.status.lower()}"
    decision = f" (quyết định {one.decision})" if one.decision else ""
    if one.level:
        yield f"Kết quả: {one.level}{decision}"
    if one.complaint:
        yield "Đang có khiếu nại chưa kết luận"
    yield f"Thời hạn bảo quản: {one.retention}"


def _item(path: str, title: str) -> str:
    return f'<li><a href="{_text(path)}">{_text(title)}</a> ({path.rpartition(".")[2].upper()})</li>'


def _text(value: str) -> str:
    return html.escape(value, quote=True)

"""Whether a template's loops and conditions begin and end where they belong, and take no printed text with them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from generator.errors import Problem
from generator.word.tags import Tag

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDS = {"for": "endfor", "if": "endif"}
_ELEMENTS = {"p": f"{_W}p", "tr": f"{_W}tr", "tc": f"{_W}tc"}
_NAMES = {"p": "đoạn", "tr": "hàng", "tc": "ô"}
DEEPEST = 6
"""How many loops and conditions may stand within one another."""


def nesting_problems(tags: Sequence[Tag]) -> list[Problem]:
    """What is wrong with the steering tags of a template, all of it.

    Args:
        tags: every tag, in reading order; those of one part follow one another.
    """
    problems = [problem for tag in tags if tag.reach for problem in _reach_problems(tag)]
    steering = [tag for tag in tags if tag.opener == "{%"]
    for part in dict.fromkeys(tag.part for tag in steering):
        problems += _balance([tag for tag in steering if tag.part == part])
    return problems


def _reach_problems(tag: Tag) -> list[Problem]:
    if tag.opener == "{{":
        example = f"{{{{ {tag.body} }}}}"
        return [tag.problem("template.reach", "không dùng được", f"Hãy viết {example}")]
    if tag.reach == "r":
        return []
    element = _holder(tag)
    name = _NAMES[tag.reach]
    if element is None:
        return [tag.problem("template.reach", "chỉ dùng trong bảng")]
    text = "".join(piece.text or "" for piece in element.iter(f"{_W}t"))
    if "".join(text.split()) != "".join(tag.text.split()):
        remedy = f"Hãy để thẻ đứng một mình trong {name} của nó"
        return [tag.problem("template.lost-text", f"làm mất chữ đứng cùng {name} khi in", remedy)]
    return []


def _holder(tag: Tag) -> etree._Element | None:
    """The paragraph, row or cell that a tag stands for."""
    wanted = _ELEMENTS[tag.reach]
    if tag.paragraph.tag == wanted:
        return tag.paragraph
    return next(tag.paragraph.iterancestors(wanted), None)


def _home(tag: Tag) -> etree._Element | None:
    """What a loop or condition may not leave: text its paragraph, paragraphs their cell, rows their table."""
    if tag.reach not in _ELEMENTS:
        return tag.paragraph
    holder = _holder(tag)
    return holder.getparent() if holder is not None else None


def _balance(tags: Sequence[Tag]) -> list[Problem]:
    problems: list[Problem] = []
    opened: list[Tag] = []
    for tag in tags:
        word = tag.keyword
        if word in _ENDS:
            opened.append(tag)
            if len(opened) == DEEPEST + 1:
                problems.append(tag.problem("template.depth", f"nằm sâu quá {DEEPEST} lớp vòng lặp và điều kiện"))
        elif word in ("else", "elif"):
            within = opened[-1] if opened else None
            if within is None or (word == "elif" and within.keyword != "if"):
                problems.append(tag.problem("template.block", "đứng ngoài điều kiện “if”"))
            else:
                problems += _apart(within, tag)
        elif word in _ENDS.values():
            problems += _closed(opened, tag)
    for tag in opened:
        end = _ENDS[tag.keyword]
        remedy = f"Hãy thêm {{%{tag.reach} {end} %}} ở chỗ kết thúc"
        problems.append(tag.problem("template.block", f"mở ra mà không có “{end}” đóng lại", remedy))
    return problems


def _closed(opened: list[Tag], tag: Tag) -> list[Problem]:
    """Closes the block an end tag belongs to; blocks left open within it are told."""
    wanted = next(word for word, end in _ENDS.items() if end == tag.keyword)
    if all(one.keyword != wanted for one in opened):
        return [tag.problem("template.block", f"thừa: không có “{wanted}” nào đang mở")]
    problems = []
    while opened[-1].keyword != wanted:
        left = opened.pop()
        problems.append(left.problem("template.block", f"chưa được đóng trước “{tag.keyword}”"))
    return problems + _apart(opened.pop(), tag)


def _apart(start: Tag, end: Tag) -> list[Problem]:
    if start.reach != end.reach:
        remedy = f"Hãy viết “{{%{start.reach}” ở cả hai thẻ"
        return [end.problem("template.block", f"không cùng loại với thẻ mở “{start.text}”", remedy)]
    if _home(start) is not _home(end):
        return [end.problem("template.block", f"không ở cùng một chỗ (đoạn, ô, bảng) với thẻ mở “{start.text}”")]
    return []

"""Which paragraph of a paper is which component: recognised by words and place, so that anybody's file can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.layout.document import Layout
from generator.layout.naming import read_name
from generator.layout.profile import Profile
from generator.layout.signatures import is_power, signature_parts
from generator.layout.tabbed import in_columns
from generator.layout.walking import Paragraph, Run
from generator.vietnamese import fold, nfc

_DAY = re.compile(r"ngay.*(thang.*nam|\d\s*[/.-]\s*\d)|\d\s*[/.-]\s*\d+\s*[/.-]\s*(19|20)\d\d")
_NUMBER = re.compile(r"^so(\b|\d)")
_ARTICLE = re.compile(r"^điều\s+\d+\s*(?:[.:–-]|$)", re.IGNORECASE)
_PART = re.compile(r"^(phan|chuong|muc)\s+(thu\s+\w+|[ivxlc]+|\d+|[a-z])\s*[.:]?$")
_CONTACT = re.compile(r"\b(dia chi|dien thoai|fax)\b")
_FILE_CODE = re.compile(r"^(?=\S*[-/.])(?=\S*\w)\S+$")
_ADDRESSEE = "kinh gui"


@dataclass
class Anatomy:
    """The paragraphs of a paper by component; what is not there is an empty list.

    `other` holds the paragraphs outside tables that are no component of their own, `cells` those of tables,
    `below_title` what follows the Party title at once and may draw the rule below it, `in_header` all of its table,
    where a drawn line may be anchored. `archival` says that it is a cover or a list of contents, `enclosed` that it
    goes behind a paper it names first, `of_state` that it is headed as papers of the State are.
    """

    found: dict[str, list[Paragraph]] = field(default_factory=dict)
    other: list[Paragraph] = field(default_factory=list)
    cells: list[Paragraph] = field(default_factory=list)
    below_title: list[Paragraph] = field(default_factory=list)
    in_header: list[Paragraph] = field(default_factory=list)
    archival: bool = False
    enclosed: bool = False
    of_state: bool = False

    def of(self, component: str) -> list[Paragraph]:
        """The paragraphs of one component."""
        return self.found.get(component, [])

    def add(self, component: str, paragraphs: Sequence[Paragraph]) -> None:
        """Note paragraphs as a component; those that print nothing are left out."""
        self.found.setdefault(component, []).extend(one for one in paragraphs if one.text.strip())


def anatomy(layout: Layout, profile: Profile) -> Anatomy:
    """The components of a paper; a file without the Party title is all text and tables."""
    made = Anatomy()
    width = round(profile.page.text_width * 1440 / 25.4)
    lines = [line for one in layout.paragraphs for line in _in_lines(one)]
    paragraphs = in_columns(lines, lambda text: _same(text, profile.party_title), is_power, width)
    title = next((one for one in paragraphs if _same(one.text, profile.party_title)), None)
    header_table = title.cell.table if title and title.cell else None
    if title:
        made.add("party_title", [title])
    if title and title.cell and header_table is not None:
        made.in_header = [one for one in paragraphs if one.cell and one.cell.table == header_table]
        _read_header(made, made.in_header, title, profile)
    start = paragraphs.index(title) + 1 if title else 0
    made.below_title = paragraphs[start : start + 1] if title else []
    made.of_state = bool(profile.state_title) and any(_same(one.text, profile.state_title) for one in paragraphs)
    flowing = [one for one in paragraphs[start:] if one.cell is None and one.text.strip()]
    named = _read_text(made, flowing, profile, headed=bool(title and title.cell))
    signed, tables = signature_parts(paragraphs, profile)
    for name, found in signed:
        made.add(name, found)
    made.add("contact", [one for one in layout.margins if _CONTACT.search(fold(nfc(one.text)))])
    made.add("paper_code", [one for one in layout.margins if _FILE_CODE.match(one.text.strip())])
    made.archival = any(_same(one.text, name) for one in flowing for name in profile.archival_papers)
    made.enclosed = bool(flowing) and flowing[0].text.strip().startswith(profile.enclosures)
    known = [one for name in _APART for one in made.of(name)]
    numbers = {one.number for one in known if one.cell is None}
    made.other = [one for one in flowing[named:] if one not in known and one.number not in numbers]
    made.cells = [
        one for one in paragraphs if one.cell and one.cell.table not in {header_table, *tables} and one.text.strip()
    ]
    return made


# Components outside tables that are no running text.
_APART = (
    "addressee",
    "authority",
    "signer_title",
    "signer_name",
    "recipients_label",
    "recipients",
    "part_label",
    "part_name",
)


def _in_lines(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph of a cell, or a centred one, as the lines it was broken into by hand."""
    if "\n" not in paragraph.text or (paragraph.cell is None and paragraph.look.align != "center"):
        yield paragraph
        return
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(replace(run, text=text))
    for runs in lines:
        yield replace(paragraph, runs=tuple(runs))


def _same(text: str, title: str) -> bool:
    return fold(nfc(text)).split() == fold(title).split()


def _begins(paragraph: Paragraph, words: str) -> bool:
    return fold(nfc(paragraph.text)).strip().startswith(words)


def _read_header(made: Anatomy, table: list[Paragraph], title: Paragraph, profile: Profile) -> None:
    """The two columns: bodies, star, number and draft mark on the left; place and date below the title."""
    column = title.cell.column if title.cell else 0
    left = [one for one in table if one.cell and one.cell.column < column and one.text.strip()]
    below = [one for one in table[table.index(title) + 1 :] if one.cell and one.cell.column == column]
    made.add("place_date", [one for one in below if _DAY.search(fold(nfc(one.text)))])
    drafts = [one for one in left if _begins(one, "du thao")]
    numbers = [one for one in left if _NUMBER.search(fold(nfc(one.text)).strip())]
    stars = [one for one in left if one.text.strip() == profile.star]
    last = min((left.index(one) for one in (*stars, *numbers, *drafts)), default=len(left))
    bodies = [one for one in left[:last] if any(sign.isalpha() for sign in one.text)]
    made.add("superior_body", bodies[:-1])
    made.add("issuing_body", bodies[-1:])
    made.add("star", stars)
    made.add("number", numbers)
    made.add("draft_mark", drafts)
    for name, words in (("stamp", profile.stamps), ("circulation", profile.circulation)):
        made.add(name, [one for one in left if any(_same(one.text, word) for word in words)])
    known = [one for name in ("draft_mark", "stamp", "circulation") for one in made.of(name)]
    last_number = max((left.index(one) for one in numbers), default=len(left))
    made.add("letter_summary", [one for one in left[last_number + 1 :] if one not in known])


def _read_text(made: Anatomy, flowing: list[Paragraph], profile: Profile, *, headed: bool) -> int:
    """The name of the paper and the components of its text; gives how many paragraphs the name takes."""
    name = read_name(flowing, profile, registered=bool(made.of("number")), headed=headed)
    made.add("type_name", name.type_name)
    made.add("summary", name.summary)
    made.add("type_name_rule", name.rule)
    text = flowing[name.taken :]
    made.add("addressee", [one for one in text if _begins(one, _ADDRESSEE)])
    made.add("article", [one for one in text if _ARTICLE.match(nfc(one.text))])
    for number, one in enumerate(text):
        if _PART.match(fold(nfc(one.text)).strip()):
            made.add("part_label", [one])
            below = text[number + 1 : number + 2]
            made.add("part_name", [line for line in below if line.printed.isupper() or line.look.align == "center"])
    return name.taken

"""Which paragraph of a paper is which component: recognised by words and place, so that anybody's file can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from generator.layout.document import Layout, Paragraph
from generator.layout.profile import Profile
from generator.layout.tabbed import in_columns
from generator.vietnamese import fold, nfc

_POWER = re.compile(r"^(T/M|K/T|T/L|TM\.|KT\.|TL\.|Q\.)\s*\S", re.IGNORECASE)
_DAY = re.compile(r"ngay.*thang.*nam")
_NUMBER = re.compile(r"^so\b")
_ARTICLE = re.compile(r"^Điều\s+\d+")
_CONTACT = re.compile(r"\b(dia chi|dien thoai|fax)\b")
_ADDRESSEE = "kinh gui"
_NUMERAL = re.compile(r"^([IVX]+|\d+)[.)]")


@dataclass
class Anatomy:
    """The paragraphs of a paper by component; what is not there is an empty list.

    `other` holds the paragraphs outside tables that are no component of their own, `cells` those of tables,
    `below_title` what follows the Party title at once and may draw the rule below it. `archival` says that it is a
    cover or a list of contents.
    """

    found: dict[str, list[Paragraph]] = field(default_factory=dict)
    other: list[Paragraph] = field(default_factory=list)
    cells: list[Paragraph] = field(default_factory=list)
    below_title: list[Paragraph] = field(default_factory=list)
    archival: bool = False

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
    paragraphs = in_columns(layout.paragraphs, lambda text: _same(text, profile.party_title), _is_power, width)
    title = next((one for one in paragraphs if _same(one.text, profile.party_title)), None)
    header_table = title.cell.table if title and title.cell else None
    if title:
        made.add("party_title", [title])
    if title and title.cell and header_table is not None:
        _read_header(made, [one for one in paragraphs if one.cell and one.cell.table == header_table], title, profile)
    start = paragraphs.index(title) + 1 if title else 0
    made.below_title = paragraphs[start : start + 1] if title else []
    flowing = [one for one in paragraphs[start:] if one.cell is None and one.text.strip()]
    made.add("addressee", [one for one in flowing if fold(nfc(one.text)).startswith(_ADDRESSEE)])
    made.add("article", [one for one in flowing if _ARTICLE.match(nfc(one.text))])
    made.add("contact", [one for one in layout.margins if _CONTACT.search(fold(nfc(one.text)))])
    named = _read_name(made, flowing, profile) if title and title.cell else 0
    signed = _read_signatures(made, paragraphs)
    made.archival = any(_same(one.text, name) for one in flowing for name in profile.archival_papers)
    known = [one for name in ("addressee", "authority", "signer_title") for one in made.of(name)]
    made.other = [one for one in flowing[named:] if one not in known]
    made.cells = [
        one for one in paragraphs if one.cell and one.cell.table not in {header_table, *signed} and one.text.strip()
    ]
    return made


def _is_power(text: str) -> bool:
    return bool(_POWER.match(text))


def _same(text: str, title: str) -> bool:
    return fold(nfc(text)).split() == fold(title).split()


def _read_header(made: Anatomy, table: list[Paragraph], title: Paragraph, profile: Profile) -> None:
    """The two columns: bodies, star, number and draft mark on the left; place and date below the title."""
    column = title.cell.column if title.cell else 0
    left = [one for one in table if one.cell and one.cell.column < column and one.text.strip()]
    below = [one for one in table if one.cell and one.cell.column == column and one.number > title.number]
    made.add("place_date", [one for one in below if _DAY.search(fold(nfc(one.text)))])
    drafts = [one for one in left if fold(nfc(one.text)).startswith("du thao")]
    numbers = [one for one in left if _NUMBER.search(fold(nfc(one.text)).strip())]
    stars = [one for one in left if one.text.strip() == profile.star]
    last = min((one.number for one in (*stars, *numbers, *drafts)), default=10**9)
    bodies = [one for one in left if one.number < last]
    made.add("superior_body", bodies[:-1])
    made.add("issuing_body", bodies[-1:])
    made.add("star", stars)
    made.add("number", numbers)
    made.add("draft_mark", drafts)
    for name, words in (("stamp", profile.stamps), ("circulation", profile.circulation)):
        made.add(name, [one for one in left if any(_same(one.text, word) for word in words)])
    known = [one for name in ("draft_mark", "stamp", "circulation") for one in made.of(name)]
    last_number = max((one.number for one in numbers), default=10**9)
    made.add("letter_summary", [one for one in left if one.number > last_number and one not in known])


def _read_name(made: Anatomy, flowing: list[Paragraph], profile: Profile) -> int:
    """The type of the paper, its summary and the rule below it; gives how many paragraphs they take."""
    centred = list(takewhile(lambda one: one.look.align == "center", flowing))
    if centred and centred[0] in made.of("addressee"):
        return 0
    if not centred:
        # A type name that is not centred is still one, when it is short and all in capitals.
        first = flowing[:1]
        if not (first and first[0].text.isupper() and len(first[0].text) < 60 and not _NUMERAL.match(first[0].text)):
            return 0
        centred = first
    rules = [one for one in centred if one.text.strip().strip("-–—_*") == ""]
    ends = centred.index(rules[0]) + 1 if rules else len(centred)
    made.add("type_name", centred[:1])
    made.add("summary", [one for one in centred[1:ends] if one not in rules])
    made.add("type_name_rule", rules[:1])
    return ends


def _read_signatures(made: Anatomy, paragraphs: list[Paragraph]) -> set[int]:
    """The lines of every signature block and list of recipients; gives the tables they stand in."""
    tables: set[int] = set()
    cells: dict[tuple[int, int], list[Paragraph]] = {}
    for one in paragraphs:
        if one.cell and not one.cell.framed and one.text.strip():
            cells.setdefault((one.cell.table, one.cell.column), []).append(one)
    for (table, _), lines in cells.items():
        if fold(nfc(lines[0].text)).startswith("noi nhan"):
            made.add("recipients_label", lines[:1])
            made.add("recipients", lines[1:])
            tables.add(table)
        elif any(_POWER.match(line.text.strip()) for line in lines):
            _read_signature(made, lines)
            tables.add(table)
    if not tables:
        _read_signature_without_table(made, [one for one in paragraphs if one.cell is None and one.text.strip()])
    return tables


def _read_signature_without_table(made: Anatomy, lines: list[Paragraph]) -> None:
    """The power and office of a signature that was put to its place with tabs, blanks or indents."""
    powers = [one for one in lines if _POWER.match(one.text.strip())]
    made.add("authority", powers)
    if powers:
        after = [one for one in lines if one.number > powers[-1].number]
        made.add("signer_title", list(takewhile(lambda one: one.text.isupper(), after)))
    labels = [one for one in lines if fold(nfc(one.text)).strip().startswith("noi nhan")]
    made.add("recipients_label", labels)


def _read_signature(made: Anatomy, lines: list[Paragraph]) -> None:
    powers = [one for one in lines if _POWER.match(one.text.strip())]
    rest = [one for one in lines if one.number > powers[-1].number and not one.text.strip().startswith("(")]
    titles = [one for one in rest if one.look.caps or one.text.isupper() or any(run.look.caps for run in one.runs)]
    made.add("authority", powers)
    made.add("signer_title", titles)
    made.add("signer_name", [one for one in rest if one not in titles])

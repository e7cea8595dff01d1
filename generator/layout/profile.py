"""The format profile as typed data: what HD 36-HD/VPTW asks of the page and of each component of a paper."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

_LISTS = (
    "archival_papers", "enclosures", "needed", "numbered", "closed_otherwise", "quoting", "stamps", "circulation",
    "offices", "other_symbols",
)  # fmt: skip


@dataclass(frozen=True)
class PageFormat:
    """Paper and margins, millimetres; `number_from_edge` runs from the upper edge of the paper to the page number."""

    cites: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number_from_edge: float

    @property
    def text_width(self) -> float:
        """Width left for the text on an upright page."""
        return self.width - self.left - self.right

    @property
    def text_width_landscape(self) -> float:
        """Width left for the text on a lying page, whose margins keep their sides."""
        return self.height - self.left - self.right


@dataclass(frozen=True)
class ParagraphFormat:
    """Body paragraphs: indents in millimetres, spacing and line height in points, `most_lines` in single lines."""

    cites: str
    first_line_indent: float
    most_first_line_indent: float
    space_after: float
    line: float
    most_lines: float


@dataclass(frozen=True)
class Component:
    """One component of a paper. `sizes` are the sizes allowed in points, the one hoso uses first.

    `label_only` says that weight and slant are those of its first words (“Kính gửi”, “Điều 1”), not of the rest, which
    with `rest_upright` is neither bold nor slanted. `caps` asks for capitals, `lower` forbids a line of nothing else;
    `placed` says that `align` is asked for where it is not the middle, and not only what hoso does.
    """

    name: str
    label: str
    cites: str
    sizes: tuple[float, ...]
    align: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    lower: bool = False
    label_only: bool = False
    rest_upright: bool = False
    placed: bool = False
    text_width: float | None = None

    @property
    def size(self) -> float:
        """The size hoso itself uses, points."""
        return self.sizes[0]


@dataclass(frozen=True)
class Wording:
    """A way of writing one component that is wrong: a regular expression, and what is said of it."""

    component: str
    wrong: str
    message: str


@dataclass(frozen=True)
class Profile:
    """A page format, for instance `hd36_2018`.

    `archival_papers` are type names of papers without the Party's header: covers and lists of contents; `enclosures`
    how sheets without it begin that go behind another paper. `needed` are the components of every paper that has a
    number, alternatives parted by a stroke; `stamps` and `circulation` the words by which the marks of secrecy, urgency
    and circulation are known. `closed_otherwise` begin the names of papers that chair and secretary sign, without power
    and recipients; `quoting` those whose text is another paper's.
    `types` are the types of paper with how their symbols begin, `numbered` those that always have a number; `offices`
    begin the titles of those who sign. `other_symbols` begin the symbols of letters and copies, which name no type.
    `state_title` heads papers of the State.
    """

    code: str
    title: str
    font: str
    language: str
    party_title: str
    star: str
    type_name_rule: str
    archival_papers: tuple[str, ...]
    enclosures: tuple[str, ...]
    needed: tuple[str, ...]
    closed_otherwise: tuple[str, ...]
    quoting: tuple[str, ...]
    stamps: tuple[str, ...]
    circulation: tuple[str, ...]
    numbered: tuple[str, ...]
    offices: tuple[str, ...]
    other_symbols: tuple[str, ...]
    page: PageFormat
    paragraph: ParagraphFormat
    components: Mapping[str, Component]
    wording: tuple[Wording, ...]
    types: Mapping[str, str] = field(default_factory=dict)
    state_title: str = ""

    @property
    def symbols(self) -> tuple[str, ...]:
        """How the symbols of papers begin, each once: of every type, and of letters and copies."""
        return tuple(dict.fromkeys((*self.types.values(), *self.other_symbols)))


def _component(name: str, data: dict[str, Any]) -> Component:
    return Component(name=name, **{**data, "sizes": tuple(data["sizes"])})


@lru_cache
def load_profile(code: str = "hd36_2018", package: str = "") -> Profile:
    """The profile of that code.

    Args:
        package: of a rulebook that may bring the profile in its own folder.

    Raises:
        FileNotFoundError: neither that folder nor hoso carries such a profile.
    """
    own = resources.files(package).joinpath(f"{code}.toml") if package else None
    file = own if own and own.is_file() else resources.files(__package__).joinpath(f"{code}.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    lists: dict[str, Any] = {name: tuple(data.pop(name, ())) for name in _LISTS}
    return Profile(
        **lists,
        wording=tuple(Wording(**one) for one in data.pop("wording", ())),
        page=PageFormat(**data.pop("page")),
        paragraph=ParagraphFormat(**data.pop("paragraph")),
        components={name: _component(name, item) for name, item in data.pop("components").items()},
        **data,
    )

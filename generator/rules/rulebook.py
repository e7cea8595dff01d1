"""A rulebook: one guidance as data, and where its functions are found."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

import generator.rulebooks
from generator.errors import GeneratorError
from generator.rules.citation import long_citation
from generator.rules.criteria import CriteriaTable, Criterion, Group
from generator.rules.procedures import Decider, DossierItem, Participant, Procedures
from generator.rules.registry import Registered, collected
from generator.rules.scale import Scale
from generator.rules.settings import Settings, specs_of
from generator.rules.tables import optional_table, table, tables_under

if TYPE_CHECKING:
    from generator.rules.facts import FactsModel

_BOOKS = "generator.rulebooks"
_LISTS = ("applies_to", "readings", "asked_of", "asked_when", "sections")


class RulebookUnknown(GeneratorError):
    """Không có bộ quy tắc này."""

    code = "generator.rulebook-unknown"


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule as data: id, citation, what it does and the sentences of its findings.

    Args:
        effect: `level`, `block`, `ceiling`, `warn`, `note` for what is judged of one subject; `quota`, `ballot`,
            `deadline`, `document`, `order`, `authority`, `participants`, `place`, `duration` for what is judged of a
            case; `duty` and `content` for what people must see to; `implied`, `must_classify`, `groundless` for what
            the order of judging itself says.
        citation: long form; `cites` the short one.
        question: what a person is asked where the records do not show it; may be empty.
        asked_of: the kinds asked, where not all it applies to; `unit` is the unit that works in a campaign.
        asked_when: what must hold of whom is asked (`public_employee`, `decided`); all of them.
        sections: of a content rule, the sections of the form that hold what it asks for.
        numbers: thresholds; demand: class of criteria → lowest rating.
    """

    id: str
    cites: tuple[str, ...]
    citation: str
    title: str
    effect: str
    severity: str
    applies_to: tuple[str, ...] = ()
    cap: str | None = None
    readings: tuple[str, ...] = ()
    waivable: bool = False
    message: str = ""
    needed: str = ""
    remedy: str = ""
    question: str = ""
    asked_of: tuple[str, ...] = ()
    asked_when: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    demand: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One ambiguity of the text: what is open, how it is read here and why, and what else it could mean."""

    id: str
    cites: str
    question: str
    reading: str
    alternatives: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of subject, and what the book says of leaving it unclassified or of the worst level without ground."""

    code: str
    label: str
    unclassified: Mapping[str, str] | None = None
    groundless: str = ""


class Rulebook:
    """One guidance: scales, criteria, rules, readings, dossier and authorities, with the functions that judge.

    Everything a year's guidance may change is read from its folder; nothing here is of one year.
    """

    def __init__(self, package: str) -> None:
        book = table(package, "book")
        self.package = package
        self.name: str = book["name"]
        self.year: int = book["year"]
        self.guidance: str = book["guidance"]
        self.short_citation: str = book["short_citation"]
        self.number: str = book["number"]
        self.issuer: str = book["issuer"]
        self.issued_on: date = book["issued_on"]
        self.format_profile: str = book["format_profile"]
        self.levels = Scale.of(book["level"], book["outside_level"])
        self.ratings = Scale.of(book["rating"])
        self.kinds: Mapping[str, Kind] = MappingProxyType(
            {
                row["code"]: Kind(row["code"], row["label"], row.get("unclassified"), row.get("groundless", ""))
                for row in book["kind"]
            }
        )
        self._types = {(row["kind"], row["code"]): row["label"] for row in book["type"]}
        self._marks = {
            (row["kind"], row["code"], mark) for row in book["type"] for mark in ("cell", "committee") if row.get(mark)
        }
        self._criteria = CriteriaTable(table(package, "criteria"))
        self._codes: dict[str, tuple[str, ...]] = {}
        self._rules = {rule.id: rule for rule in self._read_rules()}
        self.readings: Mapping[str, Reading] = MappingProxyType(
            {row["id"]: Reading(**row) for row in table(package, "readings")["reading"]}
        )
        self._procedures = Procedures(package)
        self.settings = Settings(specs_of(table(package, "settings")["setting"], self._criteria))
        self.registered: Registered = collected(import_module(f"{package}.{name}") for name in book["modules"])
        self.choices: Mapping[str, Mapping[str, str]] = optional_table(package, "choices")
        facts = import_module(f"{package}.facts")
        self.classified_facts: Mapping[str, type[FactsModel]] = facts.CLASSIFIED
        self.capped_facts: Mapping[str, type[FactsModel]] = facts.CAPPED

    def part(self, name: str) -> ModuleType | None:
        """An optional module of the book's folder (`campaign`), or None where it has none."""
        whole = f"{self.package}.{name}"
        return import_module(whole) if find_spec(whole) is not None else None

    def _read_rules(self) -> Iterator[Rule]:
        for rows in tables_under(self.package, "rules"):
            for row in rows["rule"]:
                cites = (row["cites"],) if isinstance(row["cites"], str) else tuple(row["cites"])
                values: dict[str, Any] = {name: tuple(row.get(name, ())) for name in _LISTS}
                values.update(cites=cites, citation=long_citation(self.short_citation, cites))
                yield Rule(**{"severity": "error", **row, **values})

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order of the book's tables."""
        return tuple(self._rules.values())

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            KeyError: no such rule.
        """
        return self._rules[rule_id]

    def criteria(self, kind: str, subject_type: str | None = None) -> tuple[Criterion, ...]:
        """The criteria of a kind of subject, in order (13-HD/TU, II.1.2, II.2.2, III.2 in the book of 2018)."""
        return self._criteria.criteria(kind, subject_type)

    def criterion_codes(self, kind: str) -> tuple[str, ...]:
        """The codes of all criteria of a kind of subject, in order."""
        found = self._codes.get(kind)
        if found is None:
            found = self._codes[kind] = tuple(criterion.code for criterion in self.criteria(kind))
        return found

    def criterion_groups(self, kind: str, subject_type: str | None = None) -> tuple[Group, ...]:
        """The headings over those criteria that hold at least one of them, in order."""
        used = {criterion.group for criterion in self.criteria(kind, subject_type)}
        return tuple(group for group in self._criteria.groups(kind) if group.code in used)

    def type_label(self, kind: str, subject_type: str) -> str:
        """The Vietnamese name of a type of subject: “Chi bộ cơ sở”."""
        return str(self._types[kind, subject_type])

    def is_cell(self, unit_type: str) -> bool:
        """Whether a unit of this type is a chi bộ, whose subordinates are its members."""
        return ("party_organisation", unit_type, "cell") in self._marks

    def is_committee(self, collective_type: str) -> bool:
        """Whether a collective of this type is the committee of its unit, which signs for it."""
        return ("leadership_collective", collective_type, "committee") in self._marks

    def subject_types(self, kind: str) -> tuple[str, ...]:
        """The codes of the types of a kind, in order."""
        return tuple(code for of_kind, code in self._types if of_kind == kind)

    def body_label(self, code: str) -> str:
        """The Vietnamese name of a deciding body: “Ban Thường vụ Tỉnh ủy”."""
        return self._procedures.body_label(code)

    @property
    def authorities(self) -> tuple[Mapping[str, Any], ...]:
        """The rows of the table of deciding bodies: `kind`, `types`, `body`, `rule`, and `levels` where they matter."""
        return self._procedures.authorities

    @property
    def dossier_profiles(self) -> Mapping[str, str]:
        """Profile of dossier → Vietnamese label, in order."""
        return self._procedures.profiles

    def dossier_items(self, profile: str) -> tuple[DossierItem, ...]:
        """What a dossier of this profile holds, in the order of the guidance."""
        return self._procedures.dossier_items(profile)

    def decider(self, subject_kind: str, subject_type: str, level: str | None = None) -> Decider | None:
        """Who decides the classification of such a subject, or None where the guidance names nobody."""
        return self._procedures.decider(subject_kind, subject_type, level)

    def participants(self, subject_kind: str, subject_type: str) -> tuple[Participant, ...]:
        """Who takes part in evaluating such a subject, in the order of the guidance."""
        return self._procedures.participants(subject_kind, subject_type)


def add_rulebooks(folder: Path) -> None:
    """Makes known the rulebooks of a folder: each a package with its tables, modules, forms and templates.

    The shipped ones stay first, so that none of them can be replaced.
    """
    path = str(folder.resolve())
    if path not in generator.rulebooks.__path__:
        generator.rulebooks.__path__.append(path)


@cache
def load_rulebook(name: str = "hd13_2018") -> Rulebook:
    """The rulebook of this name, loaded once.

    An office's own rulebooks stand in the folders that `HOSO_RULEBOOKS` names, parted as the system parts paths.

    Raises:
        RulebookUnknown: no folder of that name stands under `generator/rulebooks` or in those folders.
    """
    for folder in filter(None, os.environ.get("HOSO_RULEBOOKS", "").split(os.pathsep)):
        add_rulebooks(Path(folder))
    if not name.isidentifier() or find_spec(f"{_BOOKS}.{name}") is None:
        raise RulebookUnknown(f"Không có bộ quy tắc “{name}”.")
    return Rulebook(f"{_BOOKS}.{name}")

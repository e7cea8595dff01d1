"""A rulebook under chosen readings, ready to judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.rules.criteria import Criterion, Demand
from generator.rules.findings import Finding, Shortfall
from generator.rules.registry import RuleFunction
from generator.rules.rulebook import Rule, Rulebook
from generator.rules.settings import Settings
from generator.vietnamese import joined

_CLASSES = {
    "task": "các tiêu chí kết quả thực hiện nhiệm vụ",
    "key": "các tiêu chí then chốt",
    "basic": "các tiêu chí cơ bản",
    "all": "tất cả các tiêu chí",
    "others": "các tiêu chí còn lại",
}


@dataclass(frozen=True, eq=False)
class Checks:
    """The functions of one kind of subject: what bars an evaluation, what bounds its level, what is only said."""

    blocks: tuple[tuple[Rule, RuleFunction], ...]
    levels: tuple[tuple[Rule, RuleFunction, int], ...]
    warnings: tuple[tuple[Rule, RuleFunction], ...]
    notes: tuple[tuple[Rule, RuleFunction], ...]


class AppliedBook:
    """What rule functions read besides the facts: the book, the settings in force, and both worked out once."""

    def __init__(self, book: Rulebook, settings: Settings) -> None:
        self.book = book
        self.settings = settings
        self.levels = book.levels
        self.ratings = book.ratings
        # A criterion that does not apply counts as satisfied, so it ranks above every rating.
        self._rating_positions: dict[str | None, int] = {None: -1}
        self._rating_positions.update(book.ratings.positions)
        self.demands: Mapping[str, tuple[Demand, ...]] = MappingProxyType(
            {rule.id: self._demands(rule) for rule in book.rules if rule.demand}
        )
        self._numbers = {(rule.id, name): value for rule in book.rules for name, value in rule.numbers.items()}
        self._checks = {kind: self._checks_of(kind) for kind in book.kinds}
        self._ceilings = {kind: self._ceilings_of(checks) for kind, checks in self._checks.items()}
        self._columns: dict[tuple[str, str | None], dict[str, Criterion]] = {}
        self._needed: dict[tuple[str, str | None], str] = {}

    def checks(self, kind: str) -> Checks:
        """The functions that judge a subject of this kind."""
        return self._checks[kind]

    def ceilings(self, kind: str) -> Checks:
        """Of those functions, the ones that bound a level by the level of another body."""
        return self._ceilings[kind]

    def number(self, rule_id: str, name: str) -> float:
        """A threshold of a rule (`months`, `percent`)."""
        return self._numbers[rule_id, name]

    def criteria_of_class(self, kind: str, flag: str) -> tuple[str, ...]:
        """The codes of a class of criteria (`key`, `task`, `basic`, `all`), as the settings in force have it."""
        for name, spec in self.settings.specs.items():
            chosen = self.settings[name]
            if (spec.kind, spec.flag) == (kind, flag) and isinstance(chosen, tuple):
                return chosen
        return tuple(c.code for c in self.book.criteria(kind) if flag == "all" or getattr(c, flag))

    def short_criteria(
        self, rule_id: str, ratings: Mapping[str, str | None], kind: str, subject_type: str | None = None
    ) -> Shortfall | None:
        """The criteria whose rating is below what a rule demands, as a `Shortfall`; None when all reach it."""
        positions = self._rating_positions
        short = [demand.code for demand in self.demands[rule_id] if positions[ratings[demand.code]] > demand.position]
        if not short:
            return None
        given = self.rated(short, ratings, kind, subject_type)
        return Shortfall(given=given, needed=self._demanded(rule_id, kind, subject_type))

    def rated(
        self, codes: Sequence[str], ratings: Mapping[str, str | None], kind: str, subject_type: str | None = None
    ) -> str:
        """The criteria of these codes with their ratings: “I.1 Tư tưởng chính trị: “Trung bình”; …”."""
        column = self._column(kind, subject_type)
        labels = self.ratings.labels
        return "; ".join(
            f"{column[code].number} {column[code].title}: “{labels[rating]}”"
            for code in codes
            if (rating := ratings[code]) is not None
        )

    def finding(self, rule: Rule, shortfall: Shortfall, severity: str = "") -> Finding:
        """What a shortfall says, with the rule's sentences where the case has none of its own."""
        return Finding(
            rule_id=rule.id,
            severity=severity or shortfall.severity or rule.severity,
            citation=rule.citation,
            message=shortfall.message or rule.message or rule.title,
            given=shortfall.given,
            needed=shortfall.needed or rule.needed,
            remedy=shortfall.remedy or rule.remedy,
            readings=rule.readings,
            waivable=rule.waivable if shortfall.waivable is None else shortfall.waivable,
            cap=shortfall.cap or rule.cap,
        )

    def finding_of(self, rule_id: str, shortfall: Shortfall, severity: str = "") -> Finding:
        """The same, of a rule known by its id."""
        return self.finding(self.book.rule(rule_id), shortfall, severity)

    def _column(self, kind: str, subject_type: str | None) -> dict[str, Criterion]:
        if (kind, subject_type) not in self._columns:
            every = {criterion.code: criterion for criterion in self.book.criteria(kind)}
            own = {criterion.code: criterion for criterion in self.book.criteria(kind, subject_type)}
            self._columns[kind, subject_type] = every | own
        return self._columns[kind, subject_type]

    def _checks_of(self, kind: str) -> Checks:
        found = self.book.registered

        def having(functions: Mapping[str, RuleFunction], *effects: str) -> Iterable[tuple[Rule, RuleFunction]]:
            for rule in self.book.rules:
                if kind in rule.applies_to and rule.id in functions and (not effects or rule.effect in effects):
                    yield rule, functions[rule.id]

        positions = self.levels.positions
        bounding = having(found.rules, "level", "ceiling")
        return Checks(
            blocks=tuple(having(found.rules, "block")),
            levels=tuple((rule, check, positions[rule.cap or self.levels.codes[0]]) for rule, check in bounding),
            warnings=tuple(having(found.rules, "warn")),
            notes=tuple(having(found.notes)),
        )

    @staticmethod
    def _ceilings_of(checks: Checks) -> Checks:
        levels = tuple(entry for entry in checks.levels if entry[0].effect == "ceiling")
        notes = tuple(entry for entry in checks.notes if entry[0].effect == "ceiling")
        return Checks(blocks=(), levels=levels, warnings=(), notes=notes)

    def _demands(self, rule: Rule) -> tuple[Demand, ...]:
        kind = rule.applies_to[0]
        wanted: dict[str, str] = {}
        if "others" in rule.demand:
            wanted = dict.fromkeys(self.criteria_of_class(kind, "all"), rule.demand["others"])
        for flag, rating in rule.demand.items():
            if flag != "others":
                wanted.update(dict.fromkeys(self.criteria_of_class(kind, flag), rating))
        return tuple(Demand(code, self.ratings.position(rating)) for code, rating in wanted.items())

    def _demanded(self, rule_id: str, kind: str, subject_type: str | None) -> str:
        known = self._needed.get((rule_id, subject_type))
        if known is None:
            known = self._needed[rule_id, subject_type] = self._demand_sentence(rule_id, kind, subject_type)
        return known

    def _demand_sentence(self, rule_id: str, kind: str, subject_type: str | None) -> str:
        numbers = {criterion.code: criterion.number for criterion in self.book.criteria(kind, subject_type)}
        parts = []
        for flag, rating in self.book.rule(rule_id).demand.items():
            chosen = self.criteria_of_class(kind, flag) if flag in _LISTED else ()
            listed = joined([numbers[code] for code in chosen if code in numbers])
            bound = "" if rating == self.ratings.codes[0] else " trở lên"
            which = f"{_CLASSES[flag]} ({listed})" if listed else _CLASSES[flag]
            parts.append(f"“{self.ratings.label(rating)}”{bound} ở {which}")
        return "; ".join(parts)


_LISTED = ("task", "key", "basic")


_MOST_KEPT = 64
_KEPT: dict[tuple[Rulebook, str], AppliedBook] = {}


def applied(book: Rulebook, settings: Settings | None = None) -> AppliedBook:
    """The book under these settings (its shipped readings when None), worked out once for each pair."""
    in_force = book.settings if settings is None else settings
    key = (book, in_force.digest())
    found = _KEPT.get(key)
    if found is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        found = _KEPT[key] = AppliedBook(book, in_force)
    return found

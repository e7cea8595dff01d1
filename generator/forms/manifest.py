"""A form's manifest: the one place that says what a form asks, what it does with a level and what it prints.

The JSON Schema, the workbook columns, the web fields, the validation and the Word context of a form all come from its
`Manifest`. Manifests are TOML files beside the rulebook they belong to (`manifest_file` reads them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import GeneratorError

KINDS = frozenset({
    "line", "text", "name", "date", "time", "count", "number", "level", "rating", "choice", "flag", "criteria", "table",
    "group",
})  # fmt: skip
SAYS = ("claims", "records", "proposes", "decides")
STATES = ("blank", "draft", "final")
# Names the context gives itself; a field of such a name would hide one of them.
RESERVED = frozenset({
    "blank", "draft", "final", "form_label", "paper_code", "has", "text", "words", "date_line", "day_line",
    "number_line", "quotas",
})  # fmt: skip


class ManifestError(GeneratorError):
    """Tệp mô tả biểu mẫu viết chưa đúng."""

    code = "generator.manifest"


@dataclass(frozen=True)
class Choice:
    """One answer of a field of kind `choice`: its code for programs and its label for people."""

    code: str
    label: str


@dataclass(frozen=True)
class Condition:
    """A field applies only while another field of the form has one of these codes."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One thing a form asks.

    Args:
        name: ASCII, unique in its form; the key in the input and in the template.
        label: as a clerk reads it.
        kind: one of `KINDS`.
        required: must be given unless the form is printed blank.
        identity: still printed on a blank form when given (who and where, never the answers).
        maximum: longest text in characters, largest number, or most rows; None for the kind's own limit.
        blank_lines: dotted lines of a blank `text`; of a column the lines left in an empty cell, 1 unless it says more.
        blank_rows: empty rows of a blank `table`.
        choices: answers of a `choice`.
        codes: the codes a `level`, `rating` or `criteria` takes, in order; filled from the rulebook when not given.
        of: kind of subject whose criteria a `criteria` field rates; empty for the form's own.
        type_from: for `criteria`, the choice field whose answer is the type of the subject, where one form serves all.
        type_codes: then the criteria of each type; filled from the rulebook.
        type_rows: then type → the type of the rulebook whose rows are printed and the wording of some of them, where
            the choices are kinds assessed; filled from the rulebook.
        assessed: for a `choice`, whether its answers are the kinds of organisation or collective assessed.
        partial: for a `date`, whether a month alone (`2018-12`) may stand until the day is known.
        columns: columns of a `table`.
        fields: fields of a `group`.
        when: the condition under which the field applies.
        by_hand: left for the pen: the empty lines of a `text` or `table` stand in every state when nothing is given.
        percent_of: for a count in a table, the column or field it is a part of.
        total: for a table, whether its counts are summed.
        sample: a value as an office would write it.
        cites: the place of the guidance that asks for it.
        help: one sentence for the person who fills it in.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    identity: bool = False
    maximum: int | None = None
    blank_lines: int = 3
    blank_rows: int = 3
    choices: tuple[Choice, ...] = ()
    codes: tuple[str, ...] = ()
    of: str = ""
    type_from: str = ""
    type_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    type_rows: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    assessed: bool = False
    partial: bool = False
    columns: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    when: Condition | None = None
    by_hand: bool = False
    percent_of: str = ""
    total: bool = False
    sample: Any = None
    cites: str = ""
    help: str = ""


@dataclass(frozen=True)
class Check:
    """Figures of a form that must agree; a form that breaks one is printed, with a remark beside it.

    Args:
        table: checked in each row of this table; empty for the form as a whole.
        parts: names summed; a column of the row, else a field or `group.field` of the form, the number of rows of a
            `table` or the sum of its `table.column`.
        bound: the name the sum is compared with.
        exact: the sum must equal it, not only stay within it.
        message: what is wrong, a Vietnamese sentence without its stop.
    """

    table: str
    parts: tuple[str, ...]
    bound: str
    exact: bool
    message: str


@dataclass(frozen=True)
class Quota:
    """A group of those a form counts by level, of whom only a share may be excellent.

    Args:
        rule: the rule that bounds the share (`QUO-02`).
        table: the table whose rows carry the counts.
        counts: its columns that count those of each level, best first; they are called as the levels are.
        by: the column whose value names the group a row belongs to; a row without it is in none. Empty when all rows
            are one group.
        whole: then the field that names that group.
        concerns: who is counted, a Vietnamese word before the group's name.
        when: the condition under which the rule is the one.
    """

    rule: str
    table: str
    counts: tuple[str, ...]
    by: str
    whole: str
    concerns: str
    when: Condition | None


@dataclass(frozen=True, eq=False)
class Manifest:
    """One form: what it is, who fills it, what it does with a level, and its fields in the order they are asked.

    Args:
        code: `5.1`, `minutes-cell`; how commands and dossiers name the form.
        title: its name as listed; of an assessment sheet with the name of its variant.
        base_title: the title without that name.
        label: the annex label printed at the top right, e.g. “Mẫu 5.1-HD, KĐ, ĐG”; empty for papers without one.
        order: place in the list of forms, which follows the guidance.
        subject_kinds: the kinds of subject it is about.
        subject_type: which type of that kind, where criteria differ by type; empty when they do not.
        filled_by: roles that fill it in.
        instead: kind of subject it is not about → the code of the form that is.
        says: what it does with a level: `claims`, `records`, `proposes` or `decides`.
        states: in which states it can be printed.
        cites: the place of the guidance that asks for the form.
        template: file name of its Word template.
        dossier_item: the item of the dossier it is filed under.
        take_home: whether it leaves the office and comes back, so that its footer carries the paper code.
        per_voter: whether it is a ballot, of which each voter is handed one.
        at_meeting: whether it lies on the table of a meeting: agenda, list of those present, ballots, tallies, minutes.
        level_field: the field, or `table.column`, that holds the level the judge is asked about; empty when none.
        level_fixed: the level itself where the form has no field for it, because it is about one level only; then
            `level_field` names the table of those concerned.
        text: wordings that differ between the forms of one template.
        excerpt: a choice field; while it is given only a part of the form is printed, and nothing but who and where is
            asked for.
        fields: all fields, those of shared parts first.
        checks: figures that must agree.
        quotas: groups of those it counts, of whom only a share may be excellent.
    """

    code: str
    title: str
    base_title: str
    label: str
    order: int
    subject_kinds: tuple[str, ...]
    subject_type: str
    filled_by: tuple[str, ...]
    instead: Mapping[str, str]
    says: str
    states: tuple[str, ...]
    cites: str
    template: str
    dossier_item: str
    take_home: bool
    per_voter: bool
    at_meeting: bool
    level_field: str
    level_fixed: str
    text: Mapping[str, str]
    excerpt: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    quotas: tuple[Quota, ...]
    by_name: Mapping[str, Field] = field(repr=False)

    @property
    def sheet_field(self) -> str:
        """The field that says which kind of organisation or collective is assessed; empty on any other form."""
        return next((one.name for one in self.fields if one.assessed), "")

    @property
    def binds(self) -> bool:
        """Whether a finding forbids its final form: it proposes or decides a level."""
        return self.says in ("proposes", "decides")


def level_column(manifest: Manifest) -> tuple[Field, Field | None] | None:
    """The field that holds the level the form is about, and its column when that field is a table."""
    if not manifest.level_field:
        return None
    name, _, column = manifest.level_field.partition(".")
    holder = manifest.by_name[name]
    return holder, next((one for one in holder.columns if one.name == column), None) if column else None

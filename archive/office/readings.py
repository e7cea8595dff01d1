"""Readings an office chooses where the guidance is open: shipped, then office, then units from above, then campaign.

Each layer says only what it changes; the nearest one that speaks of a setting decides. With its first decision or
filing a campaign keeps what was in force for it: what the office or a unit chooses later holds for other campaigns, and
the campaign's own readings change only by an approver, with a reason. What was in force is also kept, with its digest,
in every dossier filed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.office.accounts import Account, can
from archive.records import events
from archive.records.database import now, one, rows, writing
from generator.errors import InvalidInput
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings, SettingSpec, SettingValue

SOURCES = {
    "shipped": "Theo phần mềm",
    "office": "Cơ quan chọn",
    "unit": "Đơn vị chọn",
    "frozen": "Giữ như khi có quyết định đầu tiên của đợt",
    "campaign": "Đợt này chọn",
}
"""Where a value comes from → how it is named."""

_BEGUN = "Đợt này đã có quyết định hoặc hồ sơ nộp lưu."
_ABOVE = """
WITH RECURSIVE above(id, far) AS (
    SELECT :unit, 0 UNION ALL SELECT u.parent_id, far + 1 FROM above a JOIN unit_view u ON u.unit_id = a.id
    WHERE u.parent_id IS NOT NULL AND far < 20)
SELECT a.id, a.far, u.name AS unit_name, r.name, r.value FROM above a JOIN reading r ON r.unit_id = a.id
LEFT JOIN unit_view u ON u.unit_id = a.id ORDER BY a.far DESC
"""


class ReadingRefused(ArchiveError):
    """Điều này không chọn được cách hiểu khác."""

    code = "archive.reading-refused"


@dataclass(frozen=True)
class Layer:
    """What one layer chooses; `whose` names its unit or period, empty for the office."""

    source: str
    whose: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ReadingLine:
    """One setting as it is in force, and where its value comes from.

    Args:
        value: a code, or a list of criteria.
        shown: the value in words.
        source, whose: the layer that decides: a code of `SOURCES`, and the unit's name or the period.
        reading, question, read_as, alternatives: the ambiguity behind it, in the rulebook's words.
        choices: code → label of all that may be chosen.
    """

    name: str
    title: str
    value: SettingValue
    shown: str
    source: str
    whose: str
    reading: str
    question: str
    read_as: str
    alternatives: str
    choices: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """The setting as `hoso readings --json` prints it."""
        return {
            **asdict(self),
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "choices": dict(self.choices),
        }


def layers(database: Database, unit_id: str | None = None, campaign: Mapping[str, Any] | None = None) -> list[Layer]:
    """The layers over the shipped readings, the weakest first.

    Args:
        unit_id: whose campaign it is; its ancestors speak before it, the farthest first.
        campaign: its row. Once its readings are frozen, they stand in place of the office's and the units'.
    """
    kept = frozen_readings(database, campaign["id"]) if campaign else None
    if campaign and kept is not None:
        own = Layer("campaign", str(campaign["period"]), json.loads(campaign["settings"]))
        return [layer for layer in (Layer("frozen", "", kept), own) if layer.values]
    return _chosen_above(database, unit_id, campaign)


def _chosen_above(
    database: Database, unit_id: str | None = None, campaign: Mapping[str, Any] | None = None
) -> list[Layer]:
    office = rows(database, "SELECT name, value FROM reading WHERE unit_id IS NULL")
    found = [Layer("office", "", {row["name"]: json.loads(row["value"]) for row in office})]
    by_unit: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in rows(database, _ABOVE, {"unit": unit_id}) if unit_id else ():
        by_unit.setdefault(row["id"], (row["unit_name"] or "", {}))[1][row["name"]] = json.loads(row["value"])
    found += [Layer("unit", name, values) for name, values in by_unit.values()]
    if campaign:
        found.append(Layer("campaign", str(campaign["period"]), json.loads(campaign["settings"])))
    return [layer for layer in found if layer.values]


def frozen_readings(database: Database, campaign_id: str) -> dict[str, Any] | None:
    """What was in force for a campaign at its first decision or filing, its own readings left out; None before."""
    row = one(database, "SELECT settings FROM frozen_readings WHERE campaign_id = ?", [campaign_id])
    return json.loads(row["settings"]) if row else None


def freeze_readings(database: Database) -> list[str]:
    """Freezes the readings of every campaign that has a decision or a filed dossier and is not frozen yet.

    Call it in the transaction that decides or files, and before an office's or a unit's reading changes.

    Returns:
        The ids of the campaigns frozen now.
    """
    begun = rows(
        database,
        "SELECT c.* FROM campaign c WHERE NOT EXISTS (SELECT 1 FROM frozen_readings f WHERE f.campaign_id = c.id) AND ("
        " EXISTS (SELECT 1 FROM decision d JOIN evaluation e ON e.id = d.evaluation_id WHERE e.campaign_id = c.id)"
        " OR EXISTS (SELECT 1 FROM dossier x WHERE x.campaign_id = c.id AND x.version > 0))",
    )
    for campaign in begun:
        book = load_rulebook(campaign["rulebook"])
        in_force = book.settings.overlaid(chosen(book, _chosen_above(database, campaign["owner_id"])))
        written = json.dumps(in_force.as_dict(), ensure_ascii=False, sort_keys=True)
        database.table("frozen_readings").insert(
            {"campaign_id": campaign["id"], "settings": written, "frozen_at": now()}
        )
        events.append(database, actor="hoso", action="readings.frozen", subject=campaign["id"], note=in_force.digest())
    return [str(campaign["id"]) for campaign in begun]


def chosen(book: Rulebook, found: Iterable[Layer]) -> dict[str, Any]:
    """What the layers choose together, the nearest deciding.

    What an office chose under another year's guidance and this book does not know says nothing here.
    """
    values: dict[str, Any] = {}
    for layer in found:
        values |= {name: value for name, value in layer.values.items() if _known(book, name, value)}
    return values


def _known(book: Rulebook, name: str, value: object) -> bool:
    spec = book.settings.specs.get(name)
    return spec is not None and spec.problem(value) is None


def reading_lines(book: Rulebook, found: Iterable[Layer]) -> list[ReadingLine]:
    """Every setting of the book with the value in force under these layers."""
    over = list(found)
    settings = book.settings.overlaid(chosen(book, over))
    return [_line(book, spec, settings[name], over) for name, spec in settings.specs.items()]


def _line(book: Rulebook, spec: SettingSpec, value: SettingValue, over: Iterable[Layer]) -> ReadingLine:
    # What was frozen holds every setting; where it is the shipped reading, nobody chose it.
    said = [
        layer for layer in over if spec.name in layer.values and (layer.source != "frozen" or value != spec.default)
    ]
    source, whose = (said[-1].source, said[-1].whose) if said else ("shipped", "")
    open_text = book.readings[spec.reading]
    return ReadingLine(
        spec.name, spec.title, value, in_words(spec, value), source, whose, open_text.id, open_text.question,
        open_text.reading, open_text.alternatives, spec.choices,
    )  # fmt: skip


def in_words(spec: SettingSpec, value: SettingValue) -> str:
    """The value of a setting as a clerk reads it."""
    codes = (value,) if isinstance(value, str) else value
    return "; ".join(spec.choices[code] for code in codes)


def told(book: Rulebook, settings: Settings, readings: Iterable[str]) -> list[str]:
    """How the text behind a finding is read, a sentence for each open point (`AMB-07`), with what was chosen."""
    sentences = []
    for reading_id in readings:
        open_text = book.readings[reading_id]
        sentence = f"{open_text.question} {open_text.reading}"
        for name in settings.changed():
            spec = settings.specs[name]
            if spec.reading != reading_id:
                continue
            sentence += f" Ở đây đã chọn khác: {spec.title} – {in_words(spec, settings[name])}."
        sentences.append(f"{sentence} ({reading_id})")
    return sentences


def set_reading(
    database: Database,
    book: Rulebook,
    name: str,
    value: str | None,
    *,
    unit_id: str | None = None,
    campaign_id: str | None = None,
    actor: str,
    account: Account | None = None,
    reason: str = "",
) -> None:
    """Chooses a reading for the office, for a unit and those below it, or for one campaign.

    Campaigns decided or filed in part keep the readings of their first decision, whatever is chosen above them.

    Args:
        value: a code; of a list of criteria their codes with commas between; None takes the layer's choice away.
        account, reason: who chooses and why; a campaign decided or filed in part needs an approver and a reason.

    Raises:
        ReadingRefused: the rulebook leaves no choice there, or the campaign's readings are frozen for this account.
        InvalidInput: the value is not among the choices.
    """
    spec = book.settings.specs.get(name)
    if spec is None:
        raise ReadingRefused(_no_choice(book, name))
    given = _given(spec, value) if value is not None else None
    with writing(database):
        freeze_readings(database)
        if campaign_id:
            _may_still(database, campaign_id, account, reason)
            _set_in_campaign(database, campaign_id, name, given)
        else:
            database.execute("DELETE FROM reading WHERE unit_id IS ? AND name = ?", [unit_id, name])
            if given is not None:
                written = json.dumps(given, ensure_ascii=False)
                database.table("reading").insert(
                    {"unit_id": unit_id, "name": name, "value": written, "set_by": actor, "set_at": now()}
                )
        shown = "shipped" if given is None else ",".join(given) if isinstance(given, list) else given
        events.append(
            database, actor=actor, action="reading.set", subject=campaign_id or unit_id or "office",
            note=f"{name}={shown}: {reason}" if reason else f"{name}={shown}",
        )  # fmt: skip


def _may_still(database: Database, campaign_id: str, account: Account | None, reason: str) -> None:
    if frozen_readings(database, campaign_id) is None:
        return
    if account is None or not can(account, "finding.waive", campaign_id):
        raise ReadingRefused(f"{_BEGUN} Chỉ tài khoản người duyệt (HOSO_USER) được chọn cách hiểu khác.")
    if not reason.strip():
        raise ReadingRefused(f"{_BEGUN} Phải ghi lý do chọn cách hiểu khác (--reason).")


def _given(spec: SettingSpec, value: str) -> str | list[str]:
    several = isinstance(spec.default, tuple)
    given = [part.strip() for part in value.split(",") if part.strip()] if several else value
    problem = spec.problem(given)
    if problem:
        raise InvalidInput([problem])
    return given


def _set_in_campaign(database: Database, campaign_id: str, name: str, given: Any) -> None:
    row = one(database, "SELECT settings FROM campaign WHERE id = ?", [campaign_id])
    settings = {key: value for key, value in json.loads(row["settings"] if row else "{}").items() if key != name}
    if given is not None:
        settings[name] = given
    database.execute(
        "UPDATE campaign SET settings = ?, revision = revision + 1 WHERE id = ?",
        [json.dumps(settings, ensure_ascii=False), campaign_id],
    )


def _no_choice(book: Rulebook, name: str) -> str:
    known = "; ".join(f"{spec.name} ({spec.title})" for spec in book.settings.specs.values())
    open_text = book.readings.get(name.upper())
    if open_text and any(spec.reading == open_text.id for spec in book.settings.specs.values()):
        return f"“{name}” là điểm để ngỏ, không phải tên thiết lập. Các thiết lập chọn được: {known}."
    if open_text:
        return f"{open_text.id} không để cơ quan chọn: {open_text.reading} Các thiết lập chọn được: {known}."
    return f"Không có thiết lập “{name}”. Các thiết lập chọn được: {known}."

"""Whose paper a file is and which, in one campaign: by its code, by its name and folder, or as a person said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from sqlite_utils import Database

from archive.intake.errors import DecisionUnusable
from archive.intake.matching import Body, Kind, Member, People, body_of, kind_of, kinds
from archive.intake.papers import PaperCode
from archive.intake.report import LeftAside
from archive.records.database import rows
from generator.forms import library
from generator.forms.library import UnknownForm
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import nfc

_PROFILES = {"member": "party_member", "leader_manager": "leader_manager"}
_OWN = frozenset({"self_review", "asset_declaration"})
_ASKS = {
    "unknown-person": ("không có đảng viên nào mang tên như tên tệp", "Hãy đặt lại tên tệp bắt đầu bằng mã đảng viên"),
    "several-people": ("có nhiều người cùng tên", "Hãy đặt lại tên tệp bắt đầu bằng mã đảng viên"),
    "name-against-code": ("mã và họ tên trong tên tệp là của hai người khác nhau", "Hãy sửa lại tên tệp"),
    "name-against-folder": ("người mang tên này không ở chi bộ của thư mục", "Hãy chuyển tệp hoặc ghi mã đảng viên"),
}


@dataclass(frozen=True)
class Target:
    """Where a paper goes: an evaluation, or a unit's own dossier of the campaign; and who wrote it."""

    evaluation_id: str | None
    unit_id: str
    author: str


@dataclass(frozen=True)
class Found:
    """Whose paper a file is and which; `matched_by` is `code`, `name` or `decision`."""

    kind: Kind
    subject: str
    targets: tuple[Target, ...]
    matched_by: str


@dataclass(frozen=True)
class Decision:
    """What a person decided about a file: the subject's reference and the code of a kind of paper."""

    subject: str
    kind: str


class Recognition:
    """The people and bodies of a campaign, and the papers they may hand in."""

    def __init__(self, database: Database, campaign: Mapping[str, Any]) -> None:
        self._campaign = campaign
        self._book: Rulebook = load_rulebook(campaign["rulebook"])
        self._evaluations = rows(
            database, "SELECT * FROM evaluation WHERE campaign_id = ? ORDER BY capacity DESC, id", [campaign["id"]]
        )
        members = _members(database, campaign["id"])
        self._members = {member.id: member for member in members}
        units = _units(database)
        self._people = People(members, {body.id: (body.reference, *body.names) for body in units})
        worked = {record["unit_id"] for record in self._evaluations} | {campaign["owner_id"]}
        evaluated = {record["organisation_id"] or record["collective_id"] for record in self._evaluations}
        self._bodies = [body for body in (*units, *_collectives(database)) if body.id in evaluated or body.id in worked]

    def recognise(self, name: PurePath, code: PaperCode | None, decision: Decision | None) -> Found | LeftAside:
        """Whose paper a file is and which, or what a person is to be asked.

        Raises:
            DecisionUnusable: the decision names nobody of the campaign, or a kind of paper this subject has not.
        """
        if decision is not None:
            return self._decided(decision)
        return self._by_code(name, code) if code else self._by_name(name)

    def subjects(self) -> list[tuple[str, str]]:
        """Everybody a paper may be given to: reference and what is shown, people first."""
        people = [(one.reference, str(one)) for one in self._members.values()]
        return [*sorted(people), *((body.reference, str(body)) for body in self._bodies)]

    def _by_code(self, name: PurePath, code: PaperCode) -> Found | LeftAside:
        evaluation = next((one for one in self._evaluations if one["id"] == code.evaluation_id), None)
        if evaluation is None or code.period != self._campaign["period"]:
            message = "mã ở chân trang không thuộc đợt đánh giá này"
            return LeftAside("intake.unknown-code", str(name), message, "Hãy kiểm tra giấy này của đợt nào")
        try:
            form = library.manifest(code.form, self._book)
        except UnknownForm as error:
            return LeftAside("intake.unknown-code", str(name), error.message.removesuffix("."), "Hãy kiểm tra lại tệp")
        kind = Kind(form.code, form.dossier_item or "other_documents", form.code, form.title, (), ())
        member = self._members.get(evaluation["person_id"] or "")
        if member is not None:
            return self._of_member(kind, member, evaluation["id"], "code")
        body = next((one for one in self._bodies if one.id == _subject(evaluation)), None)
        target = Target(evaluation["id"], evaluation["unit_id"], "")
        return Found(kind, str(body or form.title), (target,), "code")

    def _by_name(self, name: PurePath) -> Found | LeftAside:
        owners, why = self._people.owners(name)
        kind = kind_of(name)
        if why == "unknown-person" and kind is not None:
            body = body_of(name, self._bodies)
            targets = self._of_body(kind, body) if body else ()
            if targets:
                return Found(kind, str(body), targets, "name")
        if why:
            message, remedy = _ASKS[why]
            return LeftAside(f"intake.{why}", str(name), message, remedy, tuple(str(owner) for owner in owners))
        if kind is None or "person" not in kind.of:
            titles = "; ".join(one.title for one in kinds() if one.words and "person" in one.of)
            return LeftAside(
                "intake.unknown-kind", str(name), "tên tệp không cho biết đây là giấy tờ gì",
                f"Hãy ghi thêm loại giấy vào tên tệp: {titles}", (str(owners[0]),),
            )  # fmt: skip
        return self._of_member(kind, owners[0], None, "name")

    def _decided(self, decision: Decision) -> Found:
        wanted = nfc(decision.subject).strip().casefold()
        kind = next((one for one in kinds() if one.code == decision.kind.strip()), None)
        if kind is None:
            codes = ", ".join(one.code for one in kinds())
            raise DecisionUnusable(f"Không có loại giấy “{decision.kind}”. Các loại: {codes}.")
        member = next((one for one in self._members.values() if one.reference.casefold() == wanted), None)
        if member is not None and "person" in kind.of:
            return self._of_member(kind, member, None, "decision")
        body = next((one for one in self._bodies if one.reference.casefold() == wanted), None)
        if member is None and body is None:
            raise DecisionUnusable(f"Đợt này không có đảng viên, đơn vị hay tập thể nào mang mã “{decision.subject}”.")
        targets = self._of_body(kind, body) if body else ()
        if not targets:
            raise DecisionUnusable(f"“{kind.title}” không phải giấy tờ của “{member or body}”.")
        return Found(kind, str(body), targets, "decision")

    def _of_member(self, kind: Kind, member: Member, named: str | None, matched_by: str) -> Found:
        own = [record for record in self._evaluations if record["person_id"] == member.id]
        asked = [record["id"] for record in own if self._asks_for(record["capacity"], kind.item)]
        # The evaluation the paper itself names always gets it; an item nobody is asked for stays with the member.
        chosen = {*asked, named} - {None} if asked or named else {own[0]["id"]}
        if kind.item == "other_documents":
            chosen = {named or own[0]["id"]}
        author = member.full_name if kind.item in _OWN else ""
        targets = tuple(Target(record["id"], record["unit_id"], author) for record in own if record["id"] in chosen)
        return Found(kind, str(member), targets, matched_by)

    def _of_body(self, kind: Kind, body: Body) -> tuple[Target, ...]:
        """The body's evaluation for what concerns it alone, else the unit's own dossier for what concerns many."""
        if body.sort == "unit" and "unit" in kind.of:
            return (Target(None, body.id, ""),)
        if "body" not in kind.of:
            return ()
        return tuple(
            Target(record["id"], record["unit_id"], "")
            for record in self._evaluations
            if record["person_id"] is None and _subject(record) == body.id
        )

    def _asks_for(self, capacity: str, item: str) -> bool:
        items = self._book.dossier_items(_PROFILES[capacity])
        return any(one.code == item and one.requirement != "not_applicable" for one in items)


def _subject(evaluation: Mapping[str, Any]) -> str:
    return str(evaluation["person_id"] or evaluation["organisation_id"] or evaluation["collective_id"])


def _members(database: Database, campaign_id: str) -> list[Member]:
    # A person's cell is where his evaluation as a member stands; a leader without one stands in his body's unit.
    found: dict[str, Member] = {}
    for record in rows(
        database,
        "SELECT p.id, p.reference, p.full_name, e.unit_id, u.name FROM evaluation e JOIN person p ON p.id = e.person_id"
        " LEFT JOIN unit_period u ON u.unit_id = e.unit_id AND u.valid_to IS NULL"
        " WHERE e.campaign_id = ? ORDER BY e.capacity = 'member' DESC, p.reference",
        [campaign_id],
    ):
        member = Member(record["id"], record["reference"], record["full_name"], record["unit_id"], record["name"] or "")
        found.setdefault(member.id, replace(member, full_name=nfc(member.full_name)))
    return list(found.values())


def _units(database: Database) -> list[Body]:
    return [
        Body(record["id"], record["reference"], _names(record["name"], record["short_name"]), "unit")
        for record in rows(
            database,
            "SELECT u.id, u.reference, p.name, p.short_name FROM unit u"
            " JOIN unit_period p ON p.unit_id = u.id AND p.valid_to IS NULL ORDER BY u.reference",
        )
    ]


def _collectives(database: Database) -> list[Body]:
    return [
        Body(record["id"], record["reference"], _names(record["name"]), "collective")
        for record in rows(database, "SELECT id, reference, name FROM collective ORDER BY reference")
    ]


def _names(*names: str | None) -> tuple[str, ...]:
    return tuple(nfc(name) for name in names if name)

"""A quarter of a commune: points instead of ratings, one show of hands, four stages, two papers, one decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from archive.campaigns.contents import Dossier
from archive.campaigns.papers.bodies import body_name
from archive.campaigns.papers.paper import Document, Paper, given
from archive.campaigns.picture import Picture
from archive.campaigns.plan import CampaignPlan, Facts, Front, Stage
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation, Unit
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding, Shortfall
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook

from .ballots import HandsResult

_KINDS = {"member": "party_member", "party_organisation": "party_organisation"}
_SCORED = {"member": "đảng viên", "party_organisation": "tổ chức đảng"}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_POINTS_FOR_LATE = 5


def _quarter(picture: Picture) -> str:
    return picture.campaign.period[-1]


def _points(picture: Picture, evaluation: Evaluation, book: Rulebook) -> dict[str, int]:
    own = evaluation.assessed_by("cell", "self")
    ratings = own.ratings if own else {}
    codes = [criterion.code for criterion in book.criteria(_KINDS[evaluation.capacity])]
    points = {code: int(ratings.get(code) or 0) for code in codes}
    if "work" in points:
        late = int(evaluation.facts.get("late_tasks") or 0)
        points["work"] = max(points["work"] - _POINTS_FOR_LATE * late, 0)
    return points


def _heading(picture: Picture, unit: Unit, day: date | None) -> Document:
    parent = picture.units.get(unit.parent_id or "")
    return given({
        "superior_body": parent.name if parent else None,
        "issuing_body": body_name(unit),
        "place": picture.campaign.place,
        "date": day.isoformat() if day else None,
        "year": picture.campaign.year,
        "quarter": _quarter(picture),
    })  # fmt: skip


class Quarter(CampaignPlan):
    """02-HD/TU."""

    stages = (
        Stage("sheets", "In phiếu chấm điểm", printed=True),
        Stage("scoring", "Chấm điểm"),
        Stage("decision", "Quyết định quý", settles=True),
        Stage("keep", "Lưu hồ sơ quý", settles=True, files=True),
    )
    member_quota = "P-25"
    ballots = {"approval": ("member",)}  # noqa: RUF012  read only
    sendings = {  # noqa: RUF012  read only
        "cell": "Chi bộ gửi đảng ủy xã, phường",
        "commune": "Đảng ủy xã, phường gửi Ban Tổ chức Tỉnh ủy",
    }

    required = dict.fromkeys(("review", "self_assessment", "decision"), ("member",))
    step_rules = {"review": ("P-REV",), "decision": ("P-WHO",)}  # noqa: RUF012  read only

    def facts(self, picture: Picture, evaluation: Evaluation, book: Rulebook) -> tuple[str, Facts] | None:
        """Points of the newest scoring, and the counts of those below."""
        kind = _KINDS.get(evaluation.capacity)
        if kind is None:
            return None
        found: Facts = {
            "quarter": picture.campaign.period,
            "review_completed": bool(evaluation.facts.get("review_completed")),
            "points": _points(picture, evaluation, book),
        }
        if evaluation.organisation_id:
            found["below"] = dict(_levels(_below(picture, evaluation.organisation_id), book))
        return kind, found

    def ballot(self, picture: Picture, cell: Unit) -> Facts | None:
        """The show of hands."""
        hands = picture.ballot(cell.id, "approval")
        if hands is None:
            return None
        named = {key: picture.subject_reference(picture.evaluations[key]) for key in hands.tallies}
        approve = {named[key]: tally.counts["approve"] for key, tally in hands.tallies.items()}
        return {"present": hands.returned, "approve": approve}

    def voted_against(
        self, picture: Picture, evaluation: Evaluation, level: str, result: Outcome, own: AppliedBook
    ) -> Iterable[Finding]:
        """Points that were not approved carry no level but the worst."""
        name = picture.subject_reference(evaluation)
        if name in cast(HandsResult, result).unapproved and level in own.levels.codes[:-1]:
            yield own.finding_of("P-VOTE", Shortfall(given=f"Biểu quyết không tán thành điểm của {name}"))

    def quotas(self, picture: Picture) -> Iterator[tuple[str, str, Sequence[Evaluation]]]:
        """Members of the whole commune, and its cells."""
        yield self.member_quota, f"Đảng viên {picture.owner.name}", picture.all_members()
        cells = [one for cell in picture.cells if (one := picture.organisation(cell.id))]
        yield self.member_quota, f"Chi bộ {picture.owner.name}", cells

    def quota_facts(self, rule: str, group: str, evaluations: Iterable[Evaluation], book: Rulebook) -> Facts:
        """The counts of one group."""
        counts = _levels(evaluations, book)
        return {"group": group, **{code: counts[code] for code in book.levels.codes}}

    def papers(self, situation: Situation, stage: str, unit: Unit) -> Iterator[Paper]:
        """Blank sheets, sheets with their points, and the decision of the commune."""
        if stage == "decision":
            return _decisions(situation, unit)
        return _sheets(situation, unit, blank=stage == "sheets")

    def missing(self, situation: Situation, stage: str, unit: Unit) -> list[str]:
        """Points before scoring, the vote before the decision."""
        members = situation.picture.members(unit.id)
        if stage == "sheets" or not unit.is_cell:
            return []
        missing = [] if any(one.assessments for one in members) else ["Chưa nhập điểm."]
        if stage != "scoring" and unit.id not in situation.judgement.ballots:
            missing.append("Chưa nhập kết quả biểu quyết.")
        return missing

    def title(self, picture: Picture, capacity: str) -> str:
        """“Chấm điểm, xếp loại đảng viên quý III năm 2025”."""
        whose = _SCORED.get(capacity, "trong toàn đảng bộ")
        return f"Chấm điểm, xếp loại {whose} quý {_ROMAN[_quarter(picture)]} năm {picture.campaign.year}"

    def profile(self, capacity: str) -> str:
        """A unit's own papers lie as a party organisation's."""
        return _KINDS.get(capacity, "party_organisation")

    def cover(self, picture: Picture, dossier: Dossier, pages: int | None) -> Front:
        """The folder's cover."""
        return Front("folder-cover", {
            **_front(picture, dossier), "dossier_title": dossier.title, "dossier_number": dossier.id,
            "documents": len(dossier.documents),
        })  # fmt: skip

    def contents_list(self, picture: Picture, dossier: Dossier, sheets: Mapping[str, str]) -> Front:
        """What lies in the folder."""
        listed = [given({"title": one["title"], "sheets": sheets.get(one["key"])}) for one in dossier.documents]
        return Front("folder-list", {**_front(picture, dossier), "documents": listed})

    def sender(self, unit: Unit) -> str:
        """Cells to the commune, that to the province."""
        return "cell" if unit.is_cell else "commune"

    def sending(self, picture: Picture, sender: str, today: date, calendar: Mapping[str, Any]) -> Facts:
        """Results of the quarter, sent today."""
        return {"quarter": picture.campaign.period, "sent_on": today.isoformat()}


def _front(picture: Picture, dossier: Dossier) -> Document:
    owner = picture.owner
    return given({
        "superior_body": owner.superior_name, "issuing_body": body_name(owner), "subject": dossier.subject_name,
    })  # fmt: skip


def _below(picture: Picture, unit_id: str) -> Iterable[Evaluation]:
    if picture.units[unit_id].is_cell:
        return picture.members(unit_id)
    return [one for cell in picture.cells if (one := picture.organisation(cell.id))]


def _levels(evaluations: Iterable[Evaluation], book: Rulebook) -> Counter[str]:
    return Counter(one.level or book.levels.outside[0] for one in evaluations)


def _sheets(situation: Situation, unit: Unit, *, blank: bool) -> Iterator[Paper]:
    picture, book = situation.picture, situation.book
    own = picture.organisation(unit.id)
    for evaluation in (*picture.members(unit.id), *((own,) if own else ())):
        scored = evaluation.assessed_by("self")
        if not blank and scored is None:
            continue
        name, reference = picture.subject_name(evaluation), picture.subject_reference(evaluation)
        rows = [
            given({
                "criterion": one.title, "most": one.points,
                "points": scored.ratings.get(one.code) if scored and not blank else None,
            })
            for one in book.criteria(_KINDS[evaluation.capacity])
        ]  # fmt: skip
        document = _heading(picture, unit, scored.assessed_on if scored and not blank else None)
        document |= {"full_name": name, "scores": rows}
        if scored and not blank:
            document |= given({"level": scored.level, "work_done": evaluation.sections.get("work_done")})
        stage, state, item = ("sheets", "blank", "") if blank else ("scoring", "final", "score_sheet")
        yield Paper(
            f"{stage}:score-sheet:{evaluation.id}", "score-sheet", state, stage, unit.id, item, "Phiếu tự chấm điểm",
            document, evaluation.id, name, f"{reference}-cham-diem",
        )  # fmt: skip


def _decisions(situation: Situation, unit: Unit) -> Iterator[Paper]:
    picture, judgement, book = situation.picture, situation.judgement, situation.book
    decided = [one for one in picture.all_members() if one.decision and not judgement.of(one).refused]
    if unit.id != picture.owner.id or not decided:
        return
    asked = [cast("tuple[str, Facts]", situation.plan.facts(picture, one, book))[1] for one in decided]
    rows = [
        {"full_name": picture.subject_name(one), "points": sum(facts["points"].values()), "level": one.level}
        for one, facts in zip(decided, asked, strict=True)
    ]
    day = next((one.decision.decided_on for one in decided if one.decision), None)
    yield Paper(
        f"decision:quarter-decision:{unit.id}", "quarter-decision",
        "final" if judgement.decided_quota.allowed else "draft", "decision", unit.id, "decision",
        "Quyết định xếp loại quý", _heading(picture, unit, day) | {"members": rows}, None, body_name(unit),
        f"{unit.reference}-quyet-dinh", {"members": asked},
    )  # fmt: skip


PLAN = Quarter()

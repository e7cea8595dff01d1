"""For each rule that can be judged, a case that breaks it (or is under it) and one that keeps it (or is not).

`test_every_rule` asks the judge about both and `docs/rulebook.md` prints them, so that the page says no more than what
was just seen to hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator import judge
from generator.rules.cases import judged
from generator.rules.rulebook import Rulebook
from tests.generator.rules.edges import BLOCKS, EDGES, C, Edge, L, M, O
from tests.generator.rules.good_facts import good_facts

Case = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A rule with two cases.

    Args:
        rule_id: the rule.
        case_type: what is asked: a level (`classification`), a case of a judge (`order`), or who takes part
            (`participants_of`).
        breaks, keeps: the facts of both cases; of a level the changes to excellent facts.
        kind, level: of a level, the kind of subject and the level proposed.
        answers: parts of the answer in both cases; where both are given, the rule is seen by them alone.
    """

    rule_id: str
    case_type: str
    breaks: Case
    keeps: Case
    kind: str = ""
    level: str = ""
    answers: tuple[Case, Case] = field(default=({}, {}))

    def said(self, case: Case, book: Rulebook) -> tuple[set[tuple[str, str]], Case]:
        """Rule ids with their severity in the answer to one of the cases, and the answer itself."""
        if self.case_type == "classification":
            verdict = judge.classify(self.kind, good_facts(self.kind, **case), self.level, book=book)
            return {(finding.rule_id, finding.severity) for finding in verdict.findings}, verdict.expected()
        if self.case_type == "participants_of":
            listed = book.participants(case["subject_kind"], case["subject_type"])
            return {(one.rule_id, "applies") for one in listed}, {}
        result = judged(self.case_type, case, judge.in_force(book))
        named = {(finding.rule_id, finding.severity) for finding in result.findings}
        named |= {(rule, "applies") for _, _, rules in getattr(result, "reasons", ()) for rule in rules}
        named |= {(str(rule), "applies") for rule in [getattr(result, "rule_id", None)] if rule}
        return named, result.expected()

    def written(self, case: Case) -> str:
        """The case as the page prints it: `criteria.b2=good`, or the facts as JSON."""
        if self.case_type != "classification":
            return f"{self.case_type} {_json(case)}"
        changes = [f"{name.replace('__', '.')}={_json(value)}" for name, value in case.items()]
        return f"{self.kind} → {self.level}: {'; '.join(changes) or 'đủ mọi điều kiện'}"


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _level(rule_id: str, kind: str, breaks: Case, keeps: Case | None = None, level: str = "excellent") -> Shown:
    return Shown(rule_id, "classification", breaks, keeps or {}, kind, level)


def _edge(edge: Edge, level: str) -> Shown:
    return _level(edge.rule_id, edge.kind, edge.fails, edge.holds, level)


def _order(rule_id: str, *sequence: str, instead: tuple[str, ...] = ()) -> Shown:
    return Shown(rule_id, "order", {"sequence": list(sequence)}, {"sequence": list(instead or sequence[::-1])})


def _quota(rule_id: str) -> Shown:
    group = {"rule": rule_id, "group": "Đảng bộ", "good": 20, "completed": 0, "not_completed": 0}
    return Shown(rule_id, "quota", {**group, "excellent": 6}, {**group, "excellent": 4})


_THREE = ["good", "completed", "not_completed"]


def _ballot(good: int = 12, completed: int = 0, votes: int | None = None, **more: Any) -> Case:
    tally = {"good": good, "completed": completed, "not_completed": 0, "invalid": 20 - good - completed}
    first = {"entitled": 20, "issued": 20, "returned": 20, "options": _THREE, "tallies": {"An": tally, "Chi": tally}}
    second = None if votes is None else {"issued": 20, "returned": 20, "candidates": {"An": votes, "Chi": votes}}
    return {"round1": {**first, **more.pop("round1", {})}, "round2": second, "quota_max": None, **more}


def _submission(rule_id: str, sender: str, late: str, in_time: str) -> Shown:
    facts = {"kind": "submission", "from": sender, "year": 2018}
    return Shown(rule_id, "deadline", {**facts, "sent_on": late}, {**facts, "sent_on": in_time})


def _dossier(rule_id: str, profile: str, item: str, happened: str = "", stage: str = "submission") -> Shown:
    asked = ("suggestion_issued", "opinions_received", "complaint_filed", "cell_is_residential")
    facts = {"stage": stage, "profile": profile, **{name: name == happened for name in asked}}
    return Shown(rule_id, "dossier", {**facts, "documents_present": []}, {**facts, "documents_present": [item]})


def _duration(rule_id: str, collective: str, days: float) -> Shown:
    facts = {"collective": collective, "suggestion_issued": True}
    return Shown(rule_id, "review_duration", {**facts, "duration_days": days - 0.5}, {**facts, "duration_days": days})


def _place(rule_id: str, role: str, other: str, place: str) -> Shown:
    sizes = {"agency_leader_count": 5, "staff_count": 50}
    under, outside = {"roles": [role], **sizes}, {"roles": [other], **sizes}
    places = sorted(("own_cell", *place.split()))
    return Shown(rule_id, "review_place", under, outside, answers=({"places": places}, {}))


def _authority(rule_id: str, kind: str, subject_type: str, level: str, decider: str, other: str) -> Shown:
    facts = {"subject_kind": kind, "level": level}
    return Shown(
        rule_id,
        "authority",
        {**facts, "subject_type": subject_type},
        {**facts, "subject_type": other},
        answers=({"decider": decider}, {}),
    )


def _participants(rule_id: str, kind: str, subject_type: str, other: str) -> Shown:
    return Shown(
        rule_id,
        "participants_of",
        {"subject_kind": kind, "subject_type": subject_type},
        {"subject_kind": kind, "subject_type": other},
    )


def _implied(rule_id: str, kind: str, criterion: str) -> Shown:
    worst, best = {"highest_allowed_level": "not_completed"}, {"highest_allowed_level": "excellent"}
    changes = {f"criteria__{criterion}": "poor"}
    return Shown(rule_id, "classification", changes, {}, kind, "excellent", (worst, best))


_EMPLOYEE = {"is_public_employee": True, "leads_mass_organisation": False}
_POSITIONS = [
    {"name": "Bí thư chi bộ", "main": True, "rank": 2, "level": "good"},
    {"name": "Ủy viên ban thường vụ", "main": False, "rank": 1, "level": "completed"},
]
_ONE_POSITION = [{"name": "Bí thư chi bộ", "main": True, "rank": 1, "level": "good"}]
_DRAFT = {"kind": "draft_notice", "meeting_on": "2018-12-24"}
_ANNULLED = {"kind": "reclassify", "annulled_on": "2019-04-10", "reclassified_on": "2019-05-20"}
_PROVINCE, _DISTRICT = "provincial_standing_committee", "district_standing_committee"
_GRASSROOTS = "grassroots_executive_committee"
_AGENCY = "agency_leadership_collective"

SHOWN: tuple[Shown, ...] = (
    *(_edge(edge, "excellent") for edge in EDGES),
    *(_edge(edge, "completed") for edge in BLOCKS),
    _implied("MEM-NC-05", M, "a5"),
    _implied("ORG-NC-08", O, "c"),
    _implied("COL-NC-06", C, "s1"),
    _level("SCP-06", O, {}, {"review_completed": False}, "not_classified"),
    _level("SCP-07", C, {}, {"review_completed": False}, "not_classified"),
    _level("SCP-08", L, {"criteria_source": None}),
    _level("ORG-PROC-07", O, {"rated_by": "self"}, {"rated_by": "competent_authority"}),
    _level("GEN-12", M, {}, {"targets__completed": 0}, "not_completed"),
    _level("GEN-06", M, {"admitted_on": "2018-11-01"}),
    _level("GEN-09", M, {"maternity_leave": True}),
    _level("ORD-04", O, {"subordinates__not_classified": 2}),
    Shown("GEN-03", "multi_position", {"positions": _POSITIONS}, {"positions": _ONE_POSITION}),
    *(_quota(f"QUO-0{number}") for number in range(1, 5)),
    Shown("BAL-01", "ballot", _ballot(round1={"options": ["excellent", *_THREE]}), _ballot()),
    Shown("BAL-03", "ballot", _ballot(5, 15, votes=12), _ballot(votes=12)),
    Shown("BAL-05", "ballot", _ballot(round1={"returned": 19}), _ballot()),
    Shown("BAL-06", "ballot", _ballot(10), _ballot(11)),
    Shown("BAL-07", "ballot", _ballot(votes=12, quota_max=1), _ballot(votes=12, quota_max=2)),
    Shown("BAL-08", "ballot", _ballot(votes=12, capped=["An"]), _ballot(votes=12)),
    _order("BAL-02", "ballot_round2", "announce_round1"),
    _order("BAL-04", "report_form6", "announce_round2"),
    _order("ORD-01", "classify_collective", "classify_lower_collectives"),
    _order("ORD-02", "classify_members", "classify_collective"),
    _order("ORD-03", "classify_public_employee_member", "rate_public_employee"),
    _order("ORD-05", "classify_head", "classify_organisation"),
    _order("ORD-06", "classify_collective", "classify_organisation"),
    _order("ORG-PROC-03", "decision", "participants_evaluation"),
    _order(
        "ORG-PROC-05",
        "self_evaluation",
        "decision",
        instead=("self_evaluation", "remedy_considered", "decision"),
    ),
    _order("REV-24", "review_deputies", "review_collective"),
    _order("REV-25", "review_deputies", "review_head"),
    _order("REV-27", "review_party_committee", "review_government_and_mass_bodies"),
    _submission("DL-01", "cell", "2018-12-30", "2018-12-29"),
    _submission("DL-02", "grassroots", "2019-01-10", "2019-01-09"),
    _submission("DL-03", "district", "2019-01-31", "2019-01-30"),
    Shown("DL-04", "deadline", {**_DRAFT, "sent_on": "2018-12-20"}, {**_DRAFT, "sent_on": "2018-12-18"}),
    Shown("DL-05", "deadline", {**_ANNULLED, "reported_on": "2019-05-28"}, {**_ANNULLED, "reported_on": "2019-05-27"}),
    _dossier("DOS-01", M, "self_review"),
    _dossier("DOS-02", C, "collective_review_report"),
    _dossier("DOS-03", M, "review_suggestion", "suggestion_issued"),
    _dossier("DOS-04", M, "contributed_opinions", "opinions_received"),
    _dossier("DOS-05", M, "review_minutes"),
    _dossier("DOS-06", M, "residence_comment"),
    _dossier("DOS-07", L, "asset_declaration"),
    _dossier("DOS-08", L, "ballot_summary"),
    _dossier("DOS-09", M, "conclusion", stage="archive"),
    _dossier("DOS-10", M, "complaint_file", "complaint_filed"),
    _duration("REV-31", "district_standing_committee", 2.5),
    _duration("REV-32", "provincial_body", 1.5),
    Shown(
        "REV-03",
        "review_place",
        {"roles": ["ordinary_member"], "agency_leader_count": None, "staff_count": None},
        {"roles": ["manager_not_in_committee"], "agency_leader_count": None, "staff_count": None},
        answers=(
            {"places": ["own_cell"], "own_cell_scope": "full"},
            {"places": [_AGENCY, "own_cell"], "own_cell_scope": "member_duties_only"},
        ),
    ),
    _place("REV-04", "manager_not_in_committee", "ordinary_member", _AGENCY),
    _place("REV-05", "executive_committee_member", "ordinary_member", _AGENCY),
    _place(
        "REV-06",
        "district_standing_committee_member",
        "executive_committee_member",
        f"{_AGENCY} same_level_standing_committee",
    ),
    _place("REV-07", "party_caucus_member", "ordinary_member", f"{_AGENCY} own_party_caucus"),
    _place("REV-08", "grassroots_committee_member", "ordinary_member", f"{_AGENCY} grassroots_executive_committee"),
    _place("REV-10", "manager_not_in_committee", "executive_committee_member", _AGENCY),
    _place("REV-11", "one_head_regime_manager", "manager_not_in_committee", "key_cadre_conference"),
    _authority("ORG-AUTH-01", O, "district_party_committee", "district", _PROVINCE, "grassroots_cell"),
    _authority("ORG-AUTH-02", O, "grassroots_cell", "grassroots", _DISTRICT, "subordinate_cell"),
    _authority("ORG-AUTH-03", O, "subordinate_cell", "grassroots", _GRASSROOTS, "grassroots_cell"),
    _authority("MEM-AUTH-01", M, "subordinate_cell", "grassroots", "grassroots_party_committee", "grassroots_cell"),
    _authority("MEM-AUTH-02", M, "grassroots_cell", "grassroots", "cell_plenary", "subordinate_cell"),
    _authority("COL-AUTH-01", C, "party_caucus", "province", _PROVINCE, "advisory_body"),
    _authority("COL-AUTH-02", C, "advisory_body", "district", _DISTRICT, "grassroots_committee"),
    _authority("COL-AUTH-03", C, "district_standing_committee", "district", _PROVINCE, "grassroots_committee"),
    _authority("COL-AUTH-04", C, "grassroots_committee", "grassroots", _DISTRICT, "front_or_socio_political"),
    _authority("COL-AUTH-05", C, "front_or_socio_political", "grassroots", _GRASSROOTS, "grassroots_committee"),
    Shown("MEM-PART-01", "participants", _EMPLOYEE, {**_EMPLOYEE, "is_public_employee": False}),
    Shown("MEM-PART-02", "participants", {**_EMPLOYEE, "is_public_employee": False}, _EMPLOYEE),
    _participants("ORG-PART-01", O, "district_party_committee", "grassroots_cell"),
    _participants("ORG-PART-02", O, "grassroots_cell", "subordinate_cell"),
    _participants("ORG-PART-03", O, "subordinate_cell", "grassroots_cell"),
    *(_participants(f"COL-PART-0{number}", C, "party_caucus", "grassroots_committee") for number in range(1, 6)),
    _participants("COL-PART-06", C, "youth_union_standing_committee", "party_caucus"),
    _participants("COL-PART-07", C, "advisory_body", "party_caucus"),
    _participants("COL-PART-08", C, "district_standing_committee", "party_caucus"),
    _participants("COL-PART-09", C, "grassroots_committee", "party_caucus"),
    _participants("COL-PART-10", C, "front_or_socio_political", "party_caucus"),
)
_OF_THE_JUDGE = frozenset({
    "level", "block", "ceiling", "warn", "note", "groundless", "must_classify", "implied", "basis", "quota", "ballot",
    "order", "deadline", "place", "duration", "participants",
})  # fmt: skip


def judged_rules(book: Rulebook) -> frozenset[str]:
    """The ids of the rules a machine judges: by a function, by a table, or by the order of judging itself."""
    ruled = {rule.id for rule in book.rules if rule.effect in _OF_THE_JUDGE}
    decided = {str(row["rule"]) for row in book.authorities}
    filed = {
        item.rule_id
        for profile in book.dossier_profiles
        for item in book.dossier_items(profile)
        if item.requirement in ("required", "conditional")
    }
    return frozenset(ruled | decided | filed | set(book.registered.notes))


def shown_by_rule(shown: tuple[Shown, ...] = SHOWN) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Rule id → the cases of `test_every_rule`, as the page of the rulebook prints them: (breaks, keeps)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in shown:
        found.setdefault(one.rule_id, []).append((one.written(one.breaks), one.written(one.keeps)))
    return {rule_id: tuple(cases) for rule_id, cases in found.items()}

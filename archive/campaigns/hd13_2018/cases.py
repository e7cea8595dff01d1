"""The facts of each subject as the judge takes them, rolled up from what is kept.

A cell's subordinates are counted from its members' levels, a party base's from its cells', a head's caps come from his
collective and organisation. Nothing counted here is typed anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Person, Unit
from generator.rules.rulebook import Rulebook, load_rulebook

# Whose ratings the verdict reads, the weightiest first (13-HD/TU, II.1.3: “được cấp có thẩm quyền đánh giá”).
WEIGHT_OF_ASSESSORS = ("authority", "appraisal", "cell_committee", "self")
# Standings that are not classified here. The guidance names the first only; the others follow the reading AMB-41: one
# who takes part elsewhere for a time is rated in his home cell.
NOT_CLASSIFIED_STANDINGS = ("exempt", "suspended", "temporary", "transferred_out")
# The quota of members of a whole party base (13-HD/TU, II.2.3.a), and that of its cells (II.1.3.a).
MEMBER_QUOTA = "QUO-02"
_CELL_QUOTA = "QUO-01"
# Those of collectives by kind (III.3.1) and of leaders by equal title (V.1).
_COLLECTIVE_QUOTA = "QUO-03"
_LEADER_QUOTA = "QUO-04"
# Reviewed only: the guidance lists no classification for councils and people's committees (III.1).
_REVIEWED_ONLY = "government_or_council"
Facts = dict[str, Any]


def unclassified_by_standing(picture: Picture, evaluation: Evaluation) -> bool:
    """Whether a member is rightly left without a level for the standing he has."""
    if evaluation.capacity != "member" or evaluation.level not in (None, "not_classified"):
        return False
    return picture.person_of(evaluation).membership_kind in NOT_CLASSIFIED_STANDINGS


def reviewed_only(picture: Picture, evaluation: Evaluation) -> bool:
    """Whether a collective is reviewed and never classified."""
    if evaluation.capacity != "leadership_collective":
        return False
    return picture.collectives[evaluation.collective_id or ""].type == _REVIEWED_ONLY


def facts(picture: Picture, evaluation: Evaluation, book: Rulebook) -> tuple[str, Facts] | None:
    """The kind of subject and its facts; None for a leader or manager, whose standard stands elsewhere (IV)."""
    match evaluation.capacity:
        case "member":
            return "party_member", member_facts(picture, evaluation, book)
        case "party_organisation":
            return "party_organisation", organisation_facts(picture, evaluation, book)
        case "leadership_collective":
            return "leadership_collective", collective_facts(picture, evaluation, book)
        case _:
            return None


def caps(picture: Picture, evaluation: Evaluation) -> tuple[str, Facts] | None:
    """The kind by which the levels of other bodies bound a level, and those levels; None where none bounds it."""
    if evaluation.capacity == "leadership_collective":
        return "leadership_collective", collective_caps(picture, evaluation)
    bounds = head_caps(picture, evaluation) if evaluation.person_id else None
    return ("head", bounds) if bounds else None


def ballot(picture: Picture, cell: Unit) -> Facts | None:
    """The facts of a cell's two rounds; None while round one is not counted."""
    first = picture.ballot(cell.id, "member_round1")
    if first is None or not first.tallies:
        return None
    second = picture.ballot(cell.id, "member_round2")
    return ballot_facts(picture, first, second, second.places if second else None)


def quotas(picture: Picture) -> Iterator[tuple[str, str, Sequence[Evaluation]]]:
    """The groups a quota binds: rule, name of the group, and who is in it."""
    yield MEMBER_QUOTA, f"Đảng viên {picture.owner.name}", picture.all_members()
    if not picture.owner.is_cell:
        cells = [evaluation for cell in picture.cells if (evaluation := picture.organisation(cell.id))]
        yield _CELL_QUOTA, f"Chi bộ trực thuộc {picture.owner.name}", cells
    if picture.owner.type == "district_party_committee":
        yield from district_quotas(picture)


def district_quotas(picture: Picture) -> Iterator[tuple[str, str, Sequence[Evaluation]]]:
    """The quotas whose whole group stands under a district only: its bases, collectives by kind, leaders by title.

    A commune has but its share of these groups, so its own campaign is not asked (13-HD/TU, II.1.3.a, III.3.1: “trực
    thuộc cấp tỉnh hoặc cấp huyện”, V.1: “chức danh tương đương ở từng cấp, từng ngành, từng lĩnh vực”).
    """
    under = [unit for unit in picture.units.values() if unit.parent_id == picture.owner.id and not unit.is_cell]
    bases = [evaluation for unit in under if (evaluation := picture.organisation(unit.id))]
    if bases:
        yield _CELL_QUOTA, f"Đảng bộ cơ sở trực thuộc {picture.owner.name}", bases
    by_kind: dict[str, list[Evaluation]] = {}
    by_title: dict[str, list[Evaluation]] = {}
    for evaluation in picture.evaluations.values():
        collective = picture.collectives.get(evaluation.collective_id or "")
        if collective and not reviewed_only(picture, evaluation):
            if collective.level != "grassroots" or collective.type == "grassroots_committee":
                by_kind.setdefault(collective.type, []).append(evaluation)
        elif evaluation.capacity == "leader_manager":
            by_title.setdefault(str(evaluation.facts.get("title") or ""), []).append(evaluation)
    for kind, collectives in by_kind.items():
        label = load_rulebook(picture.campaign.rulebook).type_label("leadership_collective", kind)
        yield _COLLECTIVE_QUOTA, f"{label} – {picture.owner.name}", collectives
    for title, leaders in by_title.items():
        yield _LEADER_QUOTA, f"{title or 'Cán bộ chưa ghi chức vụ'} – {picture.owner.name}", leaders


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ratings(evaluation: Evaluation, codes: Iterable[str]) -> dict[str, str | None]:
    assessment = evaluation.assessed_by(*WEIGHT_OF_ASSESSORS)
    given = assessment.ratings if assessment else {}
    return {code: given.get(code) for code in codes}


def _targets(facts: Mapping[str, Any], force_majeure: bool) -> Facts:
    return {
        "completed": facts.get("targets_completed") or 0,
        "assigned": facts.get("targets_assigned") or 0,
        "force_majeure": force_majeure,
    }


def _admitted_on(person: Person, evaluated_on: date) -> str:
    # An official member has been in the Party for twelve months at least, so the six months are not in question.
    if person.admitted_on is None and person.membership_kind != "probationary":
        return (evaluated_on - timedelta(days=366)).isoformat()
    return (person.admitted_on or evaluated_on).isoformat()


def member_facts(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Facts:
    """The facts of a party member (13-HD/TU, II.2.3 and V.1)."""
    person, facts = picture.person_of(evaluation), evaluation.facts
    disciplined_on = facts.get("disciplined_on")
    sick = facts.get("sick_from") and facts.get("sick_to")
    return {
        "exempt_from_activities": person.membership_kind == "exempt",
        "admitted_on": _admitted_on(person, picture.campaign.evaluated_on),
        "evaluated_on": picture.campaign.evaluated_on.isoformat(),
        "review_completed": bool(facts.get("review_completed")),
        "outstanding_evidence": bool(facts.get("outstanding_evidence")),
        "criteria": _ratings(evaluation, book.criterion_codes("party_member")),
        "is_public_employee": person.is_public_employee,
        "public_employee_rating": facts.get("public_employee_rating"),
        "targets": _targets(facts, False),
        "degeneration_concluded": bool(facts.get("degeneration_concluded")),
        "discipline": {
            "in_year": bool(disciplined_on) and str(disciplined_on)[:4] == str(picture.campaign.year),
            "already_counted": bool(facts.get("discipline_already_counted")),
        },
        "sick_leave": {"from": facts["sick_from"], "to": facts["sick_to"]} if sick else None,
        "card_lost": bool(facts.get("card_lost")),
        "card_loss_force_majeure": bool(facts.get("card_loss_force_majeure")),
        "maternity_leave": bool(facts.get("maternity_leave")),
    }


def level_counts(evaluations: Iterable[Evaluation], book: Rulebook) -> dict[str, int]:
    """How many stand at each level; those without a level count as not classified."""
    counted = Counter(evaluation.level or "not_classified" for evaluation in evaluations)
    return {code: counted.get(code, 0) for code in (*book.levels.codes, "not_classified")}


def _subordinates(picture: Picture, unit: Unit, book: Rulebook) -> dict[str, int]:
    if unit.is_cell:
        return level_counts(picture.members(unit.id), book)
    below = [picture.organisation(cell.id) for cell in picture.cells if cell.parent_id == unit.id]
    return level_counts([evaluation for evaluation in below if evaluation], book)


def _peers(picture: Picture, unit: Unit, book: Rulebook) -> Facts:
    def levels(*types: str) -> list[str]:
        return [
            level
            for unit_id, level in picture.peers.items()
            if picture.units[unit_id].parent_id == unit.id and picture.units[unit_id].type in types
        ]

    # The People's Council and Committee together are the government: the lower of the two speaks.
    government = max(levels("government", "peoples_council"), key=book.levels.position, default=None)
    front = levels("fatherland_front")
    return {
        "government": government,
        "fatherland_front": front[0] if front else None,
        "socio_political": levels("socio_political"),
    }


def organisation_facts(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Facts:
    """The facts of a party organisation (13-HD/TU, II.1.3)."""
    unit, facts = picture.units[evaluation.organisation_id or ""], evaluation.facts
    states = (
        "committee_member_discipline",
        "subordinate_committee_discipline",
        "cell_member_discipline",
        "subordinate_committee_violations",
    )
    rated = evaluation.assessed_by(*WEIGHT_OF_ASSESSORS)
    return {
        "organisation_type": unit.type,
        "has_cell_committee": unit.has_committee if unit.is_cell else None,
        "established_on": _iso(unit.established_on) or "1930-02-03",
        "evaluated_on": picture.campaign.evaluated_on.isoformat(),
        "review_completed": bool(facts.get("review_completed")),
        "outstanding_evidence": bool(facts.get("outstanding_evidence")),
        "criteria": _ratings(evaluation, book.criterion_codes("party_organisation")),
        "subordinates": _subordinates(picture, unit, book),
        "peer_bodies": _peers(picture, unit, book),
        **{state: facts.get(state) or "none" for state in states},
        "party_discipline": facts.get("party_discipline"),
        "committee_disciplined": bool(facts.get("committee_disciplined")),
        "committee_disunity": bool(facts.get("committee_disunity")),
        "targets": _targets(facts, bool(facts.get("targets_force_majeure"))),
        "rated_by": "self" if rated and rated.assessor == "self" else None,
    }


def collective_facts(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Facts:
    """The facts of a leadership collective (13-HD/TU, III.3)."""
    collective, facts = picture.collectives[evaluation.collective_id or ""], evaluation.facts
    codes = ("s1", "s2", "t1", "t2", "t3", "t4", "r")
    return {
        "collective_type": collective.type,
        "review_completed": bool(facts.get("review_completed")),
        "outstanding_evidence": bool(facts.get("outstanding_evidence")),
        "criteria": _ratings(evaluation, codes),
        "member_discipline": facts.get("member_discipline") or "none",
        "collective_disciplined": bool(facts.get("collective_disciplined")),
        "disunity_concluded": bool(facts.get("disunity_concluded")),
        "member_degeneration_concluded": bool(facts.get("member_degeneration_concluded")),
        "targets": {
            **_targets(facts, bool(facts.get("targets_force_majeure"))),
            "main_targets_all_met": bool(facts.get("main_targets_all_met")),
        },
    }


def _level_of(evaluation: Evaluation | None) -> str:
    return (evaluation.level if evaluation else None) or "not_classified"


def collective_caps(picture: Picture, evaluation: Evaluation) -> Facts:
    """What bounds a collective: the party organisation it leads or belongs to (13-HD/TU, V.1, III.3.1)."""
    collective = picture.collectives[evaluation.collective_id or ""]
    organisation = picture.organisation(collective.party_organisation_id or collective.unit_id)
    return {
        "organisation_level": picture.peers.get(collective.unit_id) or _level_of(organisation),
        "party_organisation_level": _level_of(organisation),
    }


def head_caps(picture: Picture, evaluation: Evaluation) -> Facts | None:
    """What bounds a head: his collective and every unit he heads (13-HD/TU, V.1); None for who heads nothing.

    A cell's secretary who is evaluated as a member only is bound in that capacity (AMB-18).
    """
    person, facts = picture.person_of(evaluation), evaluation.facts
    if evaluation.capacity == "leader_manager":
        reference, headed = facts.get("collective"), facts.get("heads_unit")
        collective = next((one for one in picture.collectives.values() if one.reference == reference), None)
        unit = next((one for one in picture.units.values() if one.reference == headed), None)
        if collective is None or collective.members.get(person.id) != "head":
            collective = None
        if collective is None and unit is None:
            return None
        organisation = picture.organisation(unit.id) if unit else None
        return {
            "collective_level": _level_of(picture.collective_evaluation(collective.id))
            if collective
            else "not_classified",
            "organisation_level": (picture.peers.get(unit.id) or _level_of(organisation)) if unit else "not_classified",
        }
    other = picture.other_capacity(evaluation)
    if not person.heads(evaluation.unit_id) or (other and other.capacity == "leader_manager"):
        return None
    return {
        "collective_level": "not_classified",
        "organisation_level": _level_of(picture.organisation(evaluation.unit_id)),
    }


def ballot_facts(picture: Picture, first: Ballot, second: Ballot | None, quota: int | None) -> Facts:
    """The two rounds of a cell's ballot (13-HD/TU, II.2.5), members named by their reference."""

    def name(evaluation_id: str) -> str:
        return picture.subject_reference(picture.evaluations[evaluation_id])

    return {
        "round1": {
            "entitled": first.entitled,
            "issued": first.issued,
            "returned": first.returned,
            "options": ["good", "completed", "not_completed"],
            "tallies": {
                name(tally.evaluation_id): {
                    **{level: tally.counts.get(level, 0) for level in ("good", "completed", "not_completed")},
                    "invalid": tally.invalid or 0,
                }
                for tally in first.tallies.values()
            },
        },
        "round2": {
            "issued": second.issued,
            "returned": second.returned,
            "candidates": {name(tally.evaluation_id): tally.votes or 0 for tally in second.tallies.values()},
        }
        if second
        else None,
        "quota_max": quota,
    }


def quota_facts(rule: str, group: str, evaluations: Iterable[Evaluation], book: Rulebook) -> Facts:
    """The counts of one group under a quota (13-HD/TU, II.1.3.a, II.2.3.a, III.3.1, V.1)."""
    counts = level_counts(evaluations, book)
    return {"rule": rule, "group": group, **{code: counts[code] for code in book.levels.codes}}

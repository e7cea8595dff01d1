"""The facts of each subject as the judge takes them, rolled up from what is kept.

A cell's subordinates are counted from its members' levels, a party base's from its cells', a head's caps come from his
collective and organisation. Nothing counted here is typed anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Person, Unit
from generator.rules.rulebook import Rulebook

# Whose ratings the verdict reads, the weightiest first (13-HD/TU, II.1.3: “được cấp có thẩm quyền đánh giá”).
WEIGHT_OF_ASSESSORS = ("authority", "appraisal", "cell_committee", "self")
# Standings that are not classified here. The guidance names the first only; the others follow the reading AMB-41: one
# who takes part elsewhere for a time is rated in his home cell.
NOT_CLASSIFIED_STANDINGS = ("exempt", "suspended", "temporary", "transferred_out")
Facts = dict[str, Any]


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
        "criteria": _ratings(evaluation, (criterion.code for criterion in book.criteria("party_member"))),
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
    return {
        "organisation_type": unit.type,
        "has_cell_committee": unit.has_committee if unit.is_cell else None,
        "established_on": _iso(unit.established_on) or "1930-02-03",
        "evaluated_on": picture.campaign.evaluated_on.isoformat(),
        "review_completed": bool(facts.get("review_completed")),
        "outstanding_evidence": bool(facts.get("outstanding_evidence")),
        "criteria": _ratings(evaluation, (criterion.code for criterion in book.criteria("party_organisation"))),
        "subordinates": _subordinates(picture, unit, book),
        "peer_bodies": _peers(picture, unit, book),
        **{state: facts.get(state) or "none" for state in states},
        "committee_disciplined": bool(facts.get("committee_disciplined")),
        "committee_disunity": bool(facts.get("committee_disunity")),
        "targets": _targets(facts, bool(facts.get("targets_force_majeure"))),
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
                    "good": tally.good or 0,
                    "completed": tally.completed or 0,
                    "not_completed": tally.not_completed or 0,
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

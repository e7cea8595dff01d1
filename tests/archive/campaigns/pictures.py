"""Small party bases built in memory: cells, members, heads, collectives, peers, anything they may be given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import (
    Assessment,
    Ballot,
    Campaign,
    Collective,
    Decision,
    Evaluation,
    Meeting,
    Person,
    Position,
    Shortcoming,
    Tally,
    Unit,
)
from generator.rules.rulebook import load_rulebook

BOOK = load_rulebook()
LEVELS = BOOK.levels.codes
DAY = date(2018, 12, 28)
_KINDS = {"member": "party_member", "party_organisation": "party_organisation"}


def unit(unit_id: str, kind: str, parent: str | None = None, **more: Any) -> Unit:
    """A unit whose id is also its reference and name."""
    values: dict[str, Any] = {"has_committee": True, "established_on": date(1990, 1, 1), **more}
    values |= {"is_cell": BOOK.is_cell(kind), "is_party": kind in BOOK.subject_types("party_organisation")}
    return Unit(unit_id, unit_id, unit_id, None, kind, parent, None, None, **values)


def person(person_id: str, cell: str, head: bool = False, **more: Any) -> Person:
    """A member of a cell, its secretary when `head`."""
    posts = (Position("party", "Bí thư chi bộ", cell, True, True, 1),) if head else ()
    values: dict[str, Any] = {
        "is_public_employee": False,
        "membership_kind": "official",
        "admitted_on": date(2000, 1, 1),
        **more,
    }
    return Person(
        person_id, person_id, person_id, None, None, None, None, values["admitted_on"], None, None, None,
        values["is_public_employee"], True, cell, values["membership_kind"], None, None, posts,
    )  # fmt: skip


def evaluation(
    capacity: str,
    subject: str,
    unit_id: str,
    level: str | None,
    *,
    facts: Mapping[str, Any] | None = None,
    ratings: Mapping[str, str | None] | None = None,
    shortcomings: tuple[Shortcoming, ...] = (),
    decided: bool = True,
) -> Evaluation:
    """An evaluation at a level, with every fact for the best level unless others are given."""
    best = {"review_completed": True, "outstanding_evidence": "Có", "targets_assigned": 4, "targets_completed": 4}
    given = Assessment("authority", None, dict(ratings or {}), level, None, DAY)
    named = {"member": 0, "leader_manager": 0, "party_organisation": 1, "leadership_collective": 2}[capacity]
    who = [subject if place == named else None for place in range(3)]
    decision = Decision(level, "Đảng ủy", None, DAY) if decided and level else None
    return Evaluation(
        f"{capacity}:{subject}", capacity, who[0], who[1], who[2], unit_id, {**best, **(facts or {})}, {},
        level, None, None, (given,), decision, shortcomings,
    )  # fmt: skip


def picture(
    units: list[Unit],
    people: list[Person],
    evaluations: list[Evaluation],
    *,
    collectives: tuple[Collective, ...] = (),
    ballots: tuple[Ballot, ...] = (),
    meetings: tuple[Meeting, ...] = (),
    peers: Mapping[str, str] | None = None,
    places: int | None = None,
) -> Picture:
    """A campaign of 2018 run by the first unit."""
    return Picture(
        campaign=Campaign("c", "2018", BOOK.name, units[0].id, "Nơi", DAY, places, {}),
        units={one.id: one for one in units},
        people={one.id: one for one in people},
        collectives={one.id: one for one in collectives},
        evaluations={one.id: one for one in evaluations},
        ballots=ballots,
        meetings=meetings,
        peers=dict(peers or {}),
        residence={},
    )


def base(*cells: list[str], organisations: str = "good") -> Picture:
    """A party base whose cells have members at these levels; the first of each cell is its secretary."""
    units = [unit("DB", "grassroots_party_committee")]
    people, evaluations = [], [evaluation("party_organisation", "DB", "DB", organisations)]
    for number, levels in enumerate(cells, start=1):
        cell = f"CB{number}"
        units.append(unit(cell, "subordinate_cell", "DB"))
        evaluations.append(evaluation("party_organisation", cell, cell, organisations))
        for place, level in enumerate(levels):
            name = f"DV{number}{place:02d}"
            people.append(person(name, cell, head=place == 0))
            evaluations.append(evaluation("member", name, cell, level))
    return picture(units, people, evaluations)


_LEVEL = st.sampled_from([*LEVELS, "not_classified", None])
_SHORTCOMINGS = st.lists(
    st.builds(
        Shortcoming,
        st.just("2017"),
        st.none(),
        st.just("Chậm báo cáo"),
        st.sampled_from(["remedied", "in_progress", "open"]),
        st.none(),
        st.none(),
    ),
    max_size=1,
).map(tuple)


@st.composite
def _ratings(draw: st.DrawFn, codes: tuple[str, ...]) -> dict[str, str | None]:
    if draw(st.booleans()):
        return dict.fromkeys(codes, "excellent")
    return {code: draw(st.sampled_from([*BOOK.ratings.codes, None])) for code in codes}


_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "review_completed": st.booleans(),
        "outstanding_evidence": st.none(),
        "targets_completed": st.integers(0, 4),
        "card_lost": st.booleans(),
        "public_employee_rating": st.sampled_from([*LEVELS, None]),
        "disciplined_on": st.sampled_from(["2018-05-05", "2017-05-05", "not a day"]),
        "sick_from": st.sampled_from(["2018-01-01", "2018-31-31"]),
        "sick_to": st.sampled_from(["2018-04-01", "2017-01-01"]),
        "committee_member_discipline": st.sampled_from(["none", "self_detected_and_remedied", "not_self_detected"]),
        "remedy_considered": st.just("Đã xem xét"),
    },
)


@st.composite
def _evaluations(draw: st.DrawFn, capacity: str, subject: str, unit_id: str) -> Evaluation:
    kind = _KINDS.get(capacity)
    codes = tuple(one.code for one in BOOK.criteria(kind)) if kind else ("s1", "s2", "t1", "t2", "t3", "t4", "r")
    return evaluation(
        capacity, subject, unit_id, draw(_LEVEL), facts=draw(_FACTS), ratings=draw(_ratings(codes)),
        shortcomings=draw(_SHORTCOMINGS), decided=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def _cell_ballots(draw: st.DrawFn, cell: str, members: list[Evaluation]) -> tuple[Ballot, ...]:
    count = st.integers(0, 6)
    found = []
    for kind in ("member_round1", "member_round2"):
        if draw(st.booleans()):
            continue
        tallies = {
            one.id: Tally(one.id, {level: draw(count) for level in LEVELS[1:]}, draw(count), draw(st.none() | count))
            for one in draw(st.lists(st.sampled_from(members), unique_by=lambda one: one.id))
        }
        found.append(
            Ballot(
                f"{cell}{kind}", f"{cell}-{kind}", cell, kind, DAY, draw(count), draw(st.none() | count), draw(count),
                draw(count), draw(count), draw(st.none() | count), None, None, tallies,
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def _meetings(draw: st.DrawFn, unit_id: str) -> tuple[Meeting, ...]:
    count = st.none() | st.integers(0, 6)
    if draw(st.booleans()):
        return ()
    details = {"summoned": draw(count), "present": draw(count), "absent": draw(st.sampled_from([None, "Ông A ốm"]))}
    return (Meeting(f"h{unit_id}", f"HN-{unit_id}", unit_id, None, "review_cell", DAY, details),)


@st.composite
def party_bases(draw: st.DrawFn) -> Picture:
    """Any đảng bộ of up to three cells of up to four members, with its committee, its head, and odd facts."""
    units = [unit("DB", "grassroots_party_committee"), unit("UB", "government", "DB")]
    people: list[Person] = []
    evaluations = [draw(_evaluations("party_organisation", "DB", "DB"))]
    ballots: tuple[Ballot, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    kinds = st.sampled_from(["official", "official", "probationary", "exempt", "suspended", "away", "transferred_out"])
    for number in range(1, draw(st.integers(1, 3)) + 1):
        cell = f"CB{number}"
        units.append(unit(cell, "subordinate_cell", "DB", has_committee=draw(st.sampled_from([True, False, None]))))
        evaluations.append(draw(_evaluations("party_organisation", cell, cell)))
        members = []
        for place in range(draw(st.integers(1, 4))):
            name = f"DV{number}{place}"
            admitted = draw(st.sampled_from([date(2000, 1, 1), date(2018, 8, 1), None]))
            people.append(
                person(name, cell, place == 0, membership_kind=draw(kinds), admitted_on=admitted,
                       is_public_employee=draw(st.booleans()))
            )  # fmt: skip
            members.append(draw(_evaluations("member", name, cell)))
        evaluations += members
        ballots += draw(_cell_ballots(cell, members))
        meetings += draw(_meetings(cell))
    head = people[0].id
    committee = Collective(
        "DU", "DU", "Ban Chấp hành", "grassroots_committee", "grassroots", "DB", "DB", {head: "head"}, True
    )
    evaluations.append(draw(_evaluations("leadership_collective", "DU", "DB")))
    leader = draw(_evaluations("leader_manager", head, "DB"))
    leads = {"collective": "DU", "heads_unit": draw(st.sampled_from(["DB", "UB"]))}
    evaluations.append(evaluation("leader_manager", head, "DB", leader.level, facts={**leader.facts, **leads}))
    peers = draw(st.dictionaries(st.just("UB"), st.sampled_from(LEVELS)))
    places = draw(st.none() | st.integers(0, 4))
    return picture(
        units, people, evaluations, collectives=(committee,), ballots=ballots, meetings=meetings, peers=peers,
        places=places,
    )  # fmt: skip

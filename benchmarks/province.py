"""A province made up for measuring: party bases as pictures in memory, with cells, members, heads and bodies."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Assessment, Campaign, Collective, Evaluation, Person, Position, Unit

EVALUATED_ON = date(2018, 12, 20)
CELLS = 20
"""Cells of one party base."""

_LEVELS = ("excellent", "good", "completed", "not_completed")
_USUAL = {"excellent": "excellent", "good": "good", "completed": "average", "not_completed": "poor"}
_OF_MEMBERS = ("a1", "a2", "a3", "a4", "a5", "b1", "b2", "d", "dd")
_OF_ORGANISATIONS = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "c")
_OF_COLLECTIVES = ("s1", "s2", "t1", "t2", "t3", "t4", "r")
_NAMES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hà", "Đinh", "Lý"),
    ("Văn", "Thị", "Đức", "Thu", "Quang", "Ngọc", "Minh", "Xuân"),
    ("An", "Bình", "Cường", "Dũng", "Đông", "Giang", "Hường", "Khải", "Lan", "Mai", "Nga", "Phúc", "Sen", "Thịnh"),
)
_FIXED: Mapping[str, Any] = {
    "sections": {},
    "proposal_comment": None,
    "proposal_reason": None,
    "decision": None,
    "shortcomings": (),
}


def party_bases(members: int, cells: int) -> Iterator[Picture]:
    """Party bases one after the other, until they have so many members in so many cells; the same ones every time."""
    made = 0
    for number in range(cells // CELLS):
        whole = members * (number + 1) // (cells // CELLS)
        yield _party_base(number, whole - made)
        made = whole


def _party_base(number: int, members: int) -> Picture:
    chance = random.Random(number)  # noqa: S311 - reproducible, not secret
    owner = _unit(f"DU{number}", "grassroots_party_committee", None)
    units = {owner.id: owner, **{unit.id: unit for unit in (_cell(owner, index) for index in range(CELLS))}}
    cells = [unit for unit in units.values() if unit.is_cell]
    people: dict[str, Person] = {}
    evaluations: list[Evaluation] = []
    for index in range(members):
        cell = cells[index % CELLS]
        person = _person(f"DV{number}.{index}", cell.id, chance, heads=index < CELLS)
        people[person.id] = person
        evaluations.append(_member(person, chance))
    collective = Collective(
        f"TT{number}", f"TT{number}", "Ban Chấp hành", "grassroots_committee", "grassroots", owner.id, owner.id,
        {f"DV{number}.0": "head"},
    )  # fmt: skip
    evaluations += [_organisation(unit, chance) for unit in units.values()]
    evaluations += [_collective(collective, chance), _leader(f"DV{number}.0", owner, collective)]
    return Picture(
        campaign=Campaign(f"c{number}", "2018", "hd13_2018", owner.id, "Thanh Lâm", EVALUATED_ON, None, {}),
        units=units,
        people=people,
        collectives={collective.id: collective},
        evaluations={evaluation.id: evaluation for evaluation in evaluations},
        ballots=(),
        meetings=(),
        peers={},
        residence={},
    )


def _unit(key: str, kind: str, parent: str | None) -> Unit:
    has_committee = True if kind == "subordinate_cell" else None
    is_cell = kind == "subordinate_cell"
    return Unit(
        key, key, f"Đơn vị {key}", None, kind, parent, None, None, has_committee, date(2001, 3, 1), is_cell, True
    )  # fmt: skip


def _cell(owner: Unit, index: int) -> Unit:
    return _unit(f"{owner.id}.{index}", "subordinate_cell", owner.id)


def _person(key: str, cell: str, chance: random.Random, *, heads: bool) -> Person:
    post = Position("party", "Bí thư chi bộ", cell, is_head=True, is_main=True, rank=1)
    name = " ".join(chance.choice(part) for part in _NAMES)
    return Person(
        id=key, reference=key, full_name=name, birth_date=None, sex=None, card_number=None,
        file_number=None, admitted_on=date(chance.randint(1975, 2018), chance.randint(1, 12), 15), official_on=None,
        workplace=None, residence=None, is_public_employee=chance.random() < 0.6, cell_is_residential=True,
        cell_id=cell, membership_kind="exempt" if chance.random() < 0.01 and not heads else "official",
        membership_from=None, membership_note=None, positions=(post,) if heads else (),
    )  # fmt: skip


def _rated(level: str, codes: tuple[str, ...], chance: random.Random) -> tuple[Assessment, ...]:
    ratings = {code: chance.choices((_USUAL[level], "good", "average"), weights=(90, 8, 2))[0] for code in codes}
    return (Assessment("cell_committee", None, ratings, level, None, EVALUATED_ON),)


def _member(person: Person, chance: random.Random) -> Evaluation:
    level = chance.choices(_LEVELS, weights=(13, 67, 18, 2))[0]
    assigned = chance.randint(4, 20)
    facts: dict[str, Any] = {
        "review_completed": chance.random() < 0.99,
        "outstanding_evidence": level == "excellent",
        "public_employee_rating": level if person.is_public_employee else None,
        "targets_assigned": assigned,
        "targets_completed": chance.randint(assigned // 2, assigned),
        "disciplined_on": "2018-05-04" if level == "not_completed" else None,
    }
    if chance.random() < 0.02:
        facts |= {"sick_from": "2018-03-01", "sick_to": "2018-06-30"}
    return Evaluation(
        id=f"m:{person.id}", capacity="member", person_id=person.id, organisation_id=None, collective_id=None,
        unit_id=person.cell_id, facts=facts, proposed_level=None if person.membership_kind == "exempt" else level,
        assessments=_rated(level, _OF_MEMBERS, chance), **_FIXED,
    )  # fmt: skip


def _organisation(unit: Unit, chance: random.Random) -> Evaluation:
    level = chance.choices(_LEVELS, weights=(10, 70, 19, 1))[0]
    facts = {
        "review_completed": True,
        "outstanding_evidence": level == "excellent",
        "targets_assigned": 10,
        "targets_completed": chance.randint(6, 10),
    }
    return Evaluation(
        id=f"o:{unit.id}", capacity="party_organisation", person_id=None, organisation_id=unit.id, collective_id=None,
        unit_id=unit.id, facts=facts, proposed_level=level, assessments=_rated(level, _OF_ORGANISATIONS, chance),
        **_FIXED,
    )  # fmt: skip


def _collective(collective: Collective, chance: random.Random) -> Evaluation:
    level = chance.choices(_LEVELS, weights=(10, 70, 19, 1))[0]
    facts = {
        "review_completed": True,
        "outstanding_evidence": True,
        "main_targets_all_met": True,
        "targets_assigned": 15,
        "targets_completed": 15,
    }
    return Evaluation(
        id=f"c:{collective.id}", capacity="leadership_collective", person_id=None, organisation_id=None,
        collective_id=collective.id, unit_id=collective.unit_id, facts=facts, proposed_level=level,
        assessments=_rated(level, _OF_COLLECTIVES, chance), **_FIXED,
    )  # fmt: skip


def _leader(person: str, unit: Unit, collective: Collective) -> Evaluation:
    facts = {"review_completed": True, "collective": collective.reference, "heads_unit": unit.reference}
    return Evaluation(
        id=f"l:{person}", capacity="leader_manager", person_id=person, organisation_id=None, collective_id=None,
        unit_id=unit.id, facts=facts, proposed_level="good", assessments=(), **_FIXED,
    )  # fmt: skip

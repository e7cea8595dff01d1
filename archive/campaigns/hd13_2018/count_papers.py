"""The papers of counting: the minutes of each secret ballot, and the summary of ballots on leaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, head_of, symbol_of
from archive.campaigns.papers.paper import Document, Paper, distinct_names, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Meeting, Tally, Unit
from generator.vietnamese import joined, name_sort_key, text_sort_key

_FOUR = ("excellent", "good", "completed", "not_completed")
# What tally-minutes calls each kind of ballot, how its title names it, its table and the columns of that table. In
# this order they lie in the dossier.
_BALLOTS = {
    "member_round1": ("round_1", "đảng viên, lần 1", "three_levels", ("good", "completed", "not_completed")),
    "member_round2": ("round_2", "đảng viên, lần 2", "agreement", ("agree",)),
    "organisation_level": ("own_level", "tự xếp loại", "four_levels", _FOUR),
    "decision_members": ("decision", "quyết định xếp loại đảng viên", "four_levels", _FOUR),
    "decision_organisations": ("decision", "quyết định xếp loại tổ chức, tập thể", "four_levels", _FOUR),
    "leaders": ("leaders", "cán bộ lãnh đạo, quản lý", "four_levels", _FOUR),
}
_ORDER = tuple(_BALLOTS)
_ABOUT = {
    "decision_members": "Đảng viên {unit}",
    "decision_organisations": "Tổ chức đảng, tập thể lãnh đạo, quản lý thuộc {unit}",
    "leaders": "Cán bộ lãnh đạo, quản lý thuộc {unit}",
}


def _counted(picture: Picture, ballot: Ballot) -> list[Evaluation]:
    """Whom a ballot was about, as its sheet lists them: cell by cell and by name; organisations before collectives."""
    order = {cell.id: number for number, cell in enumerate(picture.cells)}

    def place(evaluation: Evaluation) -> tuple[object, ...]:
        name = picture.subject_name(evaluation)
        if evaluation.person_id:
            return (0, order.get(evaluation.unit_id, len(order)), name_sort_key(name))
        return (1, 0 if evaluation.organisation_id else 1, text_sort_key(name))

    return sorted((picture.evaluations[one] for one in ballot.tallies), key=place)


def _tally_row(name: str, tally: Tally, columns: tuple[str, ...], issued: int) -> Document:
    row: Document = {"subject": name}
    for column in columns:
        value = tally.votes if column == "agree" else tally.counts.get(column)
        row[column] = value or 0
    if "agree" in row:
        row["disagree"] = max(issued - row["agree"] - (tally.invalid or 0), 0)
    row["invalid"] = tally.invalid or 0
    return row


def _meeting(picture: Picture, unit: Unit, ballot: Ballot) -> Meeting | None:
    """The meeting that voted: the cell's review, the one that decided, else the one of that day."""
    if unit.is_cell:
        return picture.meeting(unit.id, "review_cell")
    if ballot.kind.startswith("decision_"):
        return picture.meeting(unit.id, "decision")
    days = [one for one in picture.meetings if one.unit_id == unit.id and one.held_on == ballot.held_on]
    return days[-1] if days else None


def _about(unit: Unit, ballot: Ballot, names: Iterable[str]) -> str:
    """Whom a ballot was about; on their own level the bodies themselves."""
    if ballot.kind == "organisation_level":
        return joined(list(names))
    return _ABOUT.get(ballot.kind, "{unit}").format(unit=unit.name)


def _voters(picture: Picture, unit: Unit) -> str:
    led = next((one for one in picture.collectives.values() if one.unit_id == unit.id), None)
    if unit.is_cell or (led is None and not unit.is_party):
        return f"hội nghị {unit.name}"
    return f"hội nghị {led.name if led else f'Ban Chấp hành {unit.name}'}"


def tally_document(picture: Picture, unit: Unit, ballot: Ballot) -> Document:
    """The minutes of one count (13-HD/TU, II.2.5: the chi ủy counts)."""
    kind, _, rows, columns = _BALLOTS[ballot.kind]
    meeting = _meeting(picture, unit, ballot)
    chair = head_of(picture, unit)
    tellers = [{"full_name": ballot.head_teller, "role": "Trưởng ban kiểm phiếu"}] if ballot.head_teller else []
    others = re.split(r"[;,\n]", ballot.tellers or "")
    tellers += [{"full_name": name.strip(), "role": "Ủy viên"} for name in others if name.strip()]
    present = ballot.present if ballot.present is not None else ballot.issued
    counted = _counted(picture, ballot)
    names = distinct_names(picture, counted)
    return given({
        **heading(picture, unit, ballot.held_on, symbol_of(unit, "BB")),
        "ballot": kind,
        "about": _about(unit, ballot, names.values()),
        "held_on": ballot.held_on.isoformat() if ballot.held_on else None,
        "venue": meeting.details["place"] if meeting else None,
        "counted_by": f"Chi ủy {unit.name}" if unit.has_committee else "Ban kiểm phiếu",
        "voters": _voters(picture, unit),
        "tellers": tellers,
        rows: [_tally_row(names[one.id], ballot.tallies[one.id], columns, ballot.returned) for one in counted],
        "counters_authority": "T/M Ban kiểm phiếu",
        "counters_title": "Trưởng ban",
        "counters_head": ballot.head_teller,
        "chair": (meeting.details["chair"] if meeting else None) or (chair.full_name if chair else None),
        "chair_position": meeting.details["chair_title"] if meeting else None,
    }) | {
        "entitled": ballot.entitled,
        "present": present,
        "absent": max(ballot.entitled - present, 0),
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.returned - ballot.invalid,
        "invalid": ballot.invalid,
    }  # fmt: skip


def tally_papers(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """The minutes of every count of a unit, and for the owner of the bodies beside it."""
    working = {cell.id for cell in picture.cells} | {picture.owner.id}
    for ballot in picture.ballots:
        beside = unit.id == picture.owner.id and ballot.unit_id not in working
        if not (ballot.unit_id == unit.id or beside) or ballot.kind not in _BALLOTS or not ballot.tallies:
            continue
        voted = picture.units[ballot.unit_id]
        yield Paper(
            f"ballots:tally:{_ORDER.index(ballot.kind)}:{ballot.id}", "tally-minutes", "final", "ballots", unit.id,
            "other_documents",
            f"Biên bản kiểm phiếu ({_BALLOTS[ballot.kind][1]}){f' {voted.name}' if beside else ''}",
            tally_document(picture, voted, ballot), None, body_name(voted), f"{ballot.reference}-kiem-phieu",
        )  # fmt: skip
    leaders = picture.ballot(unit.id, "leaders")
    if leaders:
        for evaluation in picture.leaders(unit):
            if evaluation.id in leaders.tallies:
                document = leaders_document(picture, unit, leaders, [evaluation])
                yield Paper(
                    f"ballots:tally-summary:{evaluation.id}", "tally-summary", "final", "ballots", unit.id,
                    "ballot_summary", "Bảng tổng hợp kết quả kiểm phiếu", document, evaluation.id, body_name(unit),
                    f"{picture.subject_reference(evaluation)}-tong-hop-kiem-phieu",
                )  # fmt: skip
        document = leaders_document(picture, unit, leaders, list(picture.leaders(unit)))
        yield Paper(
            f"ballots:tally-summary:{unit.id}", "tally-summary", "final", "ballots", unit.id, "other_documents",
            "Bảng tổng hợp kết quả kiểm phiếu đánh giá cán bộ lãnh đạo, quản lý", document, None, body_name(unit),
            f"{unit.reference}-tong-hop-kiem-phieu",
        )  # fmt: skip


def leaders_document(picture: Picture, unit: Unit, ballot: Ballot, leaders: list[Evaluation]) -> Document:
    """The summary of ballots on leaders and managers (13-HD/TU, VI.2, gạch 7): of all, or of one for his dossier."""
    listed = []
    for evaluation in leaders:
        tally = ballot.tallies.get(evaluation.id)
        facts = evaluation.facts
        row = given(
            {
                "full_name": picture.subject_name(evaluation),
                "position": facts.get("title"),
                "self_level": facts.get("claimed_level"),
                "cell_level": facts.get("level_at_cell"),
                "collective_level": facts.get("level_at_collective"),
                "proposed": evaluation.proposed_level if evaluation.proposed_level != "not_classified" else None,
            }
        )
        if tally:
            row |= tally.counts
        listed.append(row)
    return given({
        **heading(picture, unit, ballot.held_on),
        **committee_signature(picture, unit),
        "deciding_body": f"Hội nghị Ban Chấp hành {unit.name}",
        "held_on": ballot.held_on.isoformat() if ballot.held_on else None,
        "rows": listed,
        "recipients": recipients(f"Ban Tổ chức {committee_above(picture, unit)} (để báo cáo)", "Lưu hồ sơ đánh giá"),
    }) | {
        "entitled": ballot.entitled,
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.returned - ballot.invalid,
        "invalid": ballot.invalid,
    }  # fmt: skip

"""The papers of counting: the minutes of each secret ballot, and the summary of ballots on leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, head_of, symbol_of
from archive.campaigns.papers.paper import Document, Paper, distinct_names, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Tally, Unit
from generator.vietnamese import name_sort_key, text_sort_key

_FOUR = ("excellent", "good", "completed", "not_completed")
# What tally-minutes calls each kind of ballot, how its title names it, its table and the columns of that table. In
# this order they lie in the dossier.
_BALLOTS = {
    "member_round1": ("round_1", "đảng viên, lần 1", "three_levels", ("good", "completed", "not_completed")),
    "member_round2": ("round_2", "đảng viên, lần 2", "agreement", ("agree",)),
    "organisation_level": ("four_levels", "tự xếp loại", "four_levels", _FOUR),
    "decision_members": ("four_levels", "quyết định xếp loại đảng viên", "four_levels", _FOUR),
    "decision_organisations": ("four_levels", "quyết định xếp loại tổ chức, tập thể", "four_levels", _FOUR),
}
_ORDER = tuple(_BALLOTS)
_ABOUT = {
    "organisation_level": "Tự xếp loại chất lượng",
    "decision_members": "Quyết định xếp loại chất lượng đảng viên",
    "decision_organisations": "Quyết định xếp loại tổ chức đảng, tập thể lãnh đạo, quản lý",
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


def tally_document(picture: Picture, unit: Unit, ballot: Ballot) -> Document:
    """The minutes of one count (13-HD/TU, II.2.5: the chi ủy counts)."""
    kind, _, rows, columns = _BALLOTS[ballot.kind]
    meeting = picture.meeting(unit.id, "review_cell" if unit.is_cell else "decision")
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
        "about": _ABOUT.get(ballot.kind) or unit.name,
        "held_on": ballot.held_on.isoformat() if ballot.held_on else None,
        "venue": meeting.details["place"] if meeting else None,
        "counted_by": f"Chi ủy {unit.name}" if unit.has_committee else "Ban kiểm phiếu",
        "voters": f"hội nghị {unit.name if unit.is_cell else 'Ban Chấp hành ' + unit.name}",
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
    """The minutes of every count of a unit."""
    for ballot in picture.ballots:
        if ballot.unit_id != unit.id or ballot.kind not in _BALLOTS or not ballot.tallies:
            continue
        yield Paper(
            f"ballots:tally:{_ORDER.index(ballot.kind)}:{ballot.id}", "tally-minutes", "final", "ballots", unit.id,
            "other_documents",
            f"Biên bản kiểm phiếu ({_BALLOTS[ballot.kind][1]})", tally_document(picture, unit, ballot), None,
            body_name(unit), f"{ballot.reference}-kiem-phieu",
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

"""The papers of a cell: its ballots (Mẫu 5.2, 5.3) and its report (Mẫu 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.campaigns.hd13_2018.cases import member_facts
from archive.campaigns.hd13_2018.votes import outcome_of
from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, symbol_of
from archive.campaigns.papers.paper import Document, Paper, distinct_names, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook


def eligible(picture: Picture, cell: Unit, judgement: CampaignJudgement) -> list[Evaluation]:
    """The members a cell votes on: neither outside the classification nor barred from it."""
    return [evaluation for evaluation in picture.members(cell.id) if not judgement.of(evaluation).barred]


def _candidates(picture: Picture, cell: Unit, evaluations: Sequence[Evaluation]) -> list[Document]:
    names = distinct_names(picture, evaluations)
    rows = []
    for evaluation in evaluations:
        # Every voter knows which cell it is: “Phó Bí thư Chi bộ Khu 1” needs no more than “Phó Bí thư chi bộ”.
        note = picture.person_of(evaluation).titles("party").replace(cell.name, "chi bộ")
        rows.append(given({"full_name": names[evaluation.id], "note": note}))
    return rows


def _to_elect(picture: Picture, cell: Unit, voters: list[Evaluation], judgement: CampaignJudgement) -> list[Evaluation]:
    """Who stands on Mẫu 5.3: whom round 2 voted on; before it, who is good in round 1 and may be excellent."""
    second, result = picture.ballot(cell.id, "member_round2"), outcome_of(judgement, cell.id)
    if result is None or result.round1_results is None:
        return []
    if second and second.tallies:
        return [evaluation for evaluation in voters if evaluation.id in second.tallies]
    return [
        evaluation
        for evaluation in voters
        if result.round1_results.get(picture.subject_reference(evaluation)) == "good"
        and judgement.of(evaluation).highest == "excellent"
    ]


def ballot_papers(picture: Picture, cell: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    """The sheets of both rounds: Mẫu 5.2, and Mẫu 5.3 once round 1 is counted (13-HD/TU, II.2.5)."""
    first = picture.ballot(cell.id, "member_round1")
    day = first.held_on if first else None
    voters = eligible(picture, cell, judgement)
    if voters:
        document = heading(picture, cell, day) | {"candidates": _candidates(picture, cell, voters)}
        yield Paper(
            f"ballots:5.2:{cell.id}", "5.2", "blank", "ballots", cell.id, "other_documents",
            "Mẫu phiếu xếp loại chất lượng đảng viên (lần 1)", document, None, body_name(cell), f"{cell.reference}-5.2",
        )  # fmt: skip
    good = _to_elect(picture, cell, voters, judgement)
    if good:
        second = picture.ballot(cell.id, "member_round2")
        document = heading(picture, cell, day) | {"candidates": _candidates(picture, cell, good)}
        if second and second.places:
            document["most_votes"] = second.places
        yield Paper(
            f"ballots:5.3:{cell.id}", "5.3", "blank", "ballots", cell.id, "other_documents",
            "Mẫu phiếu bầu đảng viên hoàn thành xuất sắc nhiệm vụ (lần 2)", document, None, body_name(cell),
            f"{cell.reference}-5.3",
        )  # fmt: skip


def _figures(picture: Picture, members: tuple[Evaluation, ...], judgement: CampaignJudgement) -> Document:
    kinds = [picture.person_of(evaluation).membership_kind for evaluation in members]
    excluded = [evaluation for evaluation in members if judgement.of(evaluation).excluded]
    young = [
        evaluation
        for evaluation in members
        if any(finding.rule_id == "GEN-05" for finding in judgement.of(evaluation).findings)
    ]
    exempt = sum(picture.person_of(evaluation).membership_kind == "exempt" for evaluation in excluded)
    to_classify = len(members) - len(excluded) - len(young)
    classified = sum(1 for evaluation in members if evaluation.level and not judgement.of(evaluation).barred)
    figures: Document = {
        "total": len(members),
        "official": sum(kind != "probationary" for kind in kinds),
        "probationary": kinds.count("probationary"),
        "exempt": exempt,
        "outside": len(excluded) - exempt,
        "under_six_months": len(young),
        "to_classify": to_classify,
        "classified": classified,
        "not_yet": to_classify - classified,
    }
    if to_classify > classified:
        waiting = [
            picture.subject_name(evaluation)
            for evaluation in members
            if not judgement.of(evaluation).excluded
            and evaluation not in young
            and (not evaluation.level or judgement.of(evaluation).barred)
        ]
        # One line of the form: names while they find room in it, else their number.
        who = f"đồng chí {', đồng chí '.join(waiting)}" if len(waiting) <= 10 else f"{len(waiting)} đồng chí"
        figures["not_yet_reason"] = f"{who} chưa đủ điều kiện xếp loại"
    return figures


def _member_row(
    picture: Picture, evaluation: Evaluation, first: Ballot, second: Ballot | None, book: Rulebook
) -> Document:
    person = picture.person_of(evaluation)
    own, committee = evaluation.assessed_by("self"), evaluation.assessed_by("cell_committee")
    organisation = evaluation.assessed_by("mass_organisation")
    tally = first.tallies.get(evaluation.id)
    votes = second.tallies.get(evaluation.id) if second else None
    comment = picture.residence.get(person.id)
    posts = [person.titles(one) for one in ("party", "government", "mass_organisation")]
    return given(
        {
            "full_name": person.full_name,
            "birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "position": ", ".join(post for post in posts if post),
            "self_level": (own.level if own else None) or evaluation.proposed_level,
            "employee_level": evaluation.facts.get("public_employee_rating"),
            "cell_committee_level": committee.level if committee else None,
            "mass_organisation_level": organisation.level if organisation else None,
            "residence": ("satisfactory" if comment.satisfied else "unsatisfactory")
            if comment and comment.satisfied is not None
            else None,
            "comment": evaluation.proposal_comment
            or (committee.comment if committee else None)
            or f"{book.levels.label(evaluation.proposed_level or 'not_classified')}.",
            "proposed_level": evaluation.proposed_level or "not_classified",
        }
    ) | {
        "round1_good": tally.counts.get("good", 0) if tally else 0,
        "round1_completed": tally.counts.get("completed", 0) if tally else 0,
        "round1_not_completed": tally.counts.get("not_completed", 0) if tally else 0,
        **({"round2_votes": votes.votes} if votes and votes.votes is not None else {}),
    }


def cell_report(picture: Picture, cell: Unit, judgement: CampaignJudgement, book: Rulebook) -> Paper | None:
    """Mẫu 6; None until round 1 is counted. A draft while the rulebook refuses one of its proposals."""
    first, second = picture.ballot(cell.id, "member_round1"), picture.ballot(cell.id, "member_round2")
    if first is None or not first.tallies:
        return None
    members = picture.members(cell.id)
    rows = [one for one in eligible(picture, cell, judgement) if one.level is not None]
    refused = [one for one in rows if judgement.of(one).refused and not one.decision]
    meeting = picture.meeting(cell.id, "review_cell")
    above = committee_above(picture, cell)
    failed = [
        f"{picture.subject_name(one)}: {one.proposal_reason or one.proposal_comment or ''}".rstrip(": ")
        for one in rows
        if one.proposed_level == "not_completed"
    ]
    result = outcome_of(judgement, cell.id)
    document = given({
        **heading(picture, cell, meeting.held_on if meeting else None, symbol_of(cell, "BC")),
        **committee_signature(picture, cell),
        "addressee": above,
        "figures": _figures(picture, members, judgement),
        "round1": {
            "entitled": first.entitled, "issued": first.issued, "returned": first.returned, "invalid": first.invalid,
        },
        "round2": {
            "issued": second.issued, "returned": second.returned, "invalid": second.invalid,
            "chosen": len((result.chosen_excellent if result else None) or ()),
        } if second else None,
        "members": [_member_row(picture, one, first, second, book) for one in rows],
        "reasons": "\n".join(failed),
        "proposals": f"Đề nghị {above} xem xét, quyết định xếp loại "
        f"chất lượng đảng viên năm {picture.campaign.period} theo danh sách trên.",
        "recipients": recipients(f"{above} (để báo cáo)", "Lưu chi bộ"),
    })  # fmt: skip
    return Paper(
        f"submit:6:{cell.id}", "6", "draft" if refused else "final", "submit", cell.id, "other_documents",
        f"Báo cáo tổng hợp kết quả đánh giá, đề xuất xếp loại chất lượng đảng viên năm {picture.campaign.period}",
        document, None, body_name(cell), f"{cell.reference}-6",
        {"members": [member_facts(picture, one, book) for one in rows]},
    )  # fmt: skip

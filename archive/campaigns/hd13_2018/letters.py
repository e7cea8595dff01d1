"""What goes to and fro with the dossiers: letters of submission, suggestions, demands to review again, plans to remedy.

13-HD/TU, VI.1 (submission), I.4.1.b (suggestion by the managing level), I.4.2, gạch 5 (review again), I.3.1 (remedies).
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.campaigns.hd13_2018.cell_papers import eligible
from archive.campaigns.hd13_2018.decided import stands
from archive.campaigns.hd13_2018.kinds import kind_of, organisation_kind
from archive.campaigns.papers.bodies import (
    body_name,
    collective_signature,
    committee_above,
    committee_name,
    committee_signature,
    signature_of,
    symbol_of,
)
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date

_VOTED = (
    ("excellent", "hoàn thành xuất sắc nhiệm vụ"),
    ("good", "hoàn thành tốt nhiệm vụ"),
    ("completed", "hoàn thành nhiệm vụ"),
    ("not_completed", "không hoàn thành nhiệm vụ"),
)


def _enclosed(*listed: tuple[str, int, str]) -> list[Document]:
    """Rows of what is sent: name, how many, and the word they are counted by; what there is none of is left out."""
    return [{"name": name, "quantity": f"{count:02d} {unit}"} for name, count, unit in listed if count]


def _own_votes(picture: Picture, unit: Unit) -> str | None:
    """How a unit voted on its own level (13-HD/TU, II.1.6, bước 1, gạch 2)."""
    organisation, ballot = picture.organisation(unit.id), picture.ballot(unit.id, "organisation_level")
    tally = ballot.tallies.get(organisation.id) if organisation and ballot else None
    if ballot is None or tally is None:
        return None
    told = [f"{tally.counts[code]}/{ballot.returned} phiếu {label}" for code, label in _VOTED if tally.counts.get(code)]
    return f"Kết quả bỏ phiếu kín tự xếp loại chất lượng {unit.name}: {', '.join(told)}."


def _kept(picture: Picture, unit: Unit) -> tuple[int, int]:
    """How many minutes of counts and of review conferences a unit has."""
    counts = sum(one.unit_id == unit.id and bool(one.tallies) for one in picture.ballots)
    return counts, sum(one.unit_id == unit.id and one.kind.startswith("review_") for one in picture.meetings)


def _letter(picture: Picture, unit: Unit, stage: str, document: Document) -> Paper:
    return Paper(
        f"{stage}:submission-letter:{unit.id}", "submission-letter", "final", stage, unit.id, "other_documents",
        f"{'Tờ trình' if document['paper_type'] == 'statement' else 'Công văn'} nộp hồ sơ đánh giá, xếp loại chất "
        f"lượng năm {picture.campaign.period}", document, None, body_name(unit), f"{unit.reference}-nop-ho-so",
    )  # fmt: skip


def cell_letter(picture: Picture, cell: Unit, judgement: CampaignJudgement) -> Paper | None:
    """The letter with which a cell hands its papers to the committee above; None until round 1 is counted (VI.1)."""
    first = picture.ballot(cell.id, "member_round1")
    if first is None or not first.tallies:
        return None
    kind, organisation, above = organisation_kind(picture, cell), picture.organisation(cell.id), committee_above
    counts, reviews = _kept(picture, cell)
    to, period = above(picture, cell), picture.campaign.period
    document = given({
        **heading(picture, cell, None, symbol_of(cell, "CV")),
        **committee_signature(picture, cell),
        "addressees": to,
        "sending_body": cell.name,
        "receiving_body": to,
        "paper_type": "letter",
        "documents": _enclosed(
            ("Báo cáo tổng hợp kết quả đánh giá, đề xuất xếp loại chất lượng đảng viên (Mẫu 6)", 1, "bản"),
            ("Biên bản hội nghị kiểm điểm, đánh giá, xếp loại chất lượng", reviews, "bản"),
            ("Biên bản kiểm phiếu", counts, "bản"),
            (
                f"Phiếu phân tích chất lượng tổ chức đảng (Mẫu {kind.form if kind else '3'})",
                1 if organisation and organisation.assessed_by("self") else 0,
                "bản",
            ),
            ("Hồ sơ kiểm điểm, đánh giá của đảng viên", len(eligible(picture, cell, judgement)), "bộ"),
        ),
        "results": _own_votes(picture, cell),
        "proposal": f"{cell.name} đề nghị {to} xem xét, quyết định xếp loại chất lượng chi bộ và đảng viên năm "
        f"{period} theo báo cáo và hồ sơ gửi kèm.",
        "recipients": recipients("Như trên", "Lưu chi bộ"),
    })  # fmt: skip
    return _letter(picture, cell, "submit", document)


def owner_letter(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> Paper | None:
    """The statement with which the owner asks the committee above to decide (VI.1, C.4); None until it has decided."""
    owner = picture.owner
    organisation = picture.organisation(owner.id)
    if not any(stands(one, judgement) for one in picture.all_members()):
        return None
    kind, to = organisation_kind(picture, owner), f"Ban Thường vụ {committee_above(picture, owner)}"
    committees = [one for one in picture.collectives_of(owner) if one.unit_id == owner.id and kind_of(picture, one)]
    leaders = picture.leaders(owner)
    counts, reviews = _kept(picture, owner)
    asked = [one for one in (organisation, *committees) if one and one.proposed_level in dict(_VOTED)]
    lines = [
        f"- Xếp loại chất lượng {picture.subject_name(one)} năm {picture.campaign.period} mức "
        f"“{book.levels.label(one.proposed_level or '')}”."
        for one in asked
    ]
    if leaders:
        lines.append(f"- Xem xét, đánh giá, xếp loại {len(leaders):02d} cán bộ lãnh đạo, quản lý theo hồ sơ gửi kèm.")
    if not lines:
        return None
    document = given({
        **heading(picture, owner, None, symbol_of(owner, "TTr")),
        **committee_signature(picture, owner),
        "addressees": to,
        "sending_body": body_name(owner),
        "receiving_body": to,
        "paper_type": "statement",
        "documents": _enclosed(
            ("Báo cáo kết quả kiểm điểm, đánh giá, xếp loại chất lượng", 1, "bản"),
            ("Báo cáo kiểm điểm tập thể (Mẫu 1)", sum(bool(one.sections) for one in committees), "bản"),
            (
                f"Phiếu phân tích chất lượng tổ chức đảng (Mẫu {kind.form if kind else '3'})",
                1 if organisation and organisation.assessed_by("self") else 0,
                "bản",
            ),
            ("Biên bản hội nghị kiểm điểm tập thể, cá nhân", reviews, "bản"),
            ("Biên bản kiểm phiếu", counts, "bản"),
            ("Hồ sơ kiểm điểm, đánh giá của cán bộ lãnh đạo, quản lý", len(leaders), "bộ"),
        ),
        "results": _own_votes(picture, owner),
        "proposal": "\n".join([f"{body_name(owner)} đề nghị {to}:", *lines]),
        "recipients": recipients("Như trên", f"Lưu {body_name(owner)}"),
    })  # fmt: skip
    return _letter(picture, owner, "decide", document)


def _open(evaluation: Evaluation) -> bool:
    return any(one.status != "remedied" for one in evaluation.shortcomings)


def suggestion_paper(picture: Picture, unit: Unit) -> Paper | None:
    """The owner's blank suggestion to the bodies it manages that have not remedied all that was found (I.4.1.b)."""
    if unit.id != picture.owner.id:
        return None
    cells = [one for cell in picture.cells if cell.id != unit.id and (one := picture.organisation(cell.id))]
    beside = [one for one in picture.collectives_of(unit) if one.unit_id != unit.id]
    listed = [one for one in (*cells, *beside) if _open(one)]
    if not listed:
        return None
    matters = [
        {"subject": picture.subject_name(one), "matter": shortcoming.text}
        for one in listed
        for shortcoming in one.shortcomings
        if shortcoming.status != "remedied"
    ]
    body = body_name(unit)
    document = given({
        **heading(picture, unit, None, symbol_of(unit, "CV")),
        **committee_signature(picture, unit),
        "addressees": ",\n".join(picture.subject_name(one) for one in listed),
        "sending_body": body,
        "matters": matters,
        "report_to": body,
        "recipients": recipients("Như trên", f"Lưu {body}"),
    })  # fmt: skip
    return Paper(
        f"prepare:review-suggestion:{unit.id}", "review-suggestion", "blank", "prepare", unit.id, "",
        "Gợi ý kiểm điểm", document, None, body, f"{unit.reference}-goi-y-kiem-diem",
    )  # fmt: skip


def _speaks(picture: Picture, evaluation: Evaluation) -> tuple[Unit, Document]:
    """The unit that speaks for a subject, and who signs for it; a person signs himself."""
    collective = picture.collectives.get(evaluation.collective_id or "")
    unit = picture.units[evaluation.unit_id]
    if evaluation.person_id:
        return unit, {"signer": picture.subject_name(evaluation)}
    return unit, collective_signature(picture, collective) if collective else signature_of(picture, unit)


def _concluded(picture: Picture, evaluation: Evaluation) -> str | None:
    """The conference whose conclusion a plan goes by: that of the body, of a person that of his cell."""
    held = [
        one
        for one in picture.meetings
        if one.unit_id == evaluation.unit_id
        and (one.kind == "review_cell" or (one.kind == "review_collective" and not evaluation.person_id))
        and (evaluation.collective_id is None or one.collective_id == evaluation.collective_id)
    ]
    last = max(held, key=lambda one: one.held_on, default=None)
    return f"kết luận tại hội nghị kiểm điểm ngày {short_date(last.held_on)}" if last else None


def remedy_document(picture: Picture, evaluation: Evaluation) -> Document:
    """The plan to remedy what is not remedied yet: the shortcomings stand in it, measures and days are for the pen."""
    unit, signed = _speaks(picture, evaluation)
    name = picture.subject_name(evaluation)
    return given({
        **heading(picture, unit, None, "" if evaluation.person_id else symbol_of(unit, "KH")),
        **signed,
        "sending_body": committee_name(name),
        "subject": name,
        "basis": _concluded(picture, evaluation),
        "measures": [
            given({"shortcoming": one.text, "responsible": one.responsibility})
            for one in evaluation.shortcomings
            if one.status != "remedied"
        ],
        "recipients": recipients(f"{committee_above(picture, unit)} (để báo cáo)", f"Lưu {body_name(unit)}"),
    })  # fmt: skip


def again_document(picture: Picture, evaluation: Evaluation) -> Document:
    """The demand that a subject be reviewed again, from the owner; what was wrong and until when is for the pen."""
    owner, name = picture.owner, picture.subject_name(evaluation)
    who = f"đồng chí {name}, {posts_of(picture, evaluation) or 'đảng viên'}" if evaluation.person_id else name
    body = body_name(owner)
    return given({
        **heading(picture, owner, None, symbol_of(owner, "CV")),
        **committee_signature(picture, owner),
        "addressees": body_name(picture.units[evaluation.unit_id]),
        "sending_body": body,
        "subject": who,
        "report_to": body,
        "recipients": recipients("Như trên", f"Lưu {body}"),
    })  # fmt: skip


def remedy_papers(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """A blank plan for each body of a unit with something left to remedy, a demand for each sent back to review."""
    for evaluation in picture.worked_by(unit):
        wanted = []
        if not evaluation.person_id and _open(evaluation):
            wanted.append(("remedy-plan", "Kế hoạch khắc phục hạn chế", remedy_document(picture, evaluation)))
        # Whoever takes the step may write the demand in full at once; then no blank is wanted.
        if evaluation.id in picture.reviewed_again and not picture.has_paper(evaluation.id, "review-again-request"):
            wanted.append(("review-again-request", "Yêu cầu kiểm điểm lại", again_document(picture, evaluation)))
        for form, title, document in wanted:
            yield Paper(
                f"submit:{form}:{evaluation.id}", form, "blank", "submit", unit.id, "", title, document, evaluation.id,
                picture.subject_name(evaluation), f"{picture.subject_reference(evaluation)}-{form}",
            )  # fmt: skip

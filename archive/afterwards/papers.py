"""The papers of what happens to a result afterwards (13-HD/TU, V.1, gạch 7; V.3), as their forms take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from archive.afterwards.amending import STAGE, Work
from archive.campaigns.hd13_2018.letters import again_document
from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, symbol_of
from archive.campaigns.papers.extracts import subject_lines
from archive.campaigns.papers.paper import CAPACITIES, Document, Paper, given, heading, identity, recipients
from archive.campaigns.subjects import Evaluation
from archive.records.afterwards import Annulment, Complaint
from generator.forms.library import UnknownForm, manifest
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date

_CONCERNS = {"member": "party_member"}
Decided = Mapping[str, Any]


def has_form(book: Rulebook, code: str) -> bool:
    """Whether a guidance has a form; another one may not know these papers."""
    try:
        manifest(code, book)
    except UnknownForm:
        return False
    return True


def put_in(work: Work, paper: Paper, waived: Iterable[str] = ()) -> None:
    """Makes a paper and puts it into the dossier, where the guidance has its form."""
    book = work.before.book
    if not has_form(book, paper.form):
        return
    kinds = manifest(paper.form, book).subject_kinds
    if paper.facts and paper.facts.get("subject_kind") not in kinds:
        # The level was judged already; the form itself cannot ask about this kind.
        paper = replace(paper, facts=None)
    work.paper(paper, sorted(waived))


def annulment_paper(work: Work, decided: Decided, annulment: Mapping[str, Any], due_on: date | None) -> Paper:
    """The decision that annuls a result."""
    evaluation, picture = work.evaluation, work.picture
    day = date.fromisoformat(annulment["annulled_on"])
    document = given({
        **_issued(work, "QĐ", annulment["number"], day),
        **_subject(evaluation, work),
        "deciding_body": annulment["body"],
        "annulled_number": _number(decided["number"]),
        "annulled_date": decided["decided_on"],
        "annulled_body": decided["body"] or body_name(picture.owner),
        "annulled_level": decided["level"],
        "cause": annulment["cause"],
        "findings": annulment["reason"],
        "further_grounds": annulment.get("further_grounds"),
        "annulled_on": annulment["annulled_on"],
        "due_on": due_on.isoformat() if due_on else None,
        "reviewing_body": annulment["reviewing_body"],
        "reports_to": annulment["reports_to"],
        "enforcement": _enforcement(work),
        "recipients": _sent_to(work, annulment["reports_to"]),
    })  # fmt: skip
    return _paper(work, "annulment-decision", "conclusion", "Quyết định hủy kết quả xếp loại chất lượng", document,
                  annulment["body"], "huy-ket-qua")  # fmt: skip


def reclassification_paper(
    work: Work, former: Decided, annulment: Annulment, decided: Decided, due_on: date | None,
    facts: Mapping[str, Any] | None,
) -> Paper:  # fmt: skip
    """The decision that classifies again after an annulment; the judge is asked once more by the form itself.

    Args:
        decided: the row of the new decision, with the `comment` it prints, the day of the second review
            (`reviewed_on`) and of the vote (`voted_on`).
    """
    picture = work.picture
    late = due_on is not None and date.fromisoformat(decided["decided_on"]) > due_on
    document = given({
        **_issued(work, "QĐ", decided["number"], date.fromisoformat(decided["decided_on"])),
        **_subject(work.evaluation, work),
        "deciding_body": decided["body"],
        "former_number": _number(former["number"]),
        "former_date": former["decided_on"],
        "former_body": former["body"] or body_name(picture.owner),
        "former_level": former["level"],
        "annulment_number": _number(annulment.number or annulment.document),
        "annulment_date": annulment.annulled_on,
        "reviewed_on": decided["reviewed_on"],
        "voted_on": decided["voted_on"],
        "comment": decided["comment"],
        "level": decided["level"],
        "missed_on" if late else "due_on": due_on.isoformat() if due_on else None,
        "reports_to": annulment.reports_to,
        "enforcement": _enforcement(work),
        "recipients": _sent_to(work, annulment.reports_to),
    })  # fmt: skip
    return _paper(work, "reclassification-decision", "conclusion", "Quyết định xếp loại lại chất lượng", document,
                  decided["body"], "xep-loai-lai", facts)  # fmt: skip


def receipt_paper(
    work: Work, complaint: Complaint, decided: Decided, number: str | None, day: date, papers: Iterable[Document]
) -> Paper:
    """The note that a complaint was received, with the papers that came (`title`, `pages`)."""
    owner = work.picture.owner
    document = given({
        **_issued(work, "TB", number, day),
        **_complainant(complaint, work),
        "receiving_body": body_name(owner),
        "address": complaint.address,
        "received_through": complaint.received_through,
        "receiver": complaint.receiver,
        **_contested(decided, work),
        "content": complaint.grounds,
        "attachments": [given({"title": one["title"], "sheets": one["pages"]}) for one in papers],
        "examined_by": complaint.examined_by or body_name(owner),
        "reply_by": complaint.reply_by,
        "recipients": recipients(complaint.complainant, f"Lưu {body_name(owner)}"),
    })  # fmt: skip
    return _paper(work, "complaint-receipt", "complaint_file", "Thông báo tiếp nhận khiếu nại", document,
                  body_name(owner), f"tiep-nhan-khieu-nai-{complaint.id}")  # fmt: skip


def conclusion_paper(
    work: Work, complaint: Complaint, decided: Decided, said: Mapping[str, Any], facts: Mapping[str, Any] | None
) -> Paper:
    """The written conclusion on a complaint, for whoever made it (13-HD/TU, V.3, gạch 2).

    Args:
        said: `number`, `taken_on`, `outcome`, `findings`, `grounds`, and what the outcome asks for: `new_level`; or
            `reviewing_body`. The last day in time is told by the decision that annuls, from whose day it is counted.
    """
    owner = work.picture.owner
    receipt = next((step for step in complaint.steps if step.kind == "acknowledged"), None)
    examined = [f"Ngày {short_date(date.fromisoformat(step.taken_on))}: {step.text}"
                for step in complaint.steps if step.kind == "considered"]  # fmt: skip
    document = given({
        **_issued(work, "KL", said["number"], date.fromisoformat(said["taken_on"])),
        **_complainant(complaint, work),
        "concluding_body": body_name(owner),
        "receipt_number": _number(receipt.number) if receipt and receipt.number else None,
        "receipt_date": receipt.taken_on if receipt else None,
        **_contested(decided, work),
        "content": complaint.grounds,
        "examination": "\n".join(examined),
        "findings": said["findings"],
        "outcome": said["outcome"],
        "new_level": said.get("new_level"),
        "reviewing_body": said.get("reviewing_body"),
        "grounds": said["grounds"],
        "duties": said.get("duties") or f"Giao {body_name(owner)} thông báo kết luận đến người khiếu nại và lưu hồ sơ.",
        "recipients": recipients(complaint.complainant, work.picture.units[work.unit_id].name,
                                 f"Lưu {body_name(owner)}"),
    })  # fmt: skip
    return _paper(work, "complaint-conclusion", "complaint_file", "Kết luận giải quyết khiếu nại", document,
                  body_name(owner), f"ket-luan-khieu-nai-{complaint.id}", facts)  # fmt: skip


def opinion_paper(work: Work, opinion: Mapping[str, Any], opinion_id: str, decided: Decided | None) -> Paper:
    """The sheet of a reserved opinion, which its holder signs (13-HD/TU, V.3, gạch 1)."""
    picture, evaluation = work.picture, work.evaluation
    own = identity(picture, picture.person_of(evaluation)) if evaluation.person_id else {"full_name": opinion["holder"]}
    document = given({
        **heading(picture, picture.units[evaluation.unit_id], date.fromisoformat(opinion["received_on"])),
        **own,
        "addressee": body_name(picture.owner),
        "decision_number": decided["number"] if decided else None,
        "decision_date": decided["decided_on"] if decided else None,
        "decision_body": decided["body"] if decided else None,
        "level": decided["level"] if decided else None,
        "points": [given({name: opinion[name] for name in ("statement", "opinion", "proof")})],
        "proposal": opinion["proposal"],
        "reported_to": opinion["reported_to"],
        "received_on": opinion["received_on"],
        "received_by": opinion["received_by"],
    })  # fmt: skip
    return _paper(work, "reserved-opinion", "complaint_file", "Ý kiến bảo lưu", document, opinion["holder"],
                  f"bao-luu-y-kien-{opinion_id}")  # fmt: skip


def review_again_paper(work: Work, said: Mapping[str, Any], number: str | None, day: date) -> Paper:
    """The letter that asks for another review (13-HD/TU, C.1, đoạn 2).

    Args:
        said: `held_on`, `faults` (`fault`, `request`), `review_by`, `due_on`; maybe `basis`, `attended_by`.
    """
    document = given({
        **again_document(work.picture, work.evaluation), **_issued(work, "CV", number, day), **said,
    })  # fmt: skip
    return _paper(work, "review-again-request", "other_documents", "Yêu cầu kiểm điểm lại", document,
                  body_name(work.picture.owner), "yeu-cau-kiem-diem-lai")  # fmt: skip


def _paper(
    work: Work, form: str, item: str, title: str, document: Document, author: str, name: str,
    facts: Mapping[str, Any] | None = None,
) -> Paper:  # fmt: skip
    evaluation = work.evaluation
    # Each of them is a new paper of its own: an annulment may be followed by another.
    key = f"{STAGE}:{form}:{evaluation.id}:{len(work.to_print)}:{document.get('date')}:{name}"
    reference = work.picture.subject_reference(evaluation)
    return Paper(
        key, form, "final", STAGE, work.unit_id, item, title, document, evaluation.id, author,
        f"{reference}-{CAPACITIES[evaluation.capacity]}-{name}", facts,
    )  # fmt: skip


def _issued(work: Work, kind: str, number: str | None, day: date) -> Document:
    picture, owner = work.picture, work.picture.owner
    own, _, symbol = (number or "").partition("-")
    about = picture.people.get(work.evaluation.person_id or "")
    document = heading(picture, owner, day, symbol or symbol_of(owner, kind))
    document |= {"number": own} if own and symbol else {}
    return document | committee_signature(picture, owner, about)


def _sent_to(work: Work, superior: str) -> str:
    owner = work.picture.owner
    return recipients("Như Điều 3", f"{superior} (để báo cáo)", f"Lưu {body_name(owner)}")


def _subject(evaluation: Evaluation, work: Work) -> Document:
    concerns = _CONCERNS.get(evaluation.capacity, evaluation.capacity)
    lines = subject_lines(work.picture, evaluation)
    if concerns == "party_member" and "position" in lines:
        # The decision says “đảng viên” before the name already.
        lines["position"] = str(lines["position"]).removeprefix("Đảng viên, ")
    return {**lines, "concerns": concerns}


def _complainant(complaint: Complaint, work: Work) -> Document:
    person = work.picture.people.get(work.evaluation.person_id or "")
    own = person is not None and person.full_name == complaint.complainant
    born = person.birth_date.isoformat() if person and own and person.birth_date else None
    lines = subject_lines(work.picture, work.evaluation) if own else {}
    return {
        "complainant": complaint.complainant,
        "birth_date": born,
        "position": complaint.position or lines.get("position"),
        "complaint_date": complaint.dated_on,
        "received_on": complaint.received_on,
    }


def _contested(decided: Decided, work: Work) -> Document:
    return {
        "contested_number": _number(decided["number"]),
        "contested_date": decided["decided_on"],
        "contested_body": decided["body"] or body_name(work.picture.owner),
        "contested_level": decided["level"],
    }


def _number(number: str | None) -> str:
    return number or "(chưa vào sổ)"


def _enforcement(work: Work) -> str:
    unit, name = work.picture.units[work.unit_id].name, work.picture.subject_name(work.evaluation)
    whom = f"đồng chí {name}" if work.evaluation.person_id else name
    named = f"{unit} và {whom}" if whom != unit else unit
    return f"{named} chịu trách nhiệm thi hành Quyết định này."


def reports_to(work: Work) -> str:
    """The committee above, to which a second classification is reported."""
    return committee_above(work.picture, work.picture.owner)

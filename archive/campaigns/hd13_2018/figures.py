"""Figures that were typed beside those the records count: sheets, voters, those present, places.

A figure that differs is shown with both numbers and where each comes from; which of them is right only the unit knows,
so nothing is corrected and nobody is refused. What the judge itself finds wrong with a cell's ballot stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from archive.campaigns.hd13_2018.votes import VOTING
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Meeting, Tally, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rulebooks.hd13_2018.results import QuotaResult
from generator.rules.applied import AppliedBook, applied
from generator.rules.findings import Finding, Shortfall
from generator.rules.rulebook import Rulebook
from generator.vietnamese import joined

# Who takes part in the meetings of a cell.
ATTENDING = (*VOTING, "probationary")
_MAY_ATTEND = (*ATTENDING, "exempt", "away")
_CELL_ROUNDS = ("member_round1", "member_round2")
_RULES = {
    "organisation_level": "ORG-PROC-02",
    "decision_members": "MEM-AUTH-01",
    "decision_organisations": "ORG-PROC-04",
    "leaders": "DOS-08",
}
_REMEDY = "Kiểm lại biên bản, danh sách rồi sửa số ghi sai"


def compared(picture: Picture, judgement: CampaignJudgement, unit: Unit, book: Rulebook) -> tuple[Finding, ...]:
    """What differs between the figures typed for a unit and those counted from its records, errors first."""
    own = applied(book)
    found: list[Finding] = []
    if unit.is_cell and unit.id in judgement.ballots:
        found += [one for one in judgement.ballots[unit.id].findings if one.severity == "error"]
    for ballot in picture.ballots:
        if ballot.unit_id == unit.id:
            found += _of_ballot(picture, judgement, unit, ballot, own)
    for meeting in picture.meetings:
        if meeting.unit_id == unit.id:
            found += _of_meeting(picture, unit, meeting, own)
    if unit.id == picture.owner.id:
        found += _of_places(picture, judgement, own)
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def _differs(own: AppliedBook, rule_id: str, message: str, typed: str, counted: str, remedy: str = _REMEDY) -> Finding:
    shortfall = Shortfall(
        given=f"{typed}; {counted}", message=message, needed="Hai số khớp nhau", remedy=remedy, severity="warning"
    )
    if any(rule.id == rule_id for rule in own.book.rules):
        return own.finding_of(rule_id, shortfall)
    # A guidance of another shape need not have the rule; the two figures differ all the same.
    return Finding(rule_id, "warning", own.book.short_citation, message, shortfall.given, shortfall.needed, remedy)


def _named(ballot: Ballot, own: AppliedBook) -> str:
    return f"phiếu “{ballot.reference}” ({own.book.choices['ballot_kind'].get(ballot.kind, ballot.kind)})"


def _of_ballot(
    picture: Picture, judgement: CampaignJudgement, unit: Unit, ballot: Ballot, own: AppliedBook
) -> Iterator[Finding]:
    if ballot.kind in _CELL_ROUNDS:
        yield from _sheets_by_round(picture, ballot, own)
    else:
        yield from _sheets(picture, ballot, own)
    if unit.is_cell:
        yield from _voters(picture, unit, ballot, own)
    if unit.is_cell and ballot.kind == "member_round1" and ballot.tallies:
        yield from _voted_on(picture, judgement, unit, ballot, own)
    meeting = next((one for one in picture.meetings if (one.unit_id, one.held_on) == (unit.id, ballot.held_on)), None)
    present = meeting.details.get("present") if meeting else None
    if meeting and present is not None and ballot.present is not None and ballot.present > present:
        yield _differs(
            own, "BAL-06", "Số người bỏ phiếu nhiều hơn số người dự họp",
            f"Ở {_named(ballot, own)} ghi {ballot.present} người có mặt",
            f"biên bản hội nghị “{meeting.reference}” cùng ngày ghi {present} người có mặt",
        )  # fmt: skip


def _counted(tally: Tally) -> int | None:
    """The sheets of a tally of levels; None for one of votes alone."""
    return sum(tally.counts.values()) + (tally.invalid or 0) if tally.counts else None


def _sheets_by_round(picture: Picture, ballot: Ballot, own: AppliedBook) -> Iterator[Finding]:
    # The sums themselves are the judge's (BAL-05); he does not read how many sheets were invalid as a whole.
    less = [
        picture.subject_name(picture.evaluations[tally.evaluation_id])
        for tally in ballot.tallies.values()
        if _counted(tally) is not None and (tally.invalid or 0) < ballot.invalid
    ]
    if less:
        yield _differs(
            own, "BAL-05", "Số phiếu không hợp lệ ghi chung và ghi cho từng người không khớp",
            f"Ở {_named(ballot, own)} ghi {ballot.invalid} phiếu không hợp lệ",
            f"bảng kiểm phiếu ghi ít hơn cho {joined(less)}",
        )  # fmt: skip


def _sheets(picture: Picture, ballot: Ballot, own: AppliedBook) -> Iterator[Finding]:
    rule_id = _RULES[ballot.kind]
    evaluations = [picture.evaluations[tally.evaluation_id] for tally in ballot.tallies.values()]
    if ballot.kind == "organisation_level" and any(one.collective_id for one in evaluations):
        rule_id = "COL-AUTH-06"
    wrong = []
    for evaluation, tally in zip(evaluations, ballot.tallies.values(), strict=True):
        counted = _counted(tally)
        if counted is not None and counted != ballot.returned:
            wrong.append(f"{picture.subject_name(evaluation)} cộng được {counted}")
        elif (tally.votes or 0) > ballot.returned:
            wrong.append(f"{picture.subject_name(evaluation)} được {tally.votes}")
    if wrong:
        yield _differs(
            own, rule_id, "Số phiếu của từng đối tượng không khớp số phiếu thu về",
            f"Ở {_named(ballot, own)} ghi thu về {ballot.returned} phiếu", f"bảng kiểm phiếu: {'; '.join(wrong)}",
        )  # fmt: skip
    if not ballot.invalid <= ballot.returned <= ballot.issued <= ballot.entitled:
        yield _differs(
            own, rule_id, "Số phiếu phát ra, thu về không khớp nhau",
            f"Ở {_named(ballot, own)} ghi {ballot.entitled} người được quyền bỏ phiếu, phát ra {ballot.issued} phiếu",
            f"thu về {ballot.returned}, không hợp lệ {ballot.invalid}",
        )  # fmt: skip


def _voters(picture: Picture, cell: Unit, ballot: Ballot, own: AppliedBook) -> Iterator[Finding]:
    kinds = [picture.person_of(one).membership_kind for one in picture.members(cell.id)]
    voting = sum(kind in VOTING for kind in kinds)
    typed = f"Ở {_named(ballot, own)} ghi {ballot.entitled} người được quyền bỏ phiếu"
    if ballot.entitled > voting:
        counted = f"danh sách chi bộ có {voting} đảng viên chính thức đang sinh hoạt"
        yield _differs(own, "BAL-06", "Số người được quyền bỏ phiếu nhiều hơn số đảng viên chính thức", typed, counted)
    meeting = picture.meeting(cell.id, "review_cell")
    summoned, present = _attendance(meeting)
    if meeting is None or summoned is None or present is None:
        return
    absent = max(summoned - present, 0)
    if ballot.entitled < voting - absent:
        yield _differs(
            own, "BAL-06", "Số người được quyền bỏ phiếu ít hơn số đảng viên chính thức trừ người vắng", typed,
            f"danh sách chi bộ có {voting} đảng viên chính thức, biên bản hội nghị “{meeting.reference}” ghi vắng "
            f"{absent}, còn {voting - absent}",
        )  # fmt: skip


def _voted_on(
    picture: Picture, judgement: CampaignJudgement, cell: Unit, ballot: Ballot, own: AppliedBook
) -> Iterator[Finding]:
    members = {one.id: one for one in picture.members(cell.id)}
    eligible = {key for key, one in members.items() if not judgement.of(one).barred}
    strangers = [key for key in ballot.tallies if key not in eligible]
    left_out = [key for key in members if key in eligible and key not in ballot.tallies]
    typed = f"Ở {_named(ballot, own)} có kết quả của {len(ballot.tallies)} người"
    counted = f"chi bộ có {len(eligible)} đảng viên thuộc diện xếp loại"
    if strangers:
        yield _differs(
            own, "SCP-04", "Có kết quả phiếu của người không thuộc diện xếp loại ở chi bộ", typed,
            f"{counted}; không thuộc diện: {_names(picture, strangers)}",
        )  # fmt: skip
    if left_out:
        yield _differs(
            own, "SCP-04", "Có đảng viên thuộc diện xếp loại nhưng không có kết quả phiếu", typed,
            f"{counted}; chưa có: {_names(picture, left_out)}",
        )  # fmt: skip


def _names(picture: Picture, keys: Iterable[str]) -> str:
    return joined([picture.subject_name(picture.evaluations[key]) for key in keys])


def _attendance(meeting: Meeting | None) -> tuple[int | None, int | None]:
    details = meeting.details if meeting else {}
    return details.get("summoned"), details.get("present")


def _of_meeting(picture: Picture, unit: Unit, meeting: Meeting, own: AppliedBook) -> Iterator[Finding]:
    summoned, present = _attendance(meeting)
    typed = f"Biên bản hội nghị “{meeting.reference}” ghi triệu tập {summoned}"
    if summoned is not None and present is not None:
        if present > summoned:
            yield _differs(
                own, "REV-29", "Số người có mặt nhiều hơn số triệu tập", typed, f"cũng biên bản ấy ghi có mặt {present}"
            )
        elif present < summoned and not meeting.details.get("absent"):
            yield _differs(
                own, "GEN-02", "Có người vắng nhưng chưa ghi ai vắng, vì sao", f"{typed}, có mặt {present}",
                f"vắng {summoned - present}, mục vắng mặt để trống", "Ghi tên người vắng; đánh giá họ sớm nhất có thể",
            )  # fmt: skip
    if unit.is_cell and meeting.kind == "review_cell" and summoned is not None:
        kinds = [picture.person_of(one).membership_kind for one in picture.members(unit.id)]
        least = sum(kind in ATTENDING for kind in kinds)
        most = sum(kind in _MAY_ATTEND for kind in kinds)
        if not least <= summoned <= most:
            counted = f"danh sách chi bộ có {least} đảng viên đang sinh hoạt"
            yield _differs(own, "REV-03", "Số triệu tập không khớp số đảng viên của chi bộ", typed, counted)


def _of_places(picture: Picture, judgement: CampaignJudgement, own: AppliedBook) -> Iterator[Finding]:
    places = picture.campaign.excellent_places
    if places is None:
        return
    quota = cast(QuotaResult, judgement.decided_quota)
    typed = f"Thông tin đợt ghi {places} đảng viên được xếp loại xuất sắc"
    if places > quota.max_excellent_pool:
        yield _differs(
            own, "QUO-05", "Số lượng xuất sắc đã ấn định vượt mức tối đa", typed, quota.arithmetic,
            "Ấn định lại số lượng, bằng hoặc thấp hơn mức tối đa",
        )  # fmt: skip
    if quota.excellent > places:
        yield _differs(
            own, "QUO-05", "Số đảng viên xuất sắc nhiều hơn số lượng đã ấn định", typed,
            f"các quyết định, đề nghị hiện có {quota.excellent} đảng viên xuất sắc",
            "Giảm số xuất sắc, hoặc cấp có thẩm quyền ấn định lại số lượng",
        )  # fmt: skip

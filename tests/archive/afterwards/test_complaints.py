"""Complaints and reserved opinions: from the day they come in to the written conclusion (13-HD/TU, V.3)."""

from __future__ import annotations

import io
import sqlite3
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from archive.afterwards.amending import Attachment
from archive.afterwards.annulments import annul
from archive.afterwards.complaint_reading import complaint_named, listed_complaints, read_complaint
from archive.afterwards.complaints import Handled, Opening, acknowledge, consider, open_complaint
from archive.afterwards.concluding import Conclusion, resolve
from archive.afterwards.errors import AfterwardsRefused, LevelRefused, NotPermitted
from archive.afterwards.opinions import Opinion, reserve_opinion
from archive.afterwards.reclassifying import reclassify
from archive.afterwards.waiting import waiting
from archive.campaigns.effects import effects
from archive.errors import NotFound
from archive.intake.papers import PaperRefused
from archive.office.accounts import Account
from archive.records.afterwards import complaint_state
from archive.records.database import one, rows, writing
from archive.records.dossiers import list_dossiers, read_file
from search.find import find
from tests.archive.afterwards.conftest import MEMBER, Filed

GROUNDS = "Chi bộ chưa xét đến thành tích đột xuất quý III của tôi."
_sheet = io.BytesIO()
_writer = PdfWriter()
_writer.add_blank_page(595, 842)
_writer.write(_sheet)
PDF = _sheet.getvalue()


def opened(filed: Filed, account: Account | None, reference: str = MEMBER, capacity: str = "member",
           received_on: date = date(2019, 1, 10), grounds: str = GROUNDS, **more: object) -> Handled:  # fmt: skip
    dossier = filed.dossier(reference, capacity)
    name = str(filed.row(reference, capacity)["subject_name"])
    with filed.office.locked():
        return open_complaint(
            filed.office, filed.database, dossier, Opening(name, received_on, grounds), account=account,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip


def concluded(filed: Filed, account: Account | None, complaint: str, outcome: str, level: str | None = None) -> Handled:
    said = Conclusion(outcome, date(2019, 1, 20), "07-KL/ĐU", "Đã kiểm tra hồ sơ.", "Biên bản họp ngày 15/01.", level)
    with filed.office.locked():
        if not rows(filed.database, "SELECT 1 FROM complaint_step WHERE complaint_id = ? AND kind = 'considered'",
                    [complaint]):  # fmt: skip
            consider(filed.office, filed.database, complaint, considered_on=date(2019, 1, 15), text="Họp xác minh.",
                     account=account)  # fmt: skip
        return resolve(filed.office, filed.database, complaint, said, account=account)


def test_a_whole_life_from_complaint_to_second_decision(filed: Filed, clerk: Account, approver: Account) -> None:
    made = opened(filed, clerk).complaint_id
    assert filed.clean() and filed.row()["complaint"] == "open"
    with filed.office.locked():
        acknowledge(filed.office, filed.database, made, acknowledged_on=date(2019, 1, 11), number="05-TB/ĐU",
                    account=clerk)  # fmt: skip
        assert filed.clean()
        consider(filed.office, filed.database, made, considered_on=date(2019, 1, 15), text="Họp xác minh với chi ủy.",
                 account=clerk)  # fmt: skip
    assert filed.clean() and filed.row()["complaint"] == "open"
    concluded(filed, approver, made, "annulled")
    assert filed.clean() and filed.row()["complaint"] == "none"
    [told] = waiting(filed.database, date(2019, 1, 21))
    assert told["kind"] == "to_annul"
    with filed.office.locked():
        annul(filed.office, filed.database, filed.dossier(), reason="Như kết luận.", document="21-QĐ/ĐU",
              annulled_on=date(2019, 1, 22), account=approver, complaint=made)  # fmt: skip
        assert filed.clean()
        reclassify(filed.office, filed.database, filed.dossier(), level="completed", decision="30-QĐ/ĐU",
                   decided_on=date(2019, 2, 20), account=approver)  # fmt: skip
    assert filed.clean()
    assert filed.row()["version"] == 7
    assert [title for item, title in filed.papers() if item == "complaint_file"] == [
        "Thông báo tiếp nhận khiếu nại", "Kết luận giải quyết khiếu nại"
    ]  # fmt: skip
    assert GROUNDS in filed.text("complaint-receipt")
    conclusion = filed.text("complaint-conclusion")
    assert "Họp xác minh với chi ủy." in conclusion and "Biên bản họp ngày 15/01." in conclusion
    assert "07-KL/ĐU" in filed.text("annulment-decision")
    assert [action for action in filed.actions() if action.startswith("complaint")] == [
        "complaint.opened", "complaint.acknowledged", "complaint.considered", "complaint.concluded"
    ]  # fmt: skip


def test_while_it_is_open_it_shows_in_lists_and_hits(filed: Filed, clerk: Account) -> None:
    opened(filed, clerk)
    listed = {row["dossier_id"]: row["complaint"] for row in list_dossiers(filed.database)}
    assert {dossier for dossier, state in listed.items() if state == "open"} == {filed.dossier()}
    hits = find(filed.office, filed.database, str(filed.row()["subject_name"]))["hits"]
    assert {hit["complaint"] for hit in hits if hit["dossier_id"] == filed.dossier()} == {"open"}
    [told] = waiting(filed.database, date(2019, 6, 1))
    assert (told["kind"], told["state"]) == ("complaint", "open")  # nothing is late: the guidance has no limit


def test_kept_leaves_the_result_as_it_is(filed: Filed, clerk: Account, approver: Account) -> None:
    made = opened(filed, clerk).complaint_id
    said = Conclusion("kept", date(2019, 1, 20), "07-KL/ĐU", "Đã xem.", "Biên bản.")
    with pytest.raises(AfterwardsRefused, match="phải xem xét rồi mới kết luận"), filed.office.locked():
        resolve(filed.office, filed.database, made, said, account=approver)
    concluded(filed, approver, made, "kept")
    row = filed.row()
    assert (row["status"], row["level"], row["complaint"], row["version"]) == ("filed", "good", "none", 4)
    assert filed.clean()


def test_adjusted_puts_another_level_in_its_place_if_the_rules_allow_it(
    filed: Filed, clerk: Account, approver: Account
) -> None:
    made = opened(filed, clerk).complaint_id
    with filed.office.locked():
        consider(filed.office, filed.database, made, considered_on=date(2019, 1, 15), text="Họp.", account=clerk)
    before = filed.row()
    with pytest.raises(LevelRefused, match="MEM-EXC"):
        concluded(filed, approver, made, "adjusted", "excellent")
    assert filed.row() == before
    concluded(filed, approver, made, "adjusted", "completed")
    assert (filed.row()["status"], filed.row()["level"]) == ("reclassified", "completed")
    decisions = rows(filed.database, "SELECT level, number, supersedes IS NOT NULL AS later FROM decision"
                     " WHERE evaluation_id = ? ORDER BY rowid", [filed.evaluation(MEMBER).id])  # fmt: skip
    assert [(row["level"], row["later"]) for row in decisions] == [("good", 0), ("completed", 1)]
    assert filed.clean()


def test_two_complaints_keep_it_open_until_both_are_concluded(filed: Filed, clerk: Account, approver: Account) -> None:
    first, second = opened(filed, clerk).complaint_id, opened(filed, clerk).complaint_id
    concluded(filed, approver, first, "kept")
    assert filed.row()["complaint"] == "open"
    assert complaint_named(filed.database, filed.dossier()) == second
    concluded(filed, approver, second, "kept")
    assert filed.row()["complaint"] == complaint_state(filed.database, filed.evaluation(MEMBER).id) == "none"
    with pytest.raises(NotFound, match="còn phải giải quyết"):
        complaint_named(filed.database, filed.dossier())


def test_what_is_concluded_stays_so(filed: Filed, clerk: Account, approver: Account) -> None:
    made = opened(filed, clerk).complaint_id
    concluded(filed, approver, made, "kept")
    with pytest.raises(AfterwardsRefused, match="đã được kết luận"):
        concluded(filed, approver, made, "annulled")
    for table in ("complaint", "complaint_step"):
        for sql in (f"UPDATE {table} SET recorded_at = ''", f"DELETE FROM {table}"):
            sql = sql.replace("recorded_at", "opened_at") if table == "complaint" else sql
            with pytest.raises(sqlite3.IntegrityError, match="rows are kept"), writing(filed.database):
                filed.database.execute(sql)


def test_the_rules_say_what_v_3_does_not_speak_of(filed: Filed, clerk: Account) -> None:
    [finding] = opened(filed, clerk).findings
    assert (finding.rule_id, finding.severity) == ("CMP-02", "warning")
    messages = {one.message for one in opened(filed, clerk, received_on=date(2018, 12, 1)).findings}
    assert "Đơn nhận trước khi có kết quả" in messages


def test_there_must_be_a_result_to_complain_of(filed: Filed, clerk: Account) -> None:
    undecided = one(filed.database, "SELECT p.reference FROM evaluation e JOIN person p ON p.id = e.person_id"
                    " WHERE e.capacity = 'member' AND e.id NOT IN (SELECT evaluation_id FROM decision)"
                    " AND EXISTS (SELECT 1 FROM dossier d WHERE d.evaluation_id = e.id)") or {}  # fmt: skip
    with pytest.raises(AfterwardsRefused, match="chưa có kết quả"):
        opened(filed, clerk, undecided["reference"])
    with pytest.raises(NotFound, match="hồ sơ đợt"), filed.office.locked():
        open_complaint(
            filed.office, filed.database, f"2018-u-{filed.evaluation(MEMBER).unit_id}",
            Opening("Ai đó", date(2019, 1, 10), GROUNDS), account=clerk,
        )  # fmt: skip


def test_papers_handed_in_lie_in_the_dossier_as_they_came(filed: Filed, clerk: Account) -> None:
    opened(filed, clerk, attachments=(Attachment("don.pdf", PDF, "Đơn khiếu nại"),))
    files = rows(filed.database, "SELECT path FROM dossier_file WHERE dossier_id = ? AND version = 2 AND title = ?",
                 [filed.dossier(), "Đơn khiếu nại"])  # fmt: skip
    assert read_file(filed.office, filed.database, filed.dossier(), files[0]["path"]) == PDF
    assert filed.clean()


def test_a_paper_that_cannot_be_taken_leaves_nothing_behind(filed: Filed, clerk: Account) -> None:
    before = filed.row()
    with pytest.raises(PaperRefused):
        opened(filed, clerk, attachments=(Attachment("don.pdf", b"%PDF-1.4 broken", "Đơn"),))
    assert filed.row() == before
    assert rows(filed.database, "SELECT 1 FROM complaint") == []
    assert rows(filed.database, "SELECT 1 FROM content") == []


def test_who_may_do_what(filed: Filed, clerk: Account, approver: Account, personnel: Account, auditor: Account) -> None:
    for account in (None, personnel, auditor):
        with pytest.raises(NotPermitted):
            opened(filed, account)
    made = opened(filed, clerk).complaint_id
    for account in (None, clerk, personnel, auditor):
        with pytest.raises(NotPermitted, match="Người duyệt"):
            concluded(filed, account, made, "kept")
    for account in (None, clerk, personnel):
        with pytest.raises(NotPermitted):
            read_complaint(filed.database, made, account)
    dossier, complaint = read_complaint(filed.database, made, auditor)
    assert (dossier, complaint.grounds) == (filed.dossier(), GROUNDS)
    assert filed.actions()[-1] == "complaint.read"
    assert GROUNDS not in str(listed_complaints(filed.database, "2018", only_open=True))


def test_a_reserved_opinion_is_kept_and_changes_nothing(filed: Filed, clerk: Account, personnel: Account) -> None:
    opinion = Opinion("Chưa năng động.", "Tôi đã đề xuất ba sáng kiến.", date(2019, 1, 9), proof="Biên bản số 3.")
    with filed.office.locked():
        done = reserve_opinion(filed.office, filed.database, filed.dossier(), opinion, account=clerk)
        with pytest.raises(NotPermitted):
            reserve_opinion(filed.office, filed.database, filed.dossier(), opinion, account=personnel)
    row = filed.row()
    assert (done.version, row["status"], row["level"], row["complaint"]) == (2, "filed", "good", "none")
    text = filed.text("reserved-opinion")
    assert all(said in text for said in ("Chưa năng động.", "Tôi đã đề xuất ba sáng kiến.", "Biên bản số 3."))
    assert filed.clean()


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=300)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grounds=_TEXT.filter(lambda text: text.strip()))
def test_whatever_is_complained_of_is_kept_letter_for_letter_and_never_indexed(
    filed: Filed, clerk: Account, auditor: Account, grounds: str
) -> None:
    made = opened(filed, clerk, grounds=grounds).complaint_id
    assert read_complaint(filed.database, made, auditor)[1].grounds == grounds.strip()
    notes = [row["note"] for row in rows(filed.database, "SELECT note FROM event WHERE object = ?", [filed.dossier()])]
    assert all(len(grounds.strip()) < 4 or grounds.strip() not in note for note in notes)


def test_the_words_of_a_complaint_are_not_found_by_searching(filed: Filed, clerk: Account) -> None:
    opened(filed, clerk, grounds="Chuyện xylophon bí mật.")
    assert find(filed.office, filed.database, "xylophon")["total"] == 0


def test_what_would_be_decided_again_can_be_asked_before(filed: Filed, approver: Account) -> None:
    from archive.campaigns.effects import Change

    with filed.office.locked():
        annul(filed.office, filed.database, filed.dossier(), reason="Khuyết điểm.", document="21-QĐ/ĐU",
              annulled_on=date(2019, 1, 22), account=approver)  # fmt: skip
    found = effects(filed.situation().picture, Change(filed.evaluation(MEMBER).id, "excellent"))
    assert not found.allowed

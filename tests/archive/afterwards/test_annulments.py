"""Annulling and classifying again: judged, in time or too late, whole or not at all (13-HD/TU, V.1, gạch 7)."""

from __future__ import annotations

from datetime import date

import pytest

from archive.afterwards.annulments import annul
from archive.afterwards.errors import AfterwardsRefused, LevelRefused, NotPermitted
from archive.afterwards.outcome import Changed
from archive.afterwards.reclassifying import reclassify, report_upward
from archive.afterwards.waiting import waiting
from archive.campaigns.status import campaign_status
from archive.office.accounts import Account
from archive.office.own_days import set_own_day
from archive.records.database import one, rows
from archive.records.dossiers import list_dossiers
from archive.store.filing import recover
from archive.store.ocfl import Store
from search.find import find
from search.history import history
from tests.archive.afterwards.conftest import MEMBER, Filed

ANNULLED = date(2019, 1, 22)
LAST = date(2019, 3, 12)  # the 30th working day, Tết of 2019 left out


def annulled(filed: Filed, account: Account | None, reference: str = MEMBER, **more: object) -> Changed:
    with filed.office.locked():
        return annul(
            filed.office, filed.database, filed.dossier(reference), reason="Phát hiện vi phạm quy chế chi tiêu.",
            document="21-QĐ/ĐU", annulled_on=ANNULLED, account=account, today=ANNULLED, **more,  # type: ignore[arg-type]
        )[0]  # fmt: skip


def again(filed: Filed, account: Account | None, on: date, level: str = "completed", **more: object) -> Changed:
    with filed.office.locked():
        return reclassify(
            filed.office, filed.database, filed.dossier(), level=level, decision="30-QĐ/ĐU", decided_on=on,
            account=account, today=on, **more,  # type: ignore[arg-type]
        )[0]  # fmt: skip


def test_an_annulled_result_is_marked_everywhere_and_the_former_version_stays(filed: Filed, approver: Account) -> None:
    before = filed.row()
    done = annulled(filed, approver)
    after = filed.row()
    assert (before["status"], before["level"], before["version"]) == ("filed", "good", 1)
    assert (after["status"], after["level"], after["version"]) == ("annulled", None, 2)
    assert (done.level, done.version) == (None, 2)
    listed = {row["dossier_id"]: row for row in list_dossiers(filed.database)}[filed.dossier()]
    assert (listed["status"], listed["level"]) == ("annulled", None)
    [hit] = [one for one in find(filed.office, filed.database, before["subject_name"])["hits"]
             if one["dossier_id"] == filed.dossier()]  # fmt: skip
    assert (hit["status"], hit["level"]) == ("annulled", None)
    [match] = history(filed.database, MEMBER)["matches"]
    told = {result["period"]: (result["level"], result["status"]) for result in match["results"]}
    assert told["2018"] == (None, "annulled")
    assert "kết quả xếp loại đã bị hủy" in filed.text("00-bia").lower()
    assert "kết quả xếp loại đã bị hủy" in filed.text("00-muc-luc").lower()
    store = Store(filed.office.store_root)
    first, second = store.state(filed.dossier(), 1), store.state(filed.dossier(), 2)
    # What was filed stays as it was, in its own version and in the new one.
    assert {
        path: first[path] for path in first if path[:2] not in ("00", "do") and path < "04"
    }.items() <= second.items()
    assert filed.clean()


def test_the_decision_lies_among_the_conclusions_and_says_until_when(filed: Filed, approver: Account) -> None:
    done = annulled(filed, approver)
    assert done.clock.due_on == LAST
    conclusions = [title for item, title in filed.papers() if item == "conclusion"]
    assert conclusions == ["Trích quyết định xếp loại chất lượng", "Quyết định hủy kết quả xếp loại chất lượng"]
    text = filed.text("annulment-decision")
    for told in ("Phát hiện vi phạm quy chế chi tiêu.", "12/3/2019", "12-QĐ/ĐU"):
        assert told.replace("/3/", "/03/") in text or told in text
    version = Store(filed.office.store_root).versions(filed.dossier())[-1]
    assert "Hủy kết quả xếp loại" in version.message and version.user.name == approver.full_name


def test_in_time_the_second_decision_stands_and_the_report_ends_the_clock(filed: Filed, approver: Account) -> None:
    annulled(filed, approver)
    done = again(filed, approver, date(2019, 2, 20))
    assert (done.level, done.clock.state, done.clock.findings) == ("completed", "running", ())
    with filed.office.locked():
        reported, _ = report_upward(
            filed.office, filed.database, filed.dossier(), reported_on=LAST, report="12-BC/ĐU", account=approver,
            today=LAST,
        )  # fmt: skip
    assert (reported.clock.state, reported.clock.findings) == ("in_time", ())
    assert (filed.row()["status"], filed.row()["level"], filed.row()["version"]) == ("reclassified", "completed", 4)
    steps = rows(filed.database, "SELECT step FROM step WHERE evaluation_id = ? ORDER BY id",
                 [filed.evaluation(MEMBER).id])  # fmt: skip
    assert [row["step"] for row in steps][-3:] == ["filed", "annulled", "reclassified"]
    assert [action for action in filed.actions() if not action.startswith("dossier")] == [
        "decision.annulled",
        "decision.reclassified",
        "reclassification.reported",
    ]
    assert "Hoàn thành nhiệm vụ" in filed.text("reclassification-decision")
    assert waiting(filed.database, LAST) == []
    assert filed.clean()


def test_too_late_is_done_all_the_same_and_said(filed: Filed, approver: Account) -> None:
    annulled(filed, approver)
    late = date(2019, 3, 13)
    done = again(filed, approver, late, reported_on=late, report="12-BC/ĐU")
    assert done.clock.state == "late"
    [finding] = done.clock.findings
    assert (finding.rule_id, finding.severity) == ("DL-05", "error")
    assert "13/03/2019" in finding.given or "13/3/2019" in finding.given
    assert filed.row()["status"] == "reclassified"
    assert filed.clean()


def test_a_running_clock_shows_in_the_status_and_turns_overdue(filed: Filed, approver: Account) -> None:
    annulled(filed, approver)
    [told] = campaign_status(filed.database, filed.situation(), today=date(2019, 3, 2))["waiting"]
    assert (told["dossier_id"], told["state"], told["days_left"]) == (filed.dossier(), "running", 10)
    assert "xếp loại lại" in told["sentence"]
    [told] = waiting(filed.database, date(2019, 3, 13))
    assert (told["state"], told["days_left"]) == ("overdue", -1)


def test_the_office_s_own_day_off_gives_one_day_more(filed: Filed, approver: Account) -> None:
    set_own_day(filed.database, date(2019, 2, 20), "off", name="Nghỉ bù", document="", actor="cli")
    assert annulled(filed, approver).clock.due_on == date(2019, 3, 13)


def test_a_level_the_rules_forbid_is_refused_and_nothing_stays(filed: Filed, approver: Account) -> None:
    annulled(filed, approver)
    before, decisions = filed.row(), rows(filed.database, "SELECT * FROM decision")
    with pytest.raises(LevelRefused) as refused:
        again(filed, approver, date(2019, 2, 20), level="excellent")
    assert {finding.rule_id for finding in refused.value.findings} >= {"MEM-EXC-02"}
    assert refused.value.exit_code == 1
    assert filed.row() == before and rows(filed.database, "SELECT * FROM decision") == decisions
    assert "decision.reclassified" not in filed.actions()
    assert filed.clean()


def test_what_the_change_does_above_is_told_and_not_applied(filed: Filed, approver: Account) -> None:
    others = rows(filed.database, "SELECT * FROM dossier WHERE id <> ? ORDER BY id", [filed.dossier()])
    done = annulled(filed, approver)
    groups = {quota.group for quota in done.effects.quotas}
    assert "Đảng viên được quyết định xếp loại" in groups
    assert done.effects.subjects[0].evaluation.id == filed.evaluation(MEMBER).id
    assert rows(filed.database, "SELECT * FROM dossier WHERE id <> ? ORDER BY id", [filed.dossier()]) == others


def test_the_campaign_s_own_papers_still_tell_what_was_first_decided(filed: Filed, approver: Account) -> None:
    papers = rows(filed.database, "SELECT key, fingerprint FROM document WHERE stage <> 'afterwards' ORDER BY key")
    annulled(filed, approver)
    again(filed, approver, date(2019, 2, 20))
    report = filed.run()
    assert (report.made, report.filed) == (0, 0)
    now = rows(filed.database, "SELECT key, fingerprint FROM document WHERE stage <> 'afterwards' ORDER BY key")
    assert now == papers
    assert filed.row()["status"] == "reclassified"


def test_a_second_decision_may_be_annulled_too(filed: Filed, approver: Account) -> None:
    annulled(filed, approver)
    again(filed, approver, date(2019, 2, 20))
    with filed.office.locked():
        annul(
            filed.office, filed.database, filed.dossier(), reason="Lại phát hiện khuyết điểm.", document="40-QĐ/ĐU",
            annulled_on=date(2019, 4, 1), account=approver,
        )  # fmt: skip
    assert (filed.row()["status"], filed.row()["level"]) == ("annulled", None)
    assert len([item for item, title in filed.papers() if "hủy kết quả" in title]) == 2
    assert filed.clean()


def test_nothing_to_annul_and_nothing_to_decide_again_is_refused(filed: Filed, approver: Account) -> None:
    with pytest.raises(AfterwardsRefused, match="đã hủy mà chưa xếp loại lại"):
        again(filed, approver, date(2019, 2, 20))
    annulled(filed, approver)
    with pytest.raises(AfterwardsRefused, match="không có gì để hủy"):
        annulled(filed, approver)
    with pytest.raises(AfterwardsRefused, match="không thể trước ngày"):
        again(filed, approver, date(2019, 1, 21))
    with pytest.raises(AfterwardsRefused, match="Không có mức"):
        again(filed, approver, date(2019, 2, 20), level="tốt")


def test_only_an_approver_annuls_and_decides_again(
    filed: Filed, clerk: Account, personnel: Account, auditor: Account, approver: Account
) -> None:
    for account in (None, clerk, personnel, auditor):
        with pytest.raises(NotPermitted, match="Người duyệt"):
            annulled(filed, account)
    annulled(filed, approver)
    for account in (None, clerk, personnel, auditor):
        with pytest.raises(NotPermitted):
            again(filed, account, date(2019, 2, 20))


class Stopped(Exception):
    pass


STEPS = ("prepared", "written", "synced", "piece renamed", "installed", "renames synced", "rows written", "committed")


@pytest.mark.parametrize("step", STEPS)
def test_stopped_anywhere_the_annulment_stands_whole_or_not_at_all(filed: Filed, approver: Account, step: str) -> None:
    def stop(done: str) -> None:
        if done == step:
            raise Stopped

    with pytest.raises(Stopped):
        annulled(filed, approver, checkpoint=stop)
    with filed.office.locked():
        recover(filed.office, filed.database)
    row = filed.row()
    decision = one(filed.database, "SELECT annulled_on FROM decision WHERE evaluation_id = ?",
                   [filed.evaluation(MEMBER).id]) or {}  # fmt: skip
    rows_there = len(rows(filed.database, "SELECT 1 FROM annulment"))
    told = filed.actions().count("decision.annulled")
    if row["version"] == 2:
        assert (row["status"], decision["annulled_on"], rows_there, told) == ("annulled", "2019-01-22", 1, 1)
    else:
        assert (row["status"], row["version"], decision["annulled_on"], rows_there, told) == ("filed", 1, None, 0, 0)
    assert filed.clean()
    if row["version"] == 1:
        annulled(filed, approver)
    assert filed.row()["status"] == "annulled"

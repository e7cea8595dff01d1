"""Waivers: who may give one, for what, what it does to the papers, and when it ends."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from archive.campaigns.answers import answer, questions
from archive.campaigns.explaining import explain
from archive.campaigns.production import print_folder
from archive.campaigns.waivers import WaiverRefused, campaign_waivers, waive
from archive.errors import NotFound
from archive.office.accounts import Account, make_account
from archive.records.database import rows
from archive.records.dossiers import dossier_id, read_file, show
from archive.records.events import broken
from cli import main
from generator.word.reading import document_text
from tests.archive.campaigns.conftest import Commune

REASON = "Vẫn phụ trách và hoàn thành công việc trong thời gian nghỉ ốm."
PAPER = "Kết luận số 12-KL/ĐU ngày 02/01/2019"
SICK = "DV080"


@pytest.fixture
def approver(commune: Commune) -> Account:
    return make_account(commune.database, "thinh", "Trần Văn Thịnh", "approver", "mot mat khau dai")


def dossier(commune: Commune, reference: str = SICK, capacity: str = "member") -> str:
    return dossier_id("2018", capacity, commune.evaluation(reference, capacity).id)


def let_pass(commune: Commune, account: Account | None, rule: str = "GEN-07", reference: str = SICK) -> None:
    waive(commune.database, dossier(commune, reference), rule, reason=REASON, document=PAPER, account=account)


def decide(commune: Commune, reference: str = SICK) -> None:
    """The committee decides the level proposed."""
    evaluation = commune.evaluation(reference)
    commune.execute(
        "INSERT INTO decision (id, evaluation_id, level, body, number, decided_on)"
        " SELECT 'x' || substr(id, 2), ?, ?, body, number, decided_on FROM decision LIMIT 1",
        evaluation.id,
        evaluation.proposed_level,
    )


def test_a_waived_finding_no_longer_refuses_the_level_but_is_still_shown(commune: Commune, approver: Account) -> None:
    before = commune.situation().judgement.of(commune.evaluation(SICK))
    let_pass(commune, approver)
    after = commune.situation().judgement.of(commune.evaluation(SICK))
    assert before.refused and not after.refused
    assert "GEN-07" in [finding.rule_id for finding in after.findings]
    assert after.highest == before.highest == "completed"
    assert [waiver.reason for waiver in after.waivers] == [REASON]


@pytest.mark.parametrize("role", ["clerk", "personnel", "auditor"])
def test_only_an_approver_may_waive(commune: Commune, role: str) -> None:
    account = make_account(commune.database, "khac", "Người khác", role, "mot mat khau dai")
    with pytest.raises(WaiverRefused, match="người duyệt"):
        let_pass(commune, account)
    with pytest.raises(WaiverRefused, match="HOSO_USER"):
        let_pass(commune, None)
    assert commune.situation().judgement.of(commune.evaluation(SICK)).refused


def test_what_the_rulebook_does_not_let_pass_is_refused_with_its_citation(commune: Commune, approver: Account) -> None:
    with pytest.raises(WaiverRefused, match=r"MEM-NC-04 .*II\.2\.3\.d.* không cho phép chấp nhận ngoại lệ"):
        let_pass(commune, approver, "MEM-NC-04", "DV081")


def test_a_finding_that_does_not_stand_cannot_be_waived(commune: Commune, approver: Account) -> None:
    with pytest.raises(WaiverRefused, match="không vướng quy tắc GEN-08"):
        let_pass(commune, approver, "GEN-08")


def test_a_waiver_needs_a_reason_and_a_paper(commune: Commune, approver: Account) -> None:
    with pytest.raises(WaiverRefused, match="lý do và văn bản"):
        waive(commune.database, dossier(commune), "GEN-07", reason="", document=PAPER, account=approver)


def test_a_finding_is_not_waived_twice(commune: Commune, approver: Account) -> None:
    let_pass(commune, approver)
    with pytest.raises(WaiverRefused, match="đã được chấp nhận"):
        let_pass(commune, approver)


def test_an_unknown_dossier_is_named(commune: Commune, approver: Account) -> None:
    own = commune.evaluation(SICK).id
    for wrong in ("2018-m-khongcomaay1", dossier_id("2018", "leader_manager", own), dossier_id("2017", "member", own)):
        with pytest.raises(NotFound, match=wrong):
            waive(commune.database, wrong, "GEN-07", reason=REASON, document=PAPER, account=approver)


def test_the_waiver_ends_by_itself_when_the_facts_change_and_the_run_says_so(
    commune: Commune, approver: Account
) -> None:
    let_pass(commune, approver)
    commune.execute(
        "UPDATE evaluation SET facts = json_set(facts, '$.sick_to', '2018-06-30') WHERE id = ?",
        commune.evaluation(SICK).id,
    )
    own = commune.situation().judgement.of(commune.evaluation(SICK))
    assert own.refused
    assert any("hết hiệu lực vì dữ kiện thay đổi" in finding.remedy for finding in own.errors)
    report = commune.run("submit")
    assert len(report.ended_waivers) == 1 and "GEN-07" in report.ended_waivers[0]
    assert commune.run("submit").ended_waivers == []
    assert [one.state for one in campaign_waivers(commune.database, commune.situation())] == ["facts_changed"]


def test_an_ended_waiver_does_not_come_back_with_the_old_facts(commune: Commune, approver: Account) -> None:
    let_pass(commune, approver)
    evaluation = commune.evaluation(SICK)
    for last in ("2018-06-30", "2018-05-31"):
        commune.execute(
            "UPDATE evaluation SET facts = json_set(facts, '$.sick_to', ?) WHERE id = ?", last, evaluation.id
        )
        commune.run("submit")
    assert commune.situation().judgement.of(evaluation).refused
    let_pass(commune, approver)
    assert not commune.situation().judgement.of(commune.evaluation(SICK)).refused
    listed = campaign_waivers(commune.database, commune.situation())
    assert [one.state for one in listed] == ["facts_changed", "in_force"]


def test_a_waived_member_stands_in_mau_6_and_in_the_decision(commune: Commune, approver: Account) -> None:
    decide(commune)
    name = commune.situation().picture.subject_name(commune.evaluation(SICK))

    def decided() -> list[str]:
        commune.run("submit", "decide")
        found = rows(commune.database, "SELECT input FROM document WHERE form = 'decision-members'")
        return [row["full_name"] for one in found for row in json.loads(one["input"])["document"]["members"]]

    assert name not in decided()
    let_pass(commune, approver)
    assert name in decided()
    extract = "SELECT 1 FROM document WHERE form = 'extract-decision' AND evaluation_id = ?"
    assert rows(commune.database, extract, [commune.evaluation(SICK).id])


def test_the_sheet_is_printed_and_filed_with_the_dossier_and_frozen_in_it(commune: Commune, approver: Account) -> None:
    let_pass(commune, approver)
    report = commune.run()
    assert report.failures == []
    own = dossier(commune)
    sheets = [file["path"] for file in show(commune.database, own)["files"] if "waiver-sheet" in file["path"]]
    assert len(sheets) == 1
    text = document_text(read_file(commune.office, commune.database, own, sheets[0]))
    assert REASON in text and PAPER in text and "Trần Văn Thịnh" in text and "GEN-07" in text
    unit = commune.evaluation(SICK).unit_id
    assert list(print_folder(commune.office, commune.situation().picture, unit, "submit").glob("*ngoai-le-gen-07.docx"))
    told = json.loads(read_file(commune.office, commune.database, own, "dossier.json"))["record"]["waivers"]
    assert [(one["rule_id"], one["reason"], one["in_force"]) for one in told] == [("GEN-07", REASON, True)]
    again = commune.run()
    assert (again.made, again.filed) == (0, 0)


def test_the_page_of_the_dossier_shows_the_finding_with_its_waiver(commune: Commune, approver: Account) -> None:
    commune.run()
    let_pass(commune, approver)
    findings = {one["rule_id"]: one for one in show(commune.database, dossier(commune))["findings"]}
    assert findings["GEN-07"]["waiver"]["approver_name"] == "Trần Văn Thịnh"
    assert all(one["waiver"] is None for rule, one in findings.items() if rule != "GEN-07")


def test_each_waiver_is_an_event_of_its_dossier(commune: Commune, approver: Account) -> None:
    let_pass(commune, approver)
    commune.execute(
        "UPDATE evaluation SET facts = json_set(facts, '$.sick_to', '2018-06-30') WHERE id = ?",
        commune.evaluation(SICK).id,
    )
    commune.run("submit")
    found = rows(
        commune.database, "SELECT actor, action, note FROM event WHERE object = ? ORDER BY seq", [dossier(commune)]
    )
    assert [(one["actor"], one["action"], one["note"]) for one in found] == [
        (approver.id, "finding.waived", "GEN-07"),
        ("cli", "waiver.ended", "GEN-07"),
    ]
    assert list(broken(commune.database)) == []


def test_the_command_waives_for_the_account_of_hoso_user_and_lists(
    commune: Commune, approver: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ["--data", str(commune.office.root)]
    call = [*data, "waive", dossier(commune), "GEN-07", "--reason", REASON, "--document", PAPER]
    refused = CliRunner().invoke(main, call)
    assert refused.exit_code == 1 and "HOSO_USER" in refused.output
    monkeypatch.setenv("HOSO_USER", approver.user_name)
    assert not rows(commune.database, "SELECT 1 FROM finding")
    assert CliRunner().invoke(main, call).exit_code == 0
    assert rows(commune.database, "SELECT 1 FROM finding"), "what the rulebook says is kept anew"
    listed = CliRunner().invoke(main, [*data, "waive", "--list", "2018", "--json"])
    assert [(one["dossier_id"], one["rule_id"], one["state"]) for one in json.loads(listed.stdout)] == [
        (dossier(commune), "GEN-07", "in_force")
    ]
    assert "Đang có hiệu lực" in CliRunner().invoke(main, [*data, "waive", "--list", "2018"]).stdout
    assert CliRunner().invoke(main, [*data, "waive"]).exit_code == 2


def test_why_shows_the_waiver_the_reading_and_what_was_answered_no(commune: Commune, approver: Account) -> None:
    let_pass(commune, approver)
    answer(
        commune.database, dossier(commune), "REV-14", "no", note="Thiếu cam kết", document=PAPER, answered_by="cli",
        answered_name="Vũ Thị Ngân",
    )  # fmt: skip
    result = CliRunner().invoke(main, ["--data", str(commune.office.root), "why", dossier(commune), "--json"])
    lines = {line["rule_id"]: line for line in json.loads(result.stdout)}
    assert lines["GEN-07"]["waiver"]["reason"] == REASON
    assert lines["GEN-07"]["effect"] == "Đã được chấp nhận ngoại lệ"
    assert any("(AMB-16)" in sentence for sentence in lines["GEN-07"]["read_as"])
    assert "Thiếu cam kết" in lines["REV-14"]["given"] and lines["REV-14"]["waiver"] is None
    shown = CliRunner().invoke(main, ["--data", str(commune.office.root), "why", dossier(commune)]).stdout
    assert REASON in shown and "Thiếu cam kết" in shown


# Of a paper a dossier lacks, and of a unit as a whole


def unit_dossier(commune: Commune, reference: str) -> str:
    unit = next(one for one in commune.situation().picture.units.values() if one.reference == reference)
    return dossier_id("2018", "campaign", unit.id)


LATE, FEW = "DL-02", "QUO-01"


def test_a_missing_paper_is_waived_and_no_longer_waited_for(commune: Commune, approver: Account) -> None:
    commune.execute(
        "UPDATE evaluation SET sections = '{}', facts = json_set(facts, '$.review_paper', 'missing') WHERE id = ?",
        commune.evaluation("DV106").id,
    )
    commune.run(unit="CBK3")
    own = dossier(commune, "DV106")
    before = show(commune.database, own)
    assert before["status"] == "incomplete" and "Bản tự kiểm điểm của cá nhân" in before["waits_for"]
    with pytest.raises(WaiverRefused, match="không vướng"):
        waive(commune.database, own, "DOS-05", reason=REASON, document=PAPER, account=approver)
    waive(commune.database, own, "DOS-01", reason=REASON, document=PAPER, account=approver)
    commune.run(unit="CBK3")
    after = show(commune.database, own)
    assert after["status"] == "filed" and after["waits_for"] == []
    assert any("ngoại lệ" in file["title"] for file in after["files"]), "its sheet lies in the dossier"
    told = json.loads(read_file(commune.office, commune.database, own, "dossier.json"))["record"]
    assert [(one["rule_id"], one["in_force"]) for one in told["waivers"]] == [("DOS-01", True)]


def test_a_late_report_of_a_unit_is_waived_and_listed(commune: Commune, approver: Account) -> None:
    own = unit_dossier(commune, "DBX")
    waive(commune.database, own, LATE, reason=REASON, document=PAPER, account=approver)
    [line] = [line for line in explain(commune.database, own).lines if line.finding.rule_id == LATE]
    assert line.waiver and line.effect == "Đã được chấp nhận ngoại lệ"
    assert "còn đối tượng chưa được quyết định" in line.finding.given, "nobody claims that a report was sent"
    [listed] = campaign_waivers(commune.database, commune.situation())
    assert (listed.dossier_id, listed.state, listed.waiver.rule_id) == (own, "in_force", LATE)
    with pytest.raises(WaiverRefused, match="đã được chấp nhận"):
        waive(commune.database, own, LATE, reason=REASON, document=PAPER, account=approver)
    commune.run("submit")
    [sheet] = rows(commune.database, "SELECT * FROM document WHERE form = 'waiver-sheet'")
    assert sheet["evaluation_id"] is None and sheet["item"] == "other_documents" and "dl-02" in sheet["file_name"]


def test_a_quota_broken_under_every_reading_is_not_waived(commune: Commune, approver: Account) -> None:
    with pytest.raises(WaiverRefused, match="không cho phép chấp nhận ngoại lệ"):
        waive(commune.database, unit_dossier(commune, "DBX"), FEW, reason=REASON, document=PAPER, account=approver)


def test_a_waiver_of_a_unit_ends_when_its_figures_are_others(commune: Commune, approver: Account) -> None:
    own = unit_dossier(commune, "CBK3")
    commune.execute("UPDATE ballot SET entitled = 9 WHERE reference = 'P1-CBK3'")
    waive(commune.database, own, "BAL-06", reason=REASON, document=PAPER, account=approver)
    assert [one.state for one in campaign_waivers(commune.database, commune.situation())] == ["in_force"]
    commune.execute("UPDATE ballot SET entitled = 10 WHERE reference = 'P1-CBK3'")
    assert not any(line.waiver for line in explain(commune.database, own).lines)
    report = commune.run("submit")
    assert any("BAL-06" in sentence for sentence in report.ended_waivers)
    assert [one.state for one in campaign_waivers(commune.database, commune.situation())] == ["facts_changed"]


def test_a_late_report_needs_no_waiver_once_everyone_is_decided(commune: Commune, approver: Account) -> None:
    waive(commune.database, unit_dossier(commune, "DBX"), LATE, reason=REASON, document=PAPER, account=approver)
    commune.execute(
        "INSERT INTO decision (id, evaluation_id, level)"
        " SELECT 'n' || substr(id, 2), id, coalesce(proposed_level, 'good') FROM evaluation"
        " WHERE id NOT IN (SELECT evaluation_id FROM decision)"
    )
    assert any(LATE in sentence for sentence in commune.run("submit").ended_waivers)


def test_the_same_account_rules_hold_for_a_unit(commune: Commune) -> None:
    with pytest.raises(WaiverRefused, match="người duyệt"):
        waive(commune.database, unit_dossier(commune, "DBX"), LATE, reason=REASON, document=PAPER, account=None)


def test_a_unit_is_asked_and_answered_like_a_subject(commune: Commune) -> None:
    own = unit_dossier(commune, "CBK3")
    asked = {one.rule.id: one for one in questions(commune.database, own)}
    assert asked["REV-28"].state == "open"
    answer(commune.database, own, "REV-28", "no", note="Tổ đảng số 2 chưa báo cáo", document=PAPER,
           answered_by="cli", answered_name="Vũ Thị Ngân")  # fmt: skip
    [line] = [line for line in explain(commune.database, own).lines if line.finding.rule_id == "REV-28"]
    assert "Tổ đảng số 2" in line.finding.given and line.finding.severity == "warning"
    with pytest.raises(NotFound, match="REV-14"):
        answer(commune.database, own, "REV-14", "yes", note="", document=PAPER, answered_by="cli", answered_name="x")
    commune.run("submit")
    kept = rows(commune.database, "SELECT rule_id, severity FROM unit_finding WHERE rule_id = 'REV-28'")
    assert {"rule_id": "REV-28", "severity": "warning"} in kept

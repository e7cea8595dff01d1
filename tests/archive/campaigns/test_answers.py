"""Questions no machine can judge: whom they are asked of, what an answer needs, what a “no” does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from archive.campaigns.answers import AnswerRefused, Question, answer, questions
from archive.campaigns.questions import refusals
from archive.errors import NotFound
from archive.records.database import rows
from archive.records.dossiers import dossier_id, read_file, show
from cli import main
from generator.rules.applied import AppliedBook
from generator.rules.rulebook import Rulebook, load_rulebook
from tests.archive.campaigns.conftest import Commune

PAPER = "Biên bản số 12-BB/CB ngày 22/12/2018"
MEMBER = "DV105"


def dossier(commune: Commune, reference: str = MEMBER, capacity: str = "member") -> str:
    return dossier_id("2018", capacity, commune.evaluation(reference, capacity).id)


def say(commune: Commune, rule: str, given: str, note: str = "", document: str = PAPER, of: str = "") -> None:
    answer(
        commune.database, of or dossier(commune), rule, given, note=note, document=document, answered_by="cli",
        answered_name="Vũ Thị Ngân",
    )  # fmt: skip


def asked(commune: Commune, of: str = "") -> dict[str, Question]:
    return {one.rule.id: one for one in questions(commune.database, of or dossier(commune))}


def test_a_subject_is_asked_what_applies_to_its_kind(commune: Commune) -> None:
    member = asked(commune)
    assert {"REV-14", "MEM-AUTH-03", "PUB-01"} <= set(member)
    assert not {"REV-12", "ORG-PROC-01", "PUB-02"} & set(member)
    cell = asked(commune, dossier(commune, "CBK3", "party_organisation"))
    assert {"ORG-PROC-01", "ORG-PROC-04"} <= set(cell) and "REV-14" not in cell
    assert all(one.severity == "info" and one.answer is None for one in member.values())


def test_an_own_paper_handed_in_is_asked_about_first(commune: Commune) -> None:
    keyed = next(one for one in commune.situation().picture.all_members() if one.sections)
    own = dossier_id("2018", "member", keyed.id)
    found = asked(commune, own)
    assert not any(one.own_paper for one in found.values())
    assert found["REV-14"].state == "shown", "the text was keyed in, so the records tell"
    commune.execute(
        "INSERT INTO document (id, campaign_id, evaluation_id, unit_id, form, item, key, title, stage, state, source,"
        " media_type, fingerprint, created_at) SELECT 'own', campaign_id, id, unit_id, '2', 'self_review', 'own', 'x',"
        " 'intake', 'signed', 'intake', 'application/pdf', '', '' FROM evaluation WHERE id = ?",
        keyed.id,
    )
    listed = questions(commune.database, own)
    assert listed[0].rule.id == "REV-14" and listed[0].own_paper and listed[0].state == "open"
    assert "đủ các nội dung" in listed[0].rule.question


def test_a_no_is_a_finding_with_its_citation_beside_the_verdict_and_refuses_nothing(commune: Commune) -> None:
    before = commune.situation().judgement.of(commune.evaluation(MEMBER))
    say(commune, "REV-14", "no", "Thiếu phần cam kết tu dưỡng")
    after = commune.situation().judgement.of(commune.evaluation(MEMBER))
    [finding] = after.beside
    rule = load_rulebook().rule("REV-14")
    assert (finding.rule_id, finding.severity, finding.citation) == ("REV-14", rule.severity, rule.citation)
    assert "Thiếu phần cam kết tu dưỡng" in finding.given and PAPER in finding.given
    assert (after.highest, after.refused, after.findings) == (before.highest, before.refused, before.findings)


@pytest.mark.parametrize("given", ["yes", "not_applicable"])
def test_any_other_answer_says_nothing_against_the_subject(commune: Commune, given: str) -> None:
    say(commune, "REV-14", given, "Đã xem")
    assert commune.situation().judgement.of(commune.evaluation(MEMBER)).beside == ()
    assert asked(commune)["REV-14"].as_dict()["state"] == "answered"


def test_a_no_to_a_rule_with_a_cap_bounds_the_level(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    book = load_rulebook()
    capped = replace(book.rule("REV-14"), cap="completed")
    whole = Rulebook.rule
    monkeypatch.setattr(Rulebook, "rule", lambda self, name: capped if name == "REV-14" else whole(self, name))
    say(commune, "REV-14", "no", "Thiếu")
    evaluation = commune.evaluation(MEMBER)
    assert evaluation.level == "good"
    assert [one.cap for one in refusals(evaluation.answers, AppliedBook(book, book.settings))] == ["completed"]
    own = commune.situation().judgement.of(evaluation)
    assert own.highest == "completed" and own.refused and "REV-14" in [one.rule_id for one in own.errors]


def test_the_newest_answer_counts_and_the_earlier_one_is_kept(commune: Commune) -> None:
    say(commune, "REV-14", "no", "Thiếu")
    say(commune, "REV-14", "yes", "Đã bổ sung")
    assert commune.situation().judgement.of(commune.evaluation(MEMBER)).beside == ()
    kept = rows(commune.database, "SELECT answer, superseded_at IS NULL AS holds FROM answer ORDER BY rowid")
    assert [(one["answer"], one["holds"]) for one in kept] == [("no", 0), ("yes", 1)]
    noted = rows(commune.database, "SELECT note FROM event WHERE action = 'question.answered' ORDER BY seq")
    assert [one["note"] for one in noted] == ["REV-14=no", "REV-14=yes"]


def test_an_answer_needs_its_ground(commune: Commune) -> None:
    with pytest.raises(AnswerRefused, match="--note"):
        say(commune, "REV-14", "no")
    with pytest.raises(AnswerRefused, match="--document"):
        say(commune, "REV-14", "yes", document="")


def test_a_rule_that_asks_nothing_of_the_subject_is_refused(commune: Commune) -> None:
    for rule in ("REV-12", "MEM-EXC-01", "XYZ-99"):
        with pytest.raises(NotFound, match=rule):
            say(commune, rule, "yes")


def test_answers_are_frozen_with_the_dossier_and_shown_on_it(commune: Commune) -> None:
    say(commune, "REV-14", "no", "Thiếu phần cam kết")
    commune.run()
    told = json.loads(read_file(commune.office, commune.database, dossier(commune), "dossier.json"))["record"]
    assert [(one["rule_id"], one["answer"], one["document"]) for one in told["answers"]] == [("REV-14", "no", PAPER)]
    assert "REV-14" in [one["rule_id"] for one in told["findings"]]
    assert "REV-14" in [one["rule_id"] for one in show(commune.database, dossier(commune))["findings"]]


def test_the_commands_list_and_answer(commune: Commune) -> None:
    def call(*words: str, wanted: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(commune.office.root), *words])
        assert result.exit_code == wanted, result.output
        return result.stdout

    own = dossier(commune)
    call("answer", own, "REV-14", "yes", "--document", PAPER)
    call("answer", own, "REV-14", "maybe", wanted=2)
    found = {one["rule_id"]: one for one in json.loads(call("questions", own, "--json"))}
    assert found["REV-14"]["answer"]["document"] == PAPER and found["PUB-01"]["state"] == "open"
    assert "chưa trả lời" in call("questions", own)
    call("answer", own, "REV-14", "no", "--note", "Không tự phê bình", "--document", PAPER)
    assert "REV-14" in [one["rule_id"] for one in json.loads(call("dossier", "show", own, "--json"))["findings"]]

"""Running the sample campaign: what is made, what a second run does, what a change remakes, what a stop leaves."""

from __future__ import annotations

import pytest

from archive.campaigns.picture import Picture
from archive.campaigns.production import print_folder
from archive.records.database import rows
from archive.store.fixity import verify
from archive.store.ocfl import Store
from tests.archive.campaigns.conftest import Commune


def documents(commune: Commune) -> dict[str, str]:
    """Key of each paper with the digest of its Word file."""
    return {row["key"]: row["word_digest"] for row in rows(commune.database, "SELECT key, word_digest FROM document")}


def filed(commune: Commune) -> dict[str, int]:
    """Version of each dossier."""
    return {row["id"]: row["version"] for row in rows(commune.database, "SELECT id, version FROM dossier")}


def picture(commune: Commune) -> Picture:
    return commune.situation().picture


def test_every_member_gets_blank_forms_to_take_home(commune: Commune) -> None:
    report = commune.run("prepare")
    assert report.failures == []
    forms = {
        (row["form"], row["count"])
        for row in rows(commune.database, "SELECT form, count(*) AS count FROM document GROUP BY form")
    }
    members = [one for one in picture(commune).all_members() if not commune.situation().judgement.of(one).excluded]
    assert {("2", len(members)), ("annual-commitment", len(members))} <= forms
    # Mẫu 5.1 is printed for himself, his chi ủy, and the mass organisation he leads.
    led = [one for one in members if one.facts.get("leads_mass_organisation")]
    assert ("5.1", 2 * len(members) + len(led)) in forms


def test_the_word_files_lie_in_the_print_folder_of_their_unit(commune: Commune) -> None:
    commune.run("prepare", unit="CBK3")
    cell = next(one for one in picture(commune).cells if one.reference == "CBK3")
    folder = print_folder(commune.office, picture(commune), cell.id, "prepare")
    names = {row["file_name"] for row in rows(commune.database, "SELECT file_name FROM document")}
    assert {path.name for path in folder.glob("*.docx")} == names


def test_no_paper_of_the_sample_fails(commune: Commune) -> None:
    report = commune.run("prepare", "ballots", "submit", "decide")
    assert report.failures == []
    assert report.unready == []


def test_a_second_run_makes_and_files_nothing(commune: Commune) -> None:
    commune.run()
    made, versions = documents(commune), filed(commune)
    again = commune.run()
    assert (again.made, again.filed) == (0, 0)
    assert documents(commune) == made
    assert filed(commune) == versions


def test_a_changed_comment_remakes_only_the_papers_that_print_it(commune: Commune) -> None:
    commune.run("submit")
    before = documents(commune)
    changed = commune.evaluation("DV105")
    commune.execute("UPDATE evaluation SET proposal_comment = 'Nhận xét đã sửa.' WHERE id = ?", changed.id)
    commune.run("submit")
    after = documents(commune)
    touched = {key.split(":")[1] for key in after if after[key] != before.get(key)}
    # The minutes change, and with them the digest that every extract of the cell quotes.
    assert touched == {"6", "minutes-cell", "extract-minutes"}
    cells = {
        row["unit_id"]
        for row in rows(commune.database, "SELECT key, unit_id FROM document")
        if after[row["key"]] != before.get(row["key"])
    }
    assert cells == {changed.unit_id}


def test_a_paper_no_longer_wanted_is_withdrawn(commune: Commune) -> None:
    commune.run("submit", unit="CBK3")
    member = commune.evaluation("DV105")
    commune.execute("DELETE FROM assessment WHERE evaluation_id = ? AND assessor = 'self'", member.id)
    report = commune.run("submit", unit="CBK3")
    assert report.production["submit"].withdrawn >= 1
    assert not any(key.startswith("submit:5.1:self") and key.endswith(member.id) for key in documents(commune))


def test_mau_6_stays_a_draft_while_one_of_its_proposals_is_refused(commune: Commune) -> None:
    commune.run("submit")
    states = {
        row["reference"]: row["state"]
        for row in rows(
            commune.database,
            "SELECT u.reference, d.state FROM document d JOIN unit u ON u.id = d.unit_id WHERE d.form = '6'",
        )
    }
    refused = {
        commune.situation().picture.units[commune.situation().picture.evaluations[own.evaluation_id].unit_id].reference
        for own in commune.situation().judgement.refused
        if commune.situation().picture.evaluations[own.evaluation_id].capacity == "member"
    }
    assert {reference for reference, state in states.items() if state == "draft"} == refused
    assert set(states) == {"CBCQ", "CBK1", "CBK2", "CBK3", "CBTH"}


def test_refused_members_are_not_in_the_decision_and_have_no_conclusion(commune: Commune) -> None:
    refused = commune.evaluation("DV080")
    commune.execute(
        "INSERT INTO decision (id, evaluation_id, level, body, number, decided_on) VALUES"
        " ('refuseddecid', ?, 'good', 'Ban Chấp hành Đảng bộ xã An Đồng', '17-QĐ/ĐU', '2018-12-28')",
        refused.id,
    )
    commune.run("decide")
    inputs = rows(commune.database, "SELECT form, evaluation_id, input FROM document WHERE stage = 'decide'")
    assert all("Nguyễn Thị Hòa" not in row["input"] for row in inputs if row["form"] == "decision-members")
    assert refused.id not in {row["evaluation_id"] for row in inputs}


def test_a_dossier_without_a_required_paper_is_filed_incomplete_with_what_it_waits_for(commune: Commune) -> None:
    commune.run()
    found = rows(
        commune.database,
        "SELECT status, waits_for FROM dossier WHERE evaluation_id = ?",
        [commune.evaluation("DBX", "party_organisation").id],
    )
    assert found[0]["status"] == "incomplete"
    assert "Kết luận đánh giá" in found[0]["waits_for"]


def test_the_paper_that_was_missing_makes_a_new_version_and_the_old_one_stays(commune: Commune) -> None:
    commune.run()
    member = commune.evaluation("DV102")
    row = rows(commune.database, "SELECT id, version FROM dossier WHERE evaluation_id = ?", [member.id])[0]
    commune.execute(
        "UPDATE evaluation SET sections = json_set(sections, '$.plan', 'Kế hoạch mới.') WHERE id = ?", member.id
    )
    commune.run()
    store = Store(commune.office.store_root)
    assert [len(store.versions(row["id"])), row["version"]] == [2, 1]
    assert store.state(row["id"], 1)
    assert verify(commune.office, commune.database) == []


def test_a_run_stopped_midway_is_taken_up_and_ends_the_same(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    calls = 0

    def stop_at_the_third(label: str, done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Stopped

    from archive.campaigns.running import CampaignRun

    run = CampaignRun(commune.office, commune.database, "2018", actor="cli", with_pdf=False, progress=stop_at_the_third)
    with pytest.raises(Stopped):
        run.run()
    assert verify(commune.office, commune.database) == []
    commune.run()
    assert commune.run().made == 0
    assert verify(commune.office, commune.database) == []
    expected = {one.id for one in picture(commune).evaluations.values()}
    excluded = {one.id for one in picture(commune).all_members() if commune.situation().judgement.of(one).excluded}
    dossiers = {row["evaluation_id"] for row in rows(commune.database, "SELECT evaluation_id FROM dossier")} - {None}
    assert dossiers == expected - excluded


def test_a_person_with_two_capacities_shares_one_self_review(commune: Commune) -> None:
    commune.run("submit")
    person = commune.evaluation("DV046").person_id
    reviews = rows(
        commune.database,
        "SELECT e.capacity, d.input FROM document d JOIN evaluation e ON e.id = d.evaluation_id"
        " WHERE d.form = '2' AND e.person_id = ? ORDER BY e.capacity",
        [person],
    )
    assert [row["capacity"] for row in reviews] == ["leader_manager", "member"]
    assert reviews[0]["input"] == reviews[1]["input"]


def test_an_unknown_unit_is_named_with_those_there_are(commune: Commune) -> None:
    from archive.errors import NotFound

    with pytest.raises(NotFound, match="CBK1"):
        commune.run("prepare", unit="CB9")


def test_a_dossier_that_cannot_be_put_together_is_reported_and_holds_up_nobody(commune: Commune) -> None:
    commune.run("ballots", "submit", "decide", unit="CBK3")
    spoilt = commune.evaluation("DV105")
    commune.execute("UPDATE document SET word_digest = 'changed' WHERE evaluation_id = ? AND form = '5.1'", spoilt.id)
    report = commune.run("archive", unit="CBK3")
    assert len(report.failures) == 1
    assert "đã thay đổi sau khi lập" in report.failures[0][1]
    filed_ones = "SELECT evaluation_id FROM dossier WHERE version > 0"
    dossiers = {row["evaluation_id"] for row in rows(commune.database, filed_ones)}
    assert spoilt.id not in dossiers
    assert commune.evaluation("DV106").id in dossiers
    assert verify(commune.office, commune.database) == []

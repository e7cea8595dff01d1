"""A dossier before it is filed: a row from the day of the import, handed in, then filed, with one id all the way."""

from __future__ import annotations

from archive.records.database import rows
from archive.records.dossiers import DossierFilter, list_dossiers, show
from archive.store.fixity import verify
from search.find import find
from tests.archive.campaigns.conftest import Commune


def statuses(commune: Commune) -> dict[str, str]:
    return {row["dossier_id"]: row["status"] for row in list_dossiers(commune.database)}


def test_from_draft_to_submitted_to_filed_under_one_id(commune: Commune) -> None:
    before = statuses(commune)
    assert set(before.values()) == {"draft"}
    commune.run("submit", unit="CBK3")
    cell = {row["dossier_id"] for row in list_dossiers(commune.database, DossierFilter(unit="CBK3"))}
    handed_in = statuses(commune)
    assert {dossier for dossier, status in handed_in.items() if status == "submitted"} == cell
    commune.run()
    assert set(statuses(commune)) == set(before)
    assert set(statuses(commune).values()) <= {"filed", "incomplete"}
    assert verify(commune.office, commune.database) == []


def test_a_draft_has_no_level_and_no_files_and_is_found_by_name(commune: Commune) -> None:
    drafts = list_dossiers(commune.database)
    assert {(row["level"], row["version"], row["complaint"]) for row in drafts} == {(None, 0, "none")}
    member = next(row for row in drafts if row["kind"] == "member")
    shown = show(commune.database, member["dossier_id"])
    assert (shown["status"], shown["files"], shown["level"]) == ("draft", [], None)
    found = find(commune.office, commune.database, f'"{member["subject"]}"')["hits"]
    assert member["dossier_id"] in {hit["dossier_id"] for hit in found}


def test_who_is_outside_the_classification_has_no_dossier(commune: Commune) -> None:
    own = {row["evaluation_id"] for row in rows(commune.database, "SELECT evaluation_id FROM dossier")}
    situation = commune.situation()
    outside = [one for one in situation.picture.all_members() if situation.judgement.of(one).excluded]
    assert outside
    assert not own & {one.id for one in outside}


def test_a_dossier_nobody_needs_any_more_is_taken_away_while_it_is_a_draft(commune: Commune) -> None:
    member = commune.evaluation("DV061")
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", member.id)
    commune.execute("UPDATE evaluation SET proposed_level = NULL WHERE id = ?", member.id)
    commune.execute("UPDATE membership SET kind = 'exempt' WHERE person_id = ?", member.person_id)
    commune.run("prepare")
    own = rows(commune.database, "SELECT 1 FROM dossier WHERE evaluation_id = ?", [member.id])
    assert own == []

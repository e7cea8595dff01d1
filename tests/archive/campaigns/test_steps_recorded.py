"""Steps are recorded with what they follow from: a decision imported, a dossier filed; a dossier tells its own."""

from __future__ import annotations

import json

from archive.importing.export import export_content
from archive.importing.run import import_workbook
from archive.records.database import rows
from archive.records.dossiers import read_file
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from generator.workbook.write import write
from tests.archive.campaigns.conftest import Commune

PATH = ["review", "self_assessment", "participants", "ballots", "appraisal", "decision"]


def taken(commune: Commune, reference: str) -> list[str]:
    own = commune.evaluation(reference).id
    return [
        row["step"] for row in rows(commune.database, "SELECT * FROM step WHERE evaluation_id = ? ORDER BY id", [own])
    ]


def test_a_decision_imported_records_its_steps_with_it(commune: Commune) -> None:
    assert taken(commune, "DV105") == PATH
    undecided = [one for one in commune.situation().picture.all_members() if one.decision is None]
    assert undecided
    known = {row["evaluation_id"] for row in rows(commune.database, "SELECT DISTINCT evaluation_id FROM step")}
    assert not known & {one.id for one in undecided}
    [event] = rows(commune.database, "SELECT * FROM event WHERE action = 'campaign.steps'")
    assert event["outcome"] == "ok" or event["note"].endswith("steps")


def test_a_dry_run_records_nothing(commune: Commune) -> None:
    commune.forget_steps()
    book = load_rulebook()
    content = export_content(commune.database, commune.situation().picture.campaign.id, None)
    file = read(write(content, book=book), "lai.xlsx", book=book)
    import_workbook(commune.database, file, actor="cli", dry_run=True)
    assert rows(commune.database, "SELECT * FROM step") == []


def test_filing_writes_the_steps_it_proves_and_the_dossier_tells_them(commune: Commune) -> None:
    commune.forget_steps()
    commune.run(unit="CBK3")
    whole = rows(commune.database, "SELECT * FROM dossier WHERE kind = 'member' AND status = 'filed' ORDER BY id")[0]
    steps = rows(commune.database, "SELECT * FROM step WHERE evaluation_id = ? ORDER BY id", [whole["evaluation_id"]])
    assert [one["step"] for one in steps] == [*PATH, "notice", "filed"]
    told = json.loads(read_file(commune.office, commune.database, whole["id"], "dossier.json"))["record"]["steps"]
    codes = [one["step"] for one in told]
    assert codes[: len(PATH)] == PATH and codes[-1] == "filed"
    assert all(one["label"] and one["basis"] for one in told)
    assert told[0]["basis"] == "Hội nghị kiểm điểm ngày 15/12/2018"


def test_filing_again_with_nothing_changed_makes_no_version(commune: Commune) -> None:
    commune.run(unit="CBK3")
    before = rows(commune.database, "SELECT id, version FROM dossier ORDER BY id")
    commune.run(unit="CBK3")
    assert rows(commune.database, "SELECT id, version FROM dossier ORDER BY id") == before

"""A paper that comes after its dossier was filed: asked about, or put in with a reason and an approver."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.afterwards.errors import AfterwardsRefused, NotPermitted
from archive.intake.report import IntakeReport
from archive.intake.run import Amendment, intake
from archive.office.accounts import Account
from archive.records.database import one, rows
from archive.records.dossiers import read_file, show
from archive.store.ocfl import Store
from archive.store.rebuild.rebuilding import rebuild
from tests.archive.afterwards.conftest import MEMBER, Filed
from tests.archive.intake.files import pdf, signed_pdf

NAME = f"{MEMBER} góp ý của UBND.pdf"


def take(filed: Filed, folder: Path, data: bytes, amendment: Amendment | None = None) -> IntakeReport:
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(data)
    return intake(filed.office, folder, actor="cli", amendment=amendment)


def test_without_a_reason_a_filed_dossier_stays_as_it_is_and_the_paper_waits(filed: Filed, tmp_path: Path) -> None:
    (question,) = take(filed, tmp_path / "in", pdf()).undecided
    assert question.code == "intake.filed" and "--reason" in question.remedy
    assert filed.row()["version"] == 1 and len(rows(filed.database, "SELECT 1 FROM waiting_paper")) == 1
    assert filed.clean()


def test_with_a_reason_and_an_approver_it_makes_a_new_version(filed: Filed, approver: Account, tmp_path: Path) -> None:
    take(filed, tmp_path / "in", pdf())
    data = signed_pdf()
    (taken,) = take(filed, tmp_path / "in", data, Amendment("Gửi đến muộn.", "Tờ trình số 5", approver)).taken
    assert taken.version == 1 and filed.row()["version"] == 2
    files = show(filed.database, filed.dossier())["files"]
    path = next(file["path"] for file in files if file["item"] == "contributed_opinions")
    assert read_file(filed.office, filed.database, filed.dossier(), path) == data
    kept = one(filed.database, "SELECT reason, approver_name FROM correction") or {}
    assert kept == {"reason": "Gửi đến muộn.", "approver_name": approver.full_name}
    assert {"paper.taken", "dossier.corrected"} <= set(filed.actions())
    assert filed.clean()


def test_the_changed_file_is_the_next_version_and_the_store_keeps_both(
    filed: Filed, approver: Account, tmp_path: Path
) -> None:
    amendment = Amendment("Gửi đến muộn.", "", approver)
    take(filed, tmp_path / "in", pdf(), amendment)
    (changed,) = take(filed, tmp_path / "in", pdf(pages=2), amendment).taken
    assert (changed.version, filed.row()["version"]) == (2, 3)
    assert take(filed, tmp_path / "in", pdf(pages=2), amendment).taken == []
    store = Store(filed.office.store_root)

    def opinion(version: int) -> bytes:
        files = rows(
            filed.database,
            "SELECT path FROM dossier_file WHERE dossier_id = ? AND version = ? AND item = 'contributed_opinions'",
            [filed.dossier(), version],
        )
        return store.read(filed.dossier(), files[0]["path"], version)

    assert (opinion(2), opinion(3)) == (pdf(), pdf(pages=2))
    assert filed.clean()


def test_only_an_approver_with_a_reason_may(filed: Filed, clerk: Account, approver: Account, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted, match="Người duyệt"):
        take(filed, tmp_path / "in", pdf(), Amendment("Gửi đến muộn.", "", clerk))
    with pytest.raises(AfterwardsRefused, match="lý do"):
        take(filed, tmp_path / "in", pdf(), Amendment("  ", "", approver))
    assert filed.row()["version"] == 1


def test_papers_taken_in_are_made_again_from_the_store_alone(filed: Filed, approver: Account, tmp_path: Path) -> None:
    take(filed, tmp_path / "in", signed_pdf(), Amendment("Gửi đến muộn.", "", approver))
    told = "SELECT t.*, c.data FROM taken_paper t JOIN document d ON d.id = t.document_id" \
        " JOIN content c ON c.digest = d.content_digest"  # fmt: skip
    before = rows(filed.database, told)
    assert len(before) == 1
    filed.database.close()
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (filed.office.root / part).unlink(missing_ok=True)
    rebuild(filed.office, actor="cli")
    database = filed.office.connect()
    assert rows(database, told) == before
    database.close()

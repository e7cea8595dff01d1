"""Filing one dossier, and correcting one that is filed: a reason, an approver, a new version."""

from __future__ import annotations

import json

import pytest

from archive.afterwards.amending import Attachment
from archive.afterwards.corrections import Correction, FiledOne, correct, file_dossier
from archive.afterwards.errors import AfterwardsRefused, NotPermitted
from archive.office.accounts import Account
from archive.records.database import one, rows
from archive.store.ocfl import Store
from generator.errors import InvalidInput
from tests.archive.afterwards.conftest import MEMBER, Filed
from tests.archive.afterwards.test_complaints import PDF


def corrected(filed: Filed, account: Account | None, **what: object) -> FiledOne:
    with filed.office.locked():
        return correct(
            filed.office, filed.database, filed.dossier(),
            Correction("Ghi nhầm số liệu.", "Tờ trình số 3", **what), account=account,  # type: ignore[arg-type]
        )  # fmt: skip


def test_a_corrected_fact_makes_a_new_version_and_the_former_one_stays(filed: Filed, approver: Account) -> None:
    done = corrected(filed, approver, facts={"targets_completed": "1"})
    row = filed.row()
    assert (done.version, row["version"], row["status"], row["level"]) == (2, 2, "filed", "good")
    assert filed.evaluation(MEMBER).facts["targets_completed"] == 1
    kept = one(filed.database, "SELECT * FROM correction") or {}
    assert (kept["reason"], kept["document"], kept["approver_name"]) == (
        "Ghi nhầm số liệu.", "Tờ trình số 3", approver.full_name,
    )  # fmt: skip
    assert json.loads(kept["changed"])["facts"] == ["targets_completed"]
    store = Store(filed.office.store_root)
    versions = store.versions(filed.dossier())
    assert len(versions) == 2 and "Ghi nhầm số liệu." in versions[1].message
    told = json.loads(store.read(filed.dossier(), "dossier.json", 1))
    assert told["record"]["facts"]["targets_completed"] != 1
    assert "dossier.corrected" in filed.actions()
    assert filed.clean()


def test_a_fact_against_the_level_is_corrected_and_says_that_the_result_is_to_be_annulled(
    filed: Filed, approver: Account
) -> None:
    done = corrected(filed, approver, facts={"card_lost": "true"})
    assert "GEN-08" in {finding.rule_id for finding in done.findings}
    assert filed.row()["level"] == "good"
    assert done.effects is not None and not done.effects.allowed
    assert filed.clean()


def test_a_paper_brought_later_is_put_in(filed: Filed, approver: Account) -> None:
    corrected(filed, approver, attachments=(Attachment("giay.pdf", PDF, "Giấy xác nhận"),))
    assert ("other_documents", "Giấy xác nhận") in filed.papers()
    assert filed.clean()
    before = filed.row()
    assert (filed.run().filed, filed.row()) == (0, before)


def test_without_a_reason_an_approver_or_a_change_nothing_is_corrected(
    filed: Filed, approver: Account, clerk: Account
) -> None:
    before = filed.row()
    for account in (None, clerk):
        with pytest.raises(NotPermitted):
            corrected(filed, account, facts={"card_lost": "true"})
    with pytest.raises(AfterwardsRefused, match="Không có gì thay đổi"):
        corrected(filed, approver)
    with pytest.raises(InvalidInput):
        corrected(filed, approver, facts={"targets_completed": "nhiều"})
    with pytest.raises(AfterwardsRefused, match="lý do"), filed.office.locked():
        correct(filed.office, filed.database, filed.dossier(), Correction(" "), account=approver)
    assert filed.row() == before and rows(filed.database, "SELECT 1 FROM correction") == []


def test_one_dossier_is_filed_by_itself(filed: Filed) -> None:
    waiting = one(filed.database, "SELECT * FROM dossier WHERE status = 'incomplete' AND kind = 'member'") or {}
    done = file_dossier(filed.office, filed.database, waiting["id"], actor="cli", with_pdf=False)
    assert (done.changed, done.version, done.status) == (False, 1, "incomplete")
    assert done.waits_for
    with pytest.raises(AfterwardsRefused, match="đã nộp lưu"):
        file_dossier(filed.office, filed.database, filed.dossier(), actor="cli", with_pdf=False)


def test_two_papers_of_one_name_are_told_apart_by_nobody_and_refused(filed: Filed, approver: Account) -> None:
    papers = (Attachment("giay.pdf", PDF, "Giấy thứ nhất"), Attachment("giay.pdf", PDF, "Giấy thứ hai"))
    with pytest.raises(AfterwardsRefused, match="cùng tên"):
        corrected(filed, approver, attachments=papers)
    assert filed.row()["version"] == 1

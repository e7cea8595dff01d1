"""Sending a subject back to review: the step, its letter, and what it may not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.afterwards.annulments import annul
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.review_again import Demand, SentBack, review_again
from archive.campaigns.steps import StepRefused
from archive.office.accounts import Account
from tests.archive.afterwards.conftest import Filed

DEMAND = Demand(
    issued_on=date(2019, 1, 23), held_on=date(2018, 12, 15), faults=[("Chưa giải trình.", "Giải trình đầy đủ.")],
    review_by=date(2019, 1, 30), report_by=date(2019, 2, 2), number="35-CV/ĐU",
)  # fmt: skip


def sent_back(filed: Filed, demand: Demand = DEMAND) -> SentBack:
    with filed.office.locked():
        return review_again(filed.office, filed.database, filed.dossier(), demand, actor="thu")


def test_after_an_annulment_the_review_is_asked_for_anew(filed: Filed, approver: Account) -> None:
    with filed.office.locked():
        annul(filed.office, filed.database, filed.dossier(), reason="Khuyết điểm.", document="21-QĐ/ĐU",
              annulled_on=date(2019, 1, 22), account=approver)  # fmt: skip
    done = sent_back(filed)
    assert (done.standing.step, done.standing.next, done.version) == ("re_review", "review", 3)
    assert done.standing.path[-1].basis == "Yêu cầu kiểm điểm lại số 35-CV/ĐU ngày 23/01/2019"
    assert filed.row()["status"] == "annulled"
    letter = filed.text("review-again-request")
    for told in ("35-CV/ĐU", "ngày 15/12/2018", "Giải trình đầy đủ.", "trước ngày 30/01/2019", "trước ngày 02/02/2019"):
        assert told in letter, told
    assert filed.clean()


def test_a_decided_result_is_not_sent_back_and_nothing_of_it_stays(filed: Filed) -> None:
    with pytest.raises(StepRefused, match="không đi liền sau"):
        sent_back(filed)
    assert (filed.row()["version"], filed.row()["status"]) == (1, "filed")
    assert all("kiểm điểm lại" not in title for _, title in filed.papers())
    for wrong in (
        replace(DEMAND, faults=[("Chưa giải trình.", " ")]),
        replace(DEMAND, faults=[]),
        replace(DEMAND, review_by=date(2019, 1, 20)),
    ):
        with pytest.raises(AfterwardsRefused):
            sent_back(filed, wrong)
    assert filed.clean()

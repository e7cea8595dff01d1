"""Annulling, classifying again and reporting on the pages: shown first, recorded once confirmed, by approvers alone."""

from __future__ import annotations

from datetime import date

import pytest

from archive.afterwards.annulments import annul
from archive.afterwards.reclassifying import reclassify
from archive.campaigns.foreseen import if_annulled, if_decided
from archive.office.accounts import accounts
from archive.records.database import one, rows
from tests.pages.commune import Desk
from tests.pages.conftest import token
from tests.pages.test_pages import ENGLISH, visible

pytestmark = pytest.mark.xdist_group("filed-commune-pages")
ANNUL = {
    "nguyen_nhan": "fault", "ly_do": "Phát hiện vi phạm chính sách dân số", "so": "21-QĐ/ĐU", "ngay": "12/02/2019",
}  # fmt: skip


def annulled(desk: Desk) -> str:
    """The address of a dossier whose result was annulled on its page."""
    address = f"/ho-so/{desk.filed.dossier()}"
    page = desk.enter("approver").through(f"{address}/huy-ket-qua", **ANNUL)
    assert "Đã hủy kết quả xếp loại" in page.text
    return address


def test_an_annulment_shows_what_it_does_before_it_is_done(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}/huy-ket-qua"
    before = desk.filed.row()
    looked = desk.enter("approver").send(address, **ANNUL)
    said = visible(looked.text)
    assert "hiện nay “Hoàn thành tốt nhiệm vụ”, sau đó không còn mức có hiệu lực" in said
    for effect in if_annulled(desk.filed.database, desk.filed.dossier()).effects.subjects[1:]:
        for finding in (*effect.appeared, *effect.vanished):
            assert finding.message in said
    assert "không lấy lại được" in said and not ENGLISH.findall(said)
    assert desk.filed.row() == before, "nothing is recorded by looking"
    assert desk.confirm(looked, address).status_code == 303
    assert desk.filed.row()["status"] == "annulled" and desk.filed.clean()


def test_an_annulled_result_is_classified_again_and_reported(desk: Desk) -> None:
    address = annulled(desk)
    page = desk.client.get(address).text
    assert "Phát hiện vi phạm chính sách dân số" in page and "còn phải xếp loại lại" in page
    assert "Hủy kết quả</a>" not in page and "Ghi việc báo cáo" not in page
    assert desk.client.get(f"{address}/huy-ket-qua").status_code == 404
    assert desk.client.get(f"{address}/bao-cao-cap-tren").status_code == 404
    again = f"{address}/xep-loai-lai"
    refused = desk.send(again, muc="excellent", so="30-QĐ/ĐU", ngay="01/03/2019")
    assert refused.status_code == 409 and "MEM-EXC" in refused.text and "30-QĐ/ĐU" in refused.text
    half = desk.send(again, muc="completed", so="30-QĐ/ĐU", ngay="01/03/2019", bao_cao="12-BC/ĐU")
    assert half.status_code == 400 and "để trống cả hai" in half.text
    early = desk.send(again, muc="completed", so="30-QĐ/ĐU", ngay="11/02/2019")
    assert early.status_code == 400 and "Không thể trước ngày hủy kết quả (12/02/2019)" in early.text
    page = desk.through(again, muc="completed", so="30-QĐ/ĐU", ngay="01/03/2019").text
    assert "Đã xếp loại lại" in page and "còn phải báo cáo cấp trên" in page
    page = desk.through(f"{address}/bao-cao-cap-tren", bao_cao="12-BC/ĐU", ngay="05/03/2019").text
    assert "Đã báo cáo" in page and "12-BC/ĐU" in page
    assert desk.filed.row()["status"] == "reclassified" and desk.filed.clean()


def test_what_is_shown_before_is_what_comes_of_it(desk: Desk) -> None:
    dossier, database = desk.filed.dossier(), desk.filed.database
    [approver] = [one for one in accounts(database) if one.role == "approver"]
    foreseen = if_annulled(database, dossier)
    with desk.filed.office.locked():
        done, situation = annul(
            desk.filed.office, database, dossier, reason="x", document="21-QĐ/ĐU", annulled_on=date(2019, 2, 12),
            account=approver,
        )  # fmt: skip
        assert foreseen.effects.as_dict(foreseen.picture) == done.effects.as_dict(situation.picture)
        assert done.effects.subjects[1:] or done.effects.quotas, "the sample's cell feels it"
        foreseen = if_decided(database, dossier, "completed")
        done, situation = reclassify(
            desk.filed.office, database, dossier, level="completed", decision="30-QĐ/ĐU", decided_on=date(2019, 3, 1),
            account=approver,
        )  # fmt: skip
    assert foreseen.effects.as_dict(foreseen.picture) == done.effects.as_dict(situation.picture)


@pytest.mark.parametrize("role", ["clerk", "personnel", "auditor"])
def test_only_an_approver_rules(desk: Desk, role: str) -> None:
    address = f"/ho-so/{desk.filed.dossier()}"
    desk.enter(role)
    assert "Hủy kết quả</a>" not in desk.client.get(address).text
    for page in ("huy-ket-qua", "xep-loai-lai", "bao-cao-cap-tren", "ngoai-le/GEN-07"):
        assert desk.client.get(f"{address}/{page}").status_code == 403
        sent = desk.client.post(f"{address}/{page}", data={"csrf_token": token(desk.client, "/"), "dong-y": "1"})
        assert sent.status_code == 403
    assert rows(desk.filed.database, "SELECT 1 FROM annulment") == []


def test_a_complaint_that_asks_for_it_is_named_in_the_annulment(desk: Desk) -> None:
    address = f"/ho-so/{desk.filed.dossier()}"
    desk.enter("approver").through(f"{address}/khieu-nai/moi", noi_dung="Xin xem lại.", ngay_nhan="10/01/2019")
    complaint = (one(desk.filed.database, "SELECT id FROM complaint") or {})["id"]
    desk.through(f"{address}/khieu-nai/{complaint}/xem-xet", ngay="15/01/2019", viec="Họp.")
    page = desk.through(
        f"{address}/khieu-nai/{complaint}/ket-luan", ket_luan="annulled", so="07-KL/ĐU", ngay="20/01/2019",
        xac_minh="Đã xem.", can_cu="V.1",
    ).text  # fmt: skip
    assert "ra quyết định hủy kết quả" in page and "chưa có quyết định hủy" in page
    assert "Kết luận 07-KL/ĐU ngày 20/01/2019" in desk.client.get(f"{address}/huy-ket-qua").text
    desk.through(f"{address}/huy-ket-qua", **ANNUL)
    assert (one(desk.filed.database, "SELECT complaint_id FROM annulment") or {})["complaint_id"] == complaint


def test_the_dossier_of_a_unit_has_no_result_to_rule_about(desk: Desk) -> None:
    unit = (one(desk.filed.database, "SELECT id FROM dossier WHERE kind = 'campaign'") or {})["id"]
    desk.enter("approver")
    for page in ("huy-ket-qua", "xep-loai-lai", "bao-cao-cap-tren", "khieu-nai/moi"):
        assert desk.client.get(f"/ho-so/{unit}/{page}").status_code == 404
    assert "Mức xếp loại</dt>" not in desk.client.get(f"/ho-so/{unit}").text

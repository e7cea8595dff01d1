"""What holds for every form about a result: who reaches it, its language, its labels, and what comes with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from archive.office.accounts import accounts, can
from archive.records.database import one, rows
from tests.pages.commune import Desk
from tests.pages.conftest import token
from tests.pages.test_pages import ENGLISH, visible

pytestmark = pytest.mark.xdist_group("filed-commune-pages")


class Labels(HTMLParser):
    """The fields of a page that people fill in, and what their labels are for."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[str] = []
        self.labelled: set[str] = set()
        self.ids: list[str] = []
        self.told_by: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if own.get("id"):
            self.ids.append(own["id"] or "")
        self.told_by += (own.get("aria-describedby") or "").split()
        if tag == "label":
            self.labelled.add(own.get("for") or "")
        elif tag in ("input", "select", "textarea") and own.get("type") not in ("hidden", "checkbox"):
            self.fields.append(own.get("id") or "")


def forms(desk: Desk) -> dict[str, str]:
    """An address of each form, with what an account must be allowed to see it."""
    dossier = f"/ho-so/{desk.filed.dossier()}"
    desk.enter("approver").through(f"{dossier}/khieu-nai/moi", noi_dung="Xin xem lại.", ngay_nhan="10/01/2019")
    complaint = (one(desk.filed.database, "SELECT id FROM complaint") or {})["id"]
    desk.through(f"{dossier}/khieu-nai/{complaint}/xem-xet", ngay="15/01/2019", viec="Họp.")
    annulled, told = (f"/ho-so/{desk.filed.dossier(reference)}" for reference in ("DV062", "DV063"))
    for address in (annulled, told):
        desk.through(f"{address}/huy-ket-qua", nguyen_nhan="fault", ly_do="x", so="21-QĐ/ĐU", ngay="12/02/2019")
    desk.through(f"{told}/xep-loai-lai", muc="completed", so="30-QĐ/ĐU", ngay="01/03/2019")
    ill = rows(
        desk.filed.database,
        "SELECT d.id FROM finding f JOIN dossier d ON d.evaluation_id = f.evaluation_id WHERE f.rule_id = 'GEN-07'",
    )[0]["id"]
    return {
        f"{dossier}/khieu-nai/moi": "complaint.open",
        f"{dossier}/khieu-nai/{complaint}/bao-nhan": "complaint.handle",
        f"{dossier}/khieu-nai/{complaint}/xem-xet": "complaint.handle",
        f"{dossier}/khieu-nai/{complaint}/ket-luan": "complaint.resolve",
        f"{dossier}/y-kien-bao-luu/moi": "opinion.record",
        f"{dossier}/huy-ket-qua": "decision.annul",
        f"{annulled}/xep-loai-lai": "decision.make",
        f"{told}/bao-cao-cap-tren": "decision.make",
        f"/ho-so/{ill}/ngoai-le/GEN-07": "finding.waive",
    }


def test_each_form_opens_to_those_who_may_and_to_nobody_else(desk: Desk) -> None:
    wanted = forms(desk)
    people = {account.role: account for account in accounts(desk.filed.database)}
    before = len(rows(desk.filed.database, "SELECT 1 FROM filing"))
    for role in ("approver", "clerk", "personnel", "auditor"):
        desk.enter(role)
        secret = token(desk.client, "/")
        for address, action in wanted.items():
            may = can(people[role], action)
            assert desk.client.get(address).status_code == (200 if may else 403), (role, address)
            sent = desk.client.post(address, data={"csrf_token": secret, "dong-y": "1"})
            assert sent.status_code == (400 if may else 403), (role, address)
            if not may:
                assert "Chỉ tài khoản" in sent.text
    assert len(rows(desk.filed.database, "SELECT 1 FROM filing")) == before


def test_each_form_is_vietnamese_labelled_and_holds_nothing_inline(desk: Desk) -> None:
    wanted = forms(desk)
    questions = f"/ho-so/{desk.filed.dossier()}/cau-hoi"
    empty = {
        address: desk.client.post(address, data={"csrf_token": token(desk.client, "/")}).text for address in wanted
    }
    opened = {address: desk.client.get(address).text for address in (*wanted, questions, "/viec-can-lam")}
    for page in (*opened.values(), *empty.values()):
        assert not ENGLISH.findall(visible(page))
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", page)
        found = Labels()
        found.feed(page)
        assert set(found.fields) <= found.labelled, set(found.fields) - found.labelled
        assert set(found.told_by) <= set(found.ids) and len(found.ids) == len(set(found.ids))

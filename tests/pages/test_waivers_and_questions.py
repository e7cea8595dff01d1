"""Findings let pass and questions answered on the pages, and the page of what waits."""

from __future__ import annotations

import re

import pytest

from archive.campaigns.answers import questions
from archive.records.database import one, rows
from tests.pages.commune import Desk
from tests.pages.conftest import token
from tests.pages.test_pages import ENGLISH, visible

pytestmark = pytest.mark.xdist_group("filed-commune-pages")


def waivable(desk: Desk) -> tuple[str, str]:
    """The address of a dossier with a finding that may be let pass, and its rule."""
    [(dossier, rule)] = desk.filed.database.execute(
        "SELECT d.id, f.rule_id FROM finding f JOIN dossier d ON d.evaluation_id = f.evaluation_id"
        " WHERE f.rule_id = 'GEN-07' LIMIT 1"
    ).fetchall()
    return f"/ho-so/{dossier}", rule


def test_a_finding_is_let_pass_with_reason_and_paper(desk: Desk) -> None:
    address, rule = waivable(desk)
    page = desk.enter("approver").client.get(address).text
    assert f'href="{address}/ngoai-le/{rule}"' in page
    answer = desk.send(f"{address}/ngoai-le/{rule}", ly_do="Nghỉ ốm có xác nhận")
    assert answer.status_code == 400 and "Nghỉ ốm có xác nhận" in answer.text
    page = desk.through(f"{address}/ngoai-le/{rule}", ly_do="Nghỉ ốm có xác nhận", van_ban="Kết luận số 12-KL/ĐU").text
    assert "Đã chấp nhận ngoại lệ" in page and "Người duyet" in page and "Kết luận số 12-KL/ĐU" in page
    assert f"/ngoai-le/{rule}" not in page
    assert desk.client.get(f"{address}/ngoai-le/{rule}").status_code == 404, "nothing is let pass twice"
    assert len(rows(desk.filed.database, "SELECT 1 FROM waiver WHERE ended_at IS NULL")) == 1


def test_a_missing_paper_is_let_pass_and_its_waiver_shown(desk: Desk) -> None:
    dossier = str((one(desk.filed.database, "SELECT id FROM dossier WHERE kind = 'leadership_collective'"
                       " AND waits_for LIKE '%Báo cáo kiểm điểm của tập thể%'") or {})["id"])  # fmt: skip
    page = desk.enter("approver").client.get(f"/ho-so/{dossier}").text
    [address] = set(re.findall(rf'href="(/ho-so/{dossier}/ngoai-le/DOS-02)"', page))
    page = desk.through(address, ly_do="Tập thể mới thành lập", van_ban="Kết luận số 12-KL/ĐU").text
    assert "Tập thể mới thành lập" in page and address not in page
    assert "Tập thể mới thành lập" in desk.enter("personnel").client.get(f"/ho-so/{dossier}").text


def test_what_the_rulebook_does_not_leave_open_is_not_offered(desk: Desk) -> None:
    found = one(
        desk.filed.database,
        "SELECT d.id, f.rule_id FROM finding f JOIN dossier d ON d.evaluation_id = f.evaluation_id"
        " WHERE f.severity = 'error' AND f.rule_id LIKE 'CAP-%' LIMIT 1",
    )
    assert found
    page = desk.enter("approver").client.get(f"/ho-so/{found['id']}").text
    assert found["rule_id"] in page and f"/ngoai-le/{found['rule_id']}" not in page
    assert desk.client.get(f"/ho-so/{found['id']}/ngoai-le/{found['rule_id']}").status_code == 404


def asked(desk: Desk) -> tuple[str, list[str]]:
    """The address of a dossier with open questions, and their rules."""
    [dossier] = desk.filed.database.execute(
        "SELECT id FROM dossier WHERE kind = 'campaign' AND unit_name LIKE 'Đảng bộ%'"
    ).fetchone()
    return f"/ho-so/{dossier}", [one.rule.id for one in questions(desk.filed.database, dossier) if one.state == "open"]


def test_any_number_of_questions_is_answered_at_once(desk: Desk) -> None:
    address, rules = asked(desk)
    page = desk.enter("clerk").client.get(address).text
    assert f"{len(rules)} câu hỏi chờ trả lời" in page
    before = visible(desk.client.get(f"{address}/cau-hoi").text)
    assert not ENGLISH.findall(before)
    sent = desk.send(f"{address}/cau-hoi", **{
        f"tra-loi-{rules[0]}": "yes", f"van-ban-{rules[0]}": "Báo cáo số 5-BC/ĐU",
        f"tra-loi-{rules[1]}": "not_applicable", f"ghi-chu-{rules[1]}": "Không có ngành dọc.",
    })  # fmt: skip
    assert sent.status_code == 303
    page = desk.client.get(sent.location).text
    assert "Đã ghi 2 câu trả lời" in page and "Báo cáo số 5-BC/ĐU" in page and "Người thu" in page
    assert (len(rules) > 2) == ("câu hỏi chờ trả lời" in desk.client.get(address).text)
    assert rules[0] not in desk.client.get(address).text
    desk.send(f"{address}/cau-hoi")
    assert len(rows(desk.filed.database, "SELECT 1 FROM unit_answer")) == 2, "what did not change is not written again"


def test_an_answer_without_its_ground_is_blamed_and_the_others_stay(desk: Desk) -> None:
    address, rules = asked(desk)
    sent = desk.enter("clerk").send(f"{address}/cau-hoi", **{
        f"tra-loi-{rules[0]}": "yes", f"van-ban-{rules[0]}": "5-BC/ĐU",
        f"tra-loi-{rules[1]}": "no", f"ghi-chu-{rules[2]}": "chưa chọn",
    })  # fmt: skip
    assert sent.status_code == 400
    for name in (f"van-ban-{rules[1]}", f"ghi-chu-{rules[1]}", f"tra-loi-{rules[2]}"):
        assert f'id="e-{name}"' in sent.text
    assert 'value="5-BC/ĐU"' in sent.text and "chưa chọn" in sent.text
    assert rows(desk.filed.database, "SELECT 1 FROM unit_answer") == [], "all or nothing"


@pytest.mark.parametrize("role", ["personnel", "auditor"])
def test_who_does_not_answer_only_reads_the_questions(desk: Desk, role: str) -> None:
    address, _ = asked(desk)
    page = desk.enter(role).client.get(f"{address}/cau-hoi").text
    assert "Ghi các câu trả lời" not in page and "<fieldset" in page and "disabled" in page
    sent = desk.client.post(f"{address}/cau-hoi", data={"csrf_token": token(desk.client, "/")})
    assert sent.status_code == 403


def test_the_page_of_what_waits_leads_to_each_of_it(desk: Desk) -> None:
    member = f"/ho-so/{desk.filed.dossier()}"
    desk.enter("approver").through(
        f"{member}/khieu-nai/moi", noi_dung="Xin xem lại.", ngay_nhan="10/01/2019", hen="25/01/2019"
    )
    page = desk.client.get("/viec-can-lam").text
    assert not ENGLISH.findall(visible(page))
    assert f'href="{member}"' in page and "25/01/2019" in page and "quá " in page
    address, rule = waivable(desk)
    assert f'href="{address}"' in page and rule in page
    assert re.search(r"Câu hỏi chờ trả lời \(\d+ câu ở \d+ hồ sơ\)", page)
    [link] = re.findall(r'href="(/\?[^"]*trangthai=incomplete[^"]*)">\d+ hồ sơ</a>', page)[:1]
    assert "hồ sơ</h1>" in desk.client.get(link.replace("&amp;", "&")).text
    desk.through(f"{address}/ngoai-le/{rule}", ly_do="Có xác nhận", van_ban="12-KL/ĐU")
    again = desk.client.get("/viec-can-lam").text
    assert again.count(rule) == page.count(rule) - 1

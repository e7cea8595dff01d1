"""The pages of lists: the question in the address, pasted names, Excel, and who may see them."""

from __future__ import annotations

import io
from html import escape

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from archive.office import accounts
from archive.office.accounts import ROLES
from tests.pages.conftest import enter, token
from tests.search.conftest import SmallOffice
from tests.search.years_office import YearsOffice

ASKED = "/danh-sach?muc=hd13_2018:good&so-nam=1"


@pytest.fixture
def years(small: SmallOffice) -> YearsOffice:
    made = YearsOffice(small)
    made.years("Lê An", {"2018": "good"}, birth_date="1970-05-02")
    made.years("Lê Ân", {"2018": "completed"})
    made.years("<b>Tý</b>", {"2018": "excellent"})
    made.result(made.small.person("Trần Bình"), "2018", "good", complaint=True)
    return made


def send(client: FlaskClient, **more: object) -> object:
    path = "/danh-sach/ten"
    data = {"ten": "", "so-nam": "1", "den": "", "cot": "", "csrf_token": token(client, path), **more}
    return client.post(path, data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_see_people_may_list_them(years: YearsOffice, client: FlaskClient, role: str) -> None:
    shown = enter(client, role).get(ASKED)
    assert shown.status_code == 200
    assert "2 người đủ điều kiện" in shown.text


@pytest.mark.parametrize("path", ["/danh-sach", "/danh-sach/excel?muc=good", "/danh-sach/ten"])
def test_nobody_else(years: YearsOffice, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    assert client.get(path).status_code == 303
    enter(client, "clerk")
    monkeypatch.setitem(accounts._ACTIONS, "person.see", frozenset())
    refused = client.get(path)
    assert refused.status_code == 403
    assert "Lê An" not in refused.text


def test_the_question_stands_in_the_address(years: YearsOffice, client: FlaskClient) -> None:
    enter(client)
    form = client.get("/danh-sach")
    assert "Lập danh sách" in form.text
    assert "người đủ điều kiện" not in form.text
    shown = client.get(ASKED).text
    assert 'href="/qua-trinh?nguoi=' in shown
    assert 'href="/ho-so/2018-m-' in shown
    assert "Lê Ân" not in shown
    assert escape("<b>Tý</b>") in shown
    assert "<b>Tý" not in shown
    gaps = client.get(f"{ASKED}&thieu=ghi-ro").text
    assert "3 người đủ điều kiện" in gaps
    assert "đang có khiếu nại" in gaps


@pytest.mark.parametrize("more", ["&den=2018..", "&don-vi=Không+có", "&so-nam=0", "&muc=x", "&den=<b>"])
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(
    years: YearsOffice, client: FlaskClient, more: str
) -> None:
    base = "/danh-sach?muc=x" if more == "&muc=x" else "/danh-sach?muc=good"
    refused = enter(client).get(base + more)
    assert refused.status_code == 400
    assert 'class="problem"' in refused.text
    assert "<b>" not in refused.text


def test_many_people_come_in_pages_and_whole_in_excel(years: YearsOffice, client: FlaskClient) -> None:
    for number in range(60):
        years.years(f"Đỗ Văn Số{number}", {"2018": "good"})
    enter(client)
    assert "Trang 1 / 2" in client.get(ASKED).text
    assert "Trang 2 / 2" in client.get(f"{ASKED}&trang=2").text
    assert client.get(f"{ASKED}&trang=99").status_code == 200
    sent = client.get(ASKED.replace("?", "/excel?"))
    assert sent.headers["Content-Disposition"].endswith("danh-sach-2018-2018.xlsx")
    page = load_workbook(io.BytesIO(sent.data)).active
    assert page is not None
    assert sum(str(row[0].value).isdigit() for row in page.iter_rows()) == 62
    events = list(years.database.query("SELECT note FROM event WHERE action = 'results.exported'"))
    assert events == [{"note": "rows=62"}]


def test_pasted_names_are_answered_line_by_line(years: YearsOffice, client: FlaskClient) -> None:
    enter(client)
    shown = send(client, ten="Lê An, 1970\nKhông Ai\n<script>x</script>").text  # type: ignore[attr-defined]
    assert "3 dòng: 1 đã rõ, 0 chưa rõ là ai, 2 không tìm thấy." in shown
    assert "<script>x" not in shown
    excel = send(client, ten="Lê An", excel="1")
    assert excel.headers["Content-Disposition"].endswith(".xlsx")  # type: ignore[attr-defined]


def test_a_file_of_names(years: YearsOffice, client: FlaskClient) -> None:
    enter(client)
    workbook, buffer = Workbook(), io.BytesIO()
    workbook.active.append(["Họ và tên"])  # type: ignore[union-attr]
    workbook.active.append(["le an"])  # type: ignore[union-attr]
    workbook.save(buffer)
    shown = send(client, tep=(io.BytesIO(buffer.getvalue()), "ds.xlsx"))
    assert "1 dòng: 0 đã rõ, 1 chưa rõ là ai" in shown.text  # type: ignore[attr-defined]
    broken = send(client, tep=(io.BytesIO(b"PK hong"), "ds.xlsx"))
    assert broken.status_code == 400  # type: ignore[attr-defined]


def test_a_long_list_is_taken_and_an_empty_one_is_not(years: YearsOffice, client: FlaskClient) -> None:
    enter(client)
    long = send(client, ten="Nguyễn Văn Không Có Trong Kho\n" * 4000)
    assert "4000 dòng" in long.text  # type: ignore[attr-defined]
    assert send(client).status_code == 400  # type: ignore[attr-defined]


def test_names_from_another_site_are_refused(years: YearsOffice, client: FlaskClient) -> None:
    enter(client)
    assert client.post("/danh-sach/ten", data={"ten": "Lê An"}).status_code == 400

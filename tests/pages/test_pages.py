"""The pages as a signed-in clerk, a stranger and a hostile site meet them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.records.database import rows
from archive.store.inventory import User
from archive.store.ocfl import Store
from tests.pages.conftest import PASSWORD, enter, token
from tests.search.conftest import SmallOffice
from web import create_app

ENGLISH = re.compile(
    r"\b(the|and|of|search|sign|login|logout|password|error|filter|status|level|unit|year|page|next|previous|not found|"
    r"file|download|dossier|filed|draft|incomplete|excellent|good|completed|member|none|null|true|false|bad request|"
    r"forbidden|method|token|missing|invalid|clerk|admin)\b",
    re.IGNORECASE,
)


class Visible(HTMLParser):
    """What a person reads: texts, titles, placeholders; not addresses and codes."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.said += [value or "" for name, value in attrs if name in ("title", "placeholder", "aria-label", "alt")]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "code" not in self.inside:
            self.said.append(data)


def visible(page: str) -> str:
    reader = Visible()
    reader.feed(page)
    return " ".join(" ".join(reader.said).split())


def put(small: SmallOffice, dossier: str, path: str, data: bytes, item: str, title: str, media_type: str) -> None:
    """A paper, in the store and listed."""
    store = Store(small.office.store_root)
    store.ensure()
    user = User("Văn thư", "mailto:vanthu@example.vn")
    planned = store.plan(dossier, {path: data}, user=user, message="thử", created="2018-12-25T08:00:00Z")
    store.write(planned)
    store.install(planned)
    small.database.table("dossier_file").insert(
        {
            "dossier_id": dossier, "version": 1, "path": path, "item": item, "title": title, "media_type": media_type,
            "digest": "0", "size": len(data), "position": 1,
        }
    )  # fmt: skip


def every_get(app: Flask) -> list[str]:
    """An address of each page."""
    return [
        rule.rule.replace("<dossier_id>", "2018-m-x").replace("<path:path>", "a.pdf")
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in ("static", "sign_in.form")
    ]


def test_every_page_needs_a_signed_in_account(app: Flask, client: FlaskClient) -> None:
    assert len(every_get(app)) >= 4
    for path in every_get(app):
        answer = client.get(path)
        assert answer.status_code == 303 and answer.location.startswith("/dang-nhap"), path


def test_signing_in_goes_on_to_the_page_asked_for_and_never_elsewhere(client: FlaskClient) -> None:
    for onward, lands in (
        ("/qua-trinh?nguoi=an", "/qua-trinh?nguoi=an"),
        ("//evil.vn", "/"),
        ("https://evil.vn", "/"),
        ("/\\evil.vn", "/"),
        ("", "/"),
    ):
        answer = client.post(
            "/dang-nhap",
            data={"ten": "clerk", "mat-khau": PASSWORD, "tiep": onward, "csrf_token": token(client)},
        )
        assert answer.location == lands
        client.post("/dang-xuat", data={"csrf_token": token(client, "/")})
    assert client.get("/").status_code == 303


def test_a_wrong_password_says_so(client: FlaskClient) -> None:
    answer = client.post("/dang-nhap", data={"ten": "clerk", "mat-khau": "sai", "csrf_token": token(client)})
    assert answer.status_code == 401
    assert "không đúng" in answer.text


def test_a_session_ended_elsewhere_ends_here(small: SmallOffice, client: FlaskClient) -> None:
    enter(client)
    small.database.execute("UPDATE account SET session_version = 2")
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.vn"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    enter(client)
    data = {"csrf_token": token(client, "/")}
    assert client.post("/dang-xuat", data=data, headers=headers).status_code == 400
    assert client.get("/").status_code == 200, "still signed in"
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert client.post("/dang-xuat", data=data, headers=own).status_code == 303


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    enter(client)
    answer = client.post("/dang-xuat")
    assert answer.status_code == 400
    assert "tải lại trang" in answer.text
    assert client.post("/dang-nhap", data={"ten": "clerk", "mat-khau": PASSWORD}).status_code == 400


def test_headers_and_cookie(client: FlaskClient) -> None:
    enter(client)
    for path in ("/", "/khong-co", "/dang-nhap"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
    cookie = client.get("/").headers.get("Set-Cookie", "")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    with client.get("/tinh/hoso.css") as answer:
        assert "public" in answer.headers["Cache-Control"]


def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    enter(client)
    for path in ("/", "/qua-trinh", "/dang-nhap", "/khong-co"):
        page = client.get(path).text
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", page), path


def test_the_key_of_sessions_is_made_once_and_only_the_owner_reads_it(small: SmallOffice) -> None:
    first = create_app(small.office).config["SECRET_KEY"]
    assert create_app(small.office).config["SECRET_KEY"] == first
    assert len(first) >= 32
    assert (small.office.root / "secret.key").stat().st_mode & 0o777 == 0o600


def test_the_list_keeps_its_state_in_the_address(small: SmallOffice, client: FlaskClient) -> None:
    small.filed_many([f"Nguyễn Văn An {number:03d}" for number in range(120)])
    small.filed("Trần Thị Bình", period="2017", level="excellent")
    enter(client)
    page = client.get("/?nam=2018&muc=good&trang=2").text
    assert "120 hồ sơ" in page
    assert "Trang 2 / 3" in page
    assert re.search(r'href="/\?nam=2018&amp;muc=good&amp;trang=3"', page)
    assert '<option value="2018" selected>2018 (120)</option>' in page
    assert "An 050" in page and "An 049" not in page
    assert "Trần Thị Bình" in client.get("/?q=binh").text
    assert "Không có hồ sơ nào khớp" in client.get("/?q=binh&nam=2018").text
    assert client.get("/?trang=abc&nam=%00&q=%22").status_code == 200
    mistyped = client.get("/?q=tran+thj+binh").text
    assert "dưới đây là kết quả tìm “tran thi binh”" in mistyped and "Trần Thị Bình" in mistyped


def test_a_dossier_shows_where_it_stands_and_opens_its_papers(small: SmallOffice, client: FlaskClient) -> None:
    dossier = small.filed("Nguyễn Văn An", number="15-QĐ/ĐU", status="incomplete")
    evaluation = dossier.split("-")[2]
    small.database.execute("UPDATE dossier SET waits_for = '[\"Bản tự kiểm điểm\"]'")
    small.database.table("finding").insert(
        {
            "evaluation_id": evaluation, "rule_id": "MEM-EXC-02", "severity": "error", "message": "Tiêu chí chưa đạt",
            "citation": "13-HD/TU, II.2.3.a", "given": "Tốt", "needed": "Xuất sắc", "remedy": "Xếp mức thấp hơn",
            "found_at": "2018-12-20T00:00:00Z",
        }
    )  # fmt: skip
    put(small, dossier, "ho-so.pdf", b"%PDF-1.7 thu", "bundle", "Toàn bộ hồ sơ", "application/pdf")
    enter(client)
    page = client.get(f"/ho-so/{dossier}").text
    for said in ("Nguyễn Văn An", "15-QĐ/ĐU", "Hoàn thành tốt nhiệm vụ", "Bản tự kiểm điểm", "13-HD/TU, II.2.3.a"):
        assert said in page
    answer = client.get(f"/ho-so/{dossier}/tep/ho-so.pdf")
    assert answer.data == b"%PDF-1.7 thu"
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    opened = rows(small.database, "SELECT * FROM event WHERE action = 'document.opened'")
    assert [(event["object"], event["note"]) for event in opened] == [(dossier, "v1 ho-so.pdf")]
    assert client.get(f"/ho-so/{dossier}/tep/../../hoso.db").status_code == 404
    assert client.get("/ho-so/2018-m-khong/tep/a.pdf").status_code == 404


def test_a_word_paper_is_downloaded(small: SmallOffice, client: FlaskClient) -> None:
    dossier = small.filed("Nguyễn Văn An")
    put(
        small,
        dossier,
        "01.docx",
        b"PK",
        "cover",
        "Bìa",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    answer = enter(client).get(f"/ho-so/{dossier}/tep/01.docx")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("role", "status"), [("clerk", 403), ("personnel", 403), ("approver", 200), ("auditor", 200)])
def test_a_complaint_file_opens_to_few(small: SmallOffice, client: FlaskClient, role: str, status: int) -> None:
    dossier = small.filed("Nguyễn Văn An")
    put(small, dossier, "khieu-nai.pdf", b"%PDF", "complaint_file", "Đơn khiếu nại", "application/pdf")
    enter(client, role)
    address = f"/ho-so/{dossier}/tep/khieu-nai.pdf"
    assert client.get(address).status_code == status
    assert (f'href="{address}"' in client.get(f"/ho-so/{dossier}").text) == (status == 200)
    assert len(rows(small.database, "SELECT 1 FROM event WHERE action = 'document.opened'")) == (status == 200)


def test_the_journal_shows_to_those_who_check(small: SmallOffice, client: FlaskClient) -> None:
    dossier = small.filed("Nguyễn Văn An")
    put(small, dossier, "a.pdf", b"%PDF", "review", "Bản kiểm điểm", "application/pdf")
    enter(client).get(f"/ho-so/{dossier}/tep/a.pdf")
    assert "Nhật ký" not in client.get(f"/ho-so/{dossier}").text
    client.post("/dang-xuat", data={"csrf_token": token(client, "/")})
    assert "Mở tài liệu" in enter(client, "auditor").get(f"/ho-so/{dossier}").text


def test_a_person_over_the_years(small: SmallOffice, client: FlaskClient) -> None:
    person = small.person("Nguyễn Văn An", card="00123456", birth_date="1980-02-03")
    small.dossier(person, period="2018", level="excellent")
    small.dossier(person, period="2017", level="good")
    enter(client)
    page = visible(client.get("/qua-trinh?nguoi=00123456").text)
    assert "Sinh ngày 03/02/1980" in page
    assert page.index("2018") < page.index("2017")
    assert "Không có ai khớp" in client.get("/qua-trinh?nguoi=khong").text


def test_a_year_without_a_decision_yet_says_so(small: SmallOffice, client: FlaskClient) -> None:
    person = small.person("Nguyễn Văn An", card="00123456")
    small.dossier(person, period="2018", level=None, status="incomplete")
    enter(client)
    assert "Chưa có" in visible(client.get("/qua-trinh?nguoi=00123456").text)


def test_hostile_names_are_shown_as_written(small: SmallOffice, client: FlaskClient) -> None:
    name = "<script>alert(1)</script> \"An' & Bình"
    person = small.person(name)
    dossier = small.dossier(person, comment="<img src=x onerror=alert(1)>")
    enter(client)
    for path in (
        "/",
        "/?q=script",
        "/?q=img",
        f"/ho-so/{dossier}",
        f"/qua-trinh?nguoi={person}",
        "/?nam=<script>",
        "/qua-trinh?nguoi=<b>",
    ):
        page = client.get(path).text
        assert "<script" not in page and "<img" not in page and "<b>" not in page.replace("<b>1</b>", ""), path
    assert name in visible(client.get(f"/ho-so/{dossier}").text)


def test_no_english_word_is_shown(small: SmallOffice, client: FlaskClient) -> None:
    dossier = small.filed("Nguyễn Văn An", status="incomplete")
    small.filed("Trần Thị Bình", level=None, status="annulled")
    small.filed("Lê Cúc", level=None, status="draft")
    small.filed("Lê Dũng", level="not_classified")
    put(small, dossier, "a.pdf", b"%PDF", "review", "Bản kiểm điểm", "application/pdf")
    pages = [client.get("/dang-nhap").text]
    small.database.execute("UPDATE account SET full_name = 'Nguyễn Thị Văn Thư'")
    enter(client, "auditor")
    for path in (
        "/",
        "/?q=an",
        "/?q=zzz",
        f"/ho-so/{dossier}",
        "/ho-so/khong",
        "/khong-co",
        "/qua-trinh",
        "/qua-trinh?nguoi=Nguyen Van An",
        "/qua-trinh?nguoi=zzz",
    ):
        pages.append(client.get(path).text)
    pages += [client.post("/").text, client.post("/dang-xuat").text]
    for page in pages:
        assert 'lang="vi"' in page
        assert not ENGLISH.findall(visible(page))


def test_views_hold_no_sql() -> None:
    for file in (Path(__file__).parents[2] / "pages").glob("*.py"):
        assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE)\b", file.read_text(encoding="utf-8")), file.name

"""The sample commune filed to its end, with people who may sign in, and the shortest ways to fill in its forms."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html.parser import HTMLParser

from flask.testing import FlaskClient
from pypdf import PdfWriter
from werkzeug.test import TestResponse

from tests.archive.afterwards.conftest import Filed
from tests.pages.conftest import token

_sheet = io.BytesIO()
_writer = PdfWriter()
_writer.add_blank_page(595, 842)
_writer.write(_sheet)
PDF = _sheet.getvalue()
PASSWORD = "mot mat khau dai"  # noqa: S105 - of accounts that live for one test
NAMES = {"approver": "duyet", "clerk": "thu", "personnel": "hoach", "auditor": "tra"}


@dataclass
class Desk:
    """The filed commune and a browser before it."""

    filed: Filed
    client: FlaskClient

    def enter(self, role: str) -> Desk:
        """Signs in."""
        if self.client.get("/").status_code == 200:
            self.client.post("/dang-xuat", data={"csrf_token": token(self.client, "/")})
        given = {"ten": NAMES[role], "mat-khau": PASSWORD, "csrf_token": token(self.client)}
        assert self.client.post("/dang-nhap", data=given).status_code == 303
        return self

    def send(self, address: str, follow: str = "", **fields: object) -> TestResponse:
        """Fills the form at an address in and sends it, as `follow` (`dong-y`, `sua`) or to be looked over."""
        standing = carried(self.client.get(address).text)
        written = {name.replace("_", "-"): value for name, value in fields.items()}
        pressed = {follow: "1"} if follow else {}
        return self.client.post(address, data={**standing, **written, **pressed}, content_type="multipart/form-data")

    def confirm(self, looked: TestResponse, address: str) -> TestResponse:
        """Presses the last button of a page where something is looked over."""
        return self.client.post(
            address, data={**carried(looked.text), "dong-y": "1"}, content_type="multipart/form-data"
        )

    def through(self, address: str, **fields: object) -> TestResponse:
        """Fills in, looks over, confirms; the page it leads to."""
        looked = self.send(address, "", **fields)
        assert looked.status_code == 200 and "xem lại trước khi ghi" in looked.text, looked.text
        done = self.confirm(looked, address)
        assert done.status_code == 303, done.text
        return self.client.get(done.location)


class _Form(HTMLParser):
    """The fields of the last form on a page with what stands in them, as a browser sends them back."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._writing = ""
        self._choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        name, value = own.get("name") or "", own.get("value") or ""
        if tag == "form":
            self.fields = {}
        elif tag == "input" and own.get("type") != "file" and ("checked" in own or own.get("type") != "checkbox"):
            self.fields.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._writing = name
            self.fields[name] = [""]
        elif tag == "select":
            self._choosing = name
            self.fields[name] = [""]
        elif tag == "option" and "selected" in own:
            self.fields[self._choosing] = [value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = ""

    def handle_data(self, data: str) -> None:
        if self._writing:
            # The line end that opens a text area is not part of its text.
            self.fields[self._writing] = [self.fields[self._writing][0] + data.removeprefix("\n")]


def carried(page: str) -> dict[str, list[str]]:
    """What the last form of a page sends when nothing in it is changed."""
    form = _Form()
    form.feed(page)
    return form.fields

"""The files of a form between its pages: a browser sends a file once, and the form may be shown again or looked over.

What was sent is held for the account until the work is recorded; the form carries its key and name along.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from flask import request

from archive.intake.handed_in import hand_in, is_held
from archive.intake.papers import PaperRefused, open_paper
from generator.vietnamese import forbidden_character, nfc
from pages.connection import the_office
from pages.session import signed_in

LARGEST_SENT = 200 * 1024 * 1024  # bytes of all files of a form together


@dataclass(frozen=True)
class HandedFile:
    """A file held: the key of its bytes, and its name."""

    key: str
    name: str

    @property
    def carried(self) -> str:
        """As the form carries it."""
        return f"{self.key}|{self.name}"

    @property
    def title(self) -> str:
        """What it is called where nobody said: its name without the ending."""
        return PurePath(self.name).stem.replace("_", " ")


def allow_files() -> None:
    """Lets the addresses that take files or long texts take more than the small forms of the other pages."""
    if request.blueprint in _LARGE or request.endpoint == "intake.take":
        request.max_content_length = LARGEST_SENT


_LARGE = frozenset({"candidates", "complaints", "opinions", "questions", "waivers", "rulings"})


def arrived(name: str, largest: int) -> tuple[list[HandedFile], list[str]]:
    """The files just sent in a field, looked over and held; and a sentence for each that cannot be taken.

    Args:
        largest: bytes of one file; of a larger one no more is read than shows that it is too large.
    """
    held, wrong = [], []
    for sent in request.files.getlist(name):
        told = PurePosixPath(nfc(sent.filename or "").replace("\\", "/")).name
        if not told:
            continue
        if forbidden_character(told):
            wrong.append("Tên tệp có ký tự không dùng được. Xin đổi tên tệp.")
            continue
        data = sent.stream.read(largest + 1)
        try:
            open_paper(told, data)
        except PaperRefused as error:
            wrong.append(f"“{told}”: {error.message}")
            continue
        held.append(HandedFile(hand_in(the_office(), signed_in().id, data), told))
    return held, wrong


def still_held(name: str) -> tuple[list[HandedFile], list[str]]:
    """The files a form carries along in a field, and a sentence for each that is held no longer."""
    held, lost = [], []
    for carried in request.form.getlist(name):
        key, _, told = carried.partition("|")
        if is_held(the_office(), signed_in().id, key):
            held.append(HandedFile(key, PurePosixPath(nfc(told)).name))
        else:
            lost.append(f"Tệp “{told}” không còn được giữ. Xin chọn lại.")
    return held, lost

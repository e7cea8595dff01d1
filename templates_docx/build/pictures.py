"""The first page of every form as a picture, to look at: `python -m templates_docx.build.pictures`.

Each form is filled with its sample and converted as an office would convert it; `docs/forms/` holds the pictures and a
list of them. Needs LibreOffice and poppler's pdftoppm.
"""

from __future__ import annotations

import struct
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path

from generator.documents import generate
from generator.forms.library import forms
from generator.forms.manifest import Manifest
from generator.forms.samples import sample
from generator.pdf.convert import convert
from generator.rules.rulebook import Rulebook, load_rulebook

FOLDER = Path(__file__).parents[2] / "docs" / "forms"
_DOTS = 80
# Sixteen greys are enough for black letters, and a third of the size.
_GREYS = 16
_HEAD = """# Every form and paper, as it prints

The first page of each form, filled with its sample and converted by LibreOffice. `make pictures` draws them anew.

"""


def picture_name(form: Manifest) -> str:
    """The file of a form's picture."""
    return f"{form.code.lower()}.png"


def make_pictures(folder: Path, book: Rulebook) -> list[Path]:
    """Writes the picture of every form and the list of them; what is of no form any more goes.

    Raises:
        OfficeMissing: LibreOffice is not installed.
        OSError: pdftoppm is missing, or the folder cannot be written.
    """
    every = list(forms(book).values())
    words = [
        generate(
            form.code, {"document": sample(form, book)["document"]}, state=form.states[-1], book=book,
            paper_code=f"2018-{form.code}-abcdefghjkmn" if form.take_home else "",
        ).word
        for form in every
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for form, document in zip(every, convert(words), strict=True):
        path = folder / picture_name(form)
        path.write_bytes(first_page(document.data))
        made.append(path)
    for old in set(folder.glob("*.png")) - set(made):
        old.unlink()
    (folder / "README.md").write_text(_HEAD + index(every), encoding="utf-8")
    return made


def index(every: Iterable[Manifest]) -> str:
    """The list of the pictures, in the order of the guidance."""
    rows = ["| Code | Title | First page |", "|---|---|---|"]
    for form in every:
        name = picture_name(form)
        rows.append(f'| `{form.code}` | {form.title} | [<img src="{name}" width="180" alt="{form.code}">]({name}) |')
    return "\n".join(rows) + "\n"


def first_page(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG of sixteen greys, 80 dots an inch."""
    command = ["pdftoppm", "-gray", "-r", str(_DOTS), "-f", "1", "-singlefile", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    kind, size, most, pixels = drawn.split(b"\n", 3)
    if kind != b"P5" or most != b"255":
        raise OSError("pdftoppm drew no grey picture")
    width, height = (int(part) for part in size.split())
    return _png(width, height, pixels)


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of four bits a dot, from one byte a dot."""
    step = 256 // _GREYS
    lines = []
    for row in range(height):
        dots = bytes(dot // step for dot in pixels[row * width : (row + 1) * width]) + bytes(width % 2)
        lines.append(b"\0" + bytes(left << 4 | right for left, right in zip(dots[::2], dots[1::2], strict=True)))
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


if __name__ == "__main__":
    made = make_pictures(FOLDER, load_rulebook())
    print(f"{len(made)} pictures in {FOLDER.name}/, {sum(path.stat().st_size for path in made) // 1024} KB")  # noqa: T201

"""The sheet number at the foot of every page of a bundle: “Tờ số 3/30”.

The few letters it needs are drawn here as strokes and go into the file as a font of their own (PDF Type 3). So every
font of a bundle is embedded, whatever the machine has, and the text can be searched and copied.
"""

from __future__ import annotations

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from archive.store.errors import PaperUnreadable

FONT = "/HosoStamp"
SIZE = 9.0
_RIGHT, _BOTTOM = 42.0, 20.0
_K = 0.5523  # how far the handles of a cubic curve stand for a quarter of an ellipse


def _ellipse(x: int, y: int, rx: int, ry: int) -> str:
    kx, ky = rx * _K, ry * _K
    return (
        f"{x + rx} {y} m {x + rx} {y + ky:.0f} {x + kx:.0f} {y + ry} {x} {y + ry} c "
        f"{x - kx:.0f} {y + ry} {x - rx} {y + ky:.0f} {x - rx} {y} c "
        f"{x - rx} {y - ky:.0f} {x - kx:.0f} {y - ry} {x} {y - ry} c "
        f"{x + kx:.0f} {y - ry} {x + rx} {y - ky:.0f} {x + rx} {y} c"
    )


_O = _ellipse(260, 240, 195, 240)
# letter: (code in the font, width, strokes in thousandths of the size)
_GLYPHS: dict[str, tuple[int, int, str]] = {
    " ": (32, 250, ""),
    "/": (47, 340, "30 -60 m 310 740 l"),
    "0": (48, 530, _ellipse(265, 340, 190, 340)),
    "1": (49, 530, "130 550 m 290 680 l 290 0 l"),
    "2": (50, 530, "80 510 m 80 615 160 680 262 680 c 365 680 440 610 440 510 c 440 395 330 310 70 0 c 460 0 l"),
    "3": (
        51,
        530,
        "90 680 m 430 680 l 240 420 l 370 420 455 335 455 212 c 455 85 365 0 250 0 c 160 0 90 50 70 130 c",
    ),
    "4": (52, 530, "355 0 m 355 680 l 60 195 l 470 195 l"),
    "5": (
        53,
        530,
        "425 680 m 135 680 l 100 375 l 140 420 190 440 250 440 c 370 440 455 350 455 222 c "
        "455 90 360 0 240 0 c 160 0 95 45 70 120 c",
    ),
    "6": (
        54,
        530,
        "410 600 m 370 655 325 680 272 680 c 150 680 80 550 80 300 c 80 115 150 0 267 0 c 372 0 455 90 455 215 c "
        "455 340 372 430 267 430 c 170 430 95 360 80 260 c",
    ),
    "7": (55, 530, "70 680 m 460 680 l 195 0 l"),
    "8": (56, 530, f"{_ellipse(265, 512, 155, 168)} {_ellipse(265, 172, 190, 172)}"),
    "9": (
        57,
        530,
        "120 80 m 160 25 205 0 258 0 c 380 0 450 130 450 380 c 450 565 380 680 263 680 c 158 680 75 590 75 465 c "
        "75 340 158 250 263 250 c 360 250 435 320 450 420 c",
    ),
    "T": (84, 500, "30 680 m 470 680 l 250 680 m 250 0 l"),
    "s": (
        115,
        460,
        "385 395 m 365 450 310 480 240 480 c 150 480 92 430 92 362 c 92 290 150 265 240 245 c "
        "340 222 400 190 400 120 c 400 45 335 0 240 0 c 150 0 90 35 70 95 c",
    ),
    "ờ": (128, 560, f"{_O} 405 410 m 470 415 520 450 520 530 c 190 720 m 290 590 l"),
    "ố": (129, 530, f"{_O} 130 560 m 255 660 l 380 560 l 370 690 m 460 790 l"),
}


def _stream(data: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data.encode("latin-1"))
    return stream


def _to_unicode() -> str:
    lines = "\n".join(f"<{code:02X}> <{ord(letter):04X}>" for letter, (code, _, _) in _GLYPHS.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /HosoStamp def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(_GLYPHS)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _font(writer: PdfWriter) -> IndirectObject:
    processes, differences = DictionaryObject(), ArrayObject()
    widths = {code: width for code, width, _ in _GLYPHS.values()}
    for code, width, strokes in _GLYPHS.values():
        name = NameObject(f"/g{code}")
        draw = f"{width} 0 d0 70 w 1 J 1 j {strokes} S" if strokes else f"{width} 0 d0"
        processes[name] = writer._add_object(_stream(draw))
        differences.extend([NumberObject(code), name])
    first, last = min(widths), max(widths)
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type3"),
                NameObject("/Name"): NameObject(FONT),
                NameObject("/FontBBox"): ArrayObject(NumberObject(n) for n in (0, -100, 600, 900)),
                NameObject("/FontMatrix"): ArrayObject(FloatObject(n) for n in (0.001, 0, 0, 0.001, 0, 0)),
                NameObject("/CharProcs"): processes,
                NameObject("/Encoding"): DictionaryObject(
                    {NameObject("/Type"): NameObject("/Encoding"), NameObject("/Differences"): differences}
                ),
                NameObject("/FirstChar"): NumberObject(first),
                NameObject("/LastChar"): NumberObject(last),
                NameObject("/Widths"): ArrayObject(NumberObject(widths.get(n, 0)) for n in range(first, last + 1)),
                NameObject("/Resources"): DictionaryObject(),
                NameObject("/ToUnicode"): writer._add_object(_stream(_to_unicode())),
            }
        )
    )


def _placed(text: str, box: tuple[float, float, float, float], rotation: int) -> str:
    """The drawing of the stamp at the foot, on the right, as the page is seen after its rotation."""
    left, bottom, right, top = box
    turn = {
        0: f"1 0 0 1 {left:.2f} {bottom:.2f}",
        90: f"0 1 -1 0 {right:.2f} {bottom:.2f}",
        180: f"-1 0 0 -1 {right:.2f} {top:.2f}",
        270: f"0 -1 1 0 {left:.2f} {top:.2f}",
    }[rotation]
    wide = right - left if rotation in (0, 180) else top - bottom
    x = wide - _RIGHT - sum(_GLYPHS[letter][1] for letter in text) * SIZE / 1000
    codes = "".join(f"{_GLYPHS[letter][0]:02X}" for letter in text)
    return f"Q q {turn} cm 0 g 0 G BT {FONT} {SIZE:g} Tf 1 0 0 1 {x:.2f} {_BOTTOM:.2f} Tm <{codes}> Tj ET Q"


def stamp_pages(writer: PdfWriter) -> None:
    """Writes “Tờ số n/N” on every page, as a stream added behind the page's own, which stay untouched.

    Raises:
        PaperUnreadable: a page is not built as PDF asks.
    """
    font = _font(writer)
    opening = writer._add_object(_stream("q"))
    count = len(writer.pages)
    for number, page in enumerate(writer.pages, 1):
        # `page["/Resources"]` may serve many pages; the font is then added to it again, which changes nothing
        resources = page.get("/Resources", DictionaryObject())
        resources = resources.get_object()
        fonts = resources.get("/Font", DictionaryObject()).get_object()
        fonts[NameObject(FONT)] = font
        if "/Font" not in resources:
            resources[NameObject("/Font")] = fonts
        if "/Resources" not in page:
            page[NameObject("/Resources")] = resources
        rotation = int(page.get("/Rotate", 0)) % 360
        if rotation % 90:
            raise PaperUnreadable(f"Trang {number} xoay {rotation} độ, không đúng chuẩn PDF.")
        box = page.cropbox
        edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
        closing = writer._add_object(_stream(_placed(f"Tờ số {number}/{count}", edges, rotation)))
        page[NameObject("/Contents")] = ArrayObject([opening, *_contents(page.get("/Contents")), closing])


def _contents(contents: PdfObject | None) -> list[PdfObject]:
    if contents is None:
        return []
    resolved = contents.get_object()
    if isinstance(resolved, ArrayObject):
        return list(resolved)
    return [contents] if isinstance(contents, IndirectObject) else []

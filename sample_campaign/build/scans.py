"""Pages as a scanner or a telephone gives them: a grey picture, alone or inside a PDF."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

_DOTS = 96  # per inch: legible and small
# Height, width and number of colours of a JPEG.
_SIZE = re.compile(rb"\xff[\xc0-\xc2]..\x08(..)(..)(.)", re.DOTALL)
_COLOURS = {1: "DeviceGray", 3: "DeviceRGB"}


def photograph(pdf: bytes) -> bytes:
    """The first page of a PDF as a grey JPEG.

    Raises:
        OSError: poppler's pdftoppm is missing or failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.pdf")
        source.write_bytes(pdf)
        command = ["pdftoppm", "-jpeg", "-gray", "-r", str(_DOTS), "-f", "1", "-singlefile", str(source)]
        subprocess.run([*command, str(Path(folder, "page"))], check=True)
        return Path(folder, "page.jpg").read_bytes()


def scan(picture: bytes) -> bytes:
    """A PDF of one A4 page that is nothing but one JPEG.

    Raises:
        ValueError: the picture is no JPEG.
    """
    size = _SIZE.search(picture)
    if size is None:
        raise ValueError("no JPEG")
    height, width, colours = (int.from_bytes(number, "big") for number in size.groups())
    drawing = b"q 595 0 0 842 0 0 cm /P Do Q"
    image = (
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{_COLOURS[colours]}/BitsPerComponent 8"
    )
    return _document(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
            b"<<%s/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (image.encode(), len(picture), picture),
        ]
    )


def _document(objects: list[bytes]) -> bytes:
    pdf, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(pdf))
    return pdf + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + trailer

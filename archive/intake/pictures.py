"""Pictures of papers from outside: looked over before a byte of them is unpacked, and pages made one PDF.

JPEG and plain PNG are kept as they are. What a PDF cannot hold as it is (TIFF, a PNG with transparency or interlacing)
becomes a PDF without loss, which carries the file as it came.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pypdf import PdfWriter

from archive.intake.errors import PaperRefused
from archive.intake.pdf_papers import MOST_PIXELS
from archive.store.errors import PaperUnreadable
from archive.store.media import JPEG, PNG, to_pdf

TIFF = "image/tiff"
MOST_FRAMES = 200
_MOST_PIXELS_TOGETHER = 12 * MOST_PIXELS
# Sizes are judged here, before anything is unpacked, and with a sentence of our own.
Image.MAX_IMAGE_PIXELS = None
# What Pillow raises on broken files, by format.
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError)
_FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF"}


def check_picture(data: bytes, media_type: str) -> int:
    """Looks a picture over and gives its number of pages.

    Raises:
        PaperRefused: it is broken or cut short, or has more points or pages than a scanned paper may have.
    """
    try:
        with _opened(data, media_type) as picture:
            frames = getattr(picture, "n_frames", 1) if media_type == TIFF else 1
            if frames > MOST_FRAMES:
                raise PaperRefused(f"Tệp ảnh có quá {MOST_FRAMES} trang. Hãy tách thành từng giấy tờ.")
            total = 0
            for number in range(frames):
                picture.seek(number)
                points = picture.width * picture.height
                total += points
                if points > MOST_PIXELS or total > _MOST_PIXELS_TOGETHER:
                    raise PaperRefused("Ảnh quá nhiều điểm. Hãy quét lại với độ phân giải thấp hơn (300 dpi).")
                picture.load()
    except _BROKEN as error:
        raise PaperRefused("Tệp không phải ảnh đọc được, có thể bị cắt cụt. Hãy chụp hoặc quét lại.") from error
    return frames


def is_kept(data: bytes, media_type: str) -> bool:
    """Whether a picture that was looked over can stand in a dossier as it is."""
    if media_type == TIFF:
        return False
    try:
        to_pdf(data, media_type)
    except PaperUnreadable:
        return False
    return True


def one_pdf(pages: Sequence[tuple[bytes, str]], original: tuple[str, bytes] | None = None) -> bytes:
    """One PDF of pictures that were looked over, each on its page, in the order given.

    Args:
        pages: bytes and media type of each.
        original: name (ASCII) and bytes of the file the pages come from, carried inside where its bytes are not.
    """
    writer = PdfWriter()
    for data, media_type in pages:
        for page in _as_pdf(data, media_type):
            writer.append(io.BytesIO(page))
    if original:
        writer.add_attachment(*original)
    writer.metadata = {"/Producer": "hoso"}
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@contextmanager
def _opened(data: bytes, media_type: str) -> Iterator[Image.Image]:
    # Pillow warns of every oddity in English; a file it can read is a file that is taken.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=(_FORMATS[media_type],)) as picture:
            yield picture


def _as_pdf(data: bytes, media_type: str) -> Iterator[bytes]:
    if is_kept(data, media_type):
        yield to_pdf(data, media_type)
        return
    with _opened(data, media_type) as picture:
        for frame in ImageSequence.Iterator(picture):
            yield to_pdf(_plain_png(frame), PNG)


def _plain_png(frame: Image.Image) -> bytes:
    """The same points on white, upright, in a kind of PNG that PDF knows; its depth of colour is kept."""
    upright = ImageOps.exif_transpose(frame)
    if upright.has_transparency_data:
        seen = upright.convert("RGBA")
        upright = Image.new("RGBA", seen.size, "white")
        upright.alpha_composite(seen)
    mode = upright.mode if upright.mode in ("1", "L", "RGB") else ("L" if upright.mode in ("LA", "I;16") else "RGB")
    out = io.BytesIO()
    upright.convert(mode).save(out, "PNG")
    return out.getvalue()

"""Pictures of papers (scans, photographs) as PDF pages, their data taken over as it is, without loss.

JPEG goes in whole. PNG goes in as long as PDF knows its way of packing, which leaves out transparency and interlacing;
those are refused with what to do instead. No picture library is needed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from archive.store.errors import PaperUnreadable

A4 = (595.28, 841.89)
MARGIN = 34.0  # leaves room for the sheet number
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_TURNS = {1: (1, 0, 0, 1, 0, 0), 3: (-1, 0, 0, -1, 1, 1), 6: (0, -1, 1, 0, 0, 1), 8: (0, 1, -1, 0, 1, 0)}


@dataclass(frozen=True)
class _Picture:
    width: int
    height: int
    entries: str  # of the image's dictionary: colours and packing
    data: bytes
    orientation: int = 1  # as EXIF counts it


def to_pdf(data: bytes, media_type: str, title: str = "Ảnh") -> bytes:
    """A paper as PDF: a PDF as it is, a JPEG or PNG picture on one A4 page, upright or lying as the picture is.

    Args:
        title: names the paper when it is refused.

    Raises:
        PaperUnreadable: the data is no such picture, or the kind is not supported.
    """
    if media_type == PDF:
        return data
    try:
        if media_type == JPEG:
            return _page(_jpeg(data))
        if media_type == PNG:
            return _page(_png(data))
    except (struct.error, IndexError, KeyError) as error:
        raise PaperUnreadable(f"“{title}” không phải ảnh đọc được. Xin chụp hoặc quét lại.") from error
    except PaperUnreadable as error:
        raise PaperUnreadable(f"“{title}”: {error.message}") from error
    raise PaperUnreadable(f"“{title}” phải là tệp PDF, JPG hoặc PNG thì mới ghép được vào tập hồ sơ.")


def _jpeg(data: bytes) -> _Picture:
    if data[:2] != b"\xff\xd8":
        raise PaperUnreadable("ảnh không phải JPG.")
    at, orientation = 2, 1
    while True:
        if data[at] != 0xFF:
            raise PaperUnreadable("ảnh JPG bị hỏng.")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            orientation = _orientation(body[6:])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            bits, height, width, components = struct.unpack_from(">BHHB", body)
            break
        at += 2 + length
    colours = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[components]
    # Programs write CMYK into JPEG inverted.
    decode = " /Decode [1 0 1 0 1 0 1 0]" if components == 4 else ""
    entries = f"/ColorSpace {colours} /BitsPerComponent {bits} /Filter /DCTDecode{decode}"
    return _Picture(width, height, entries, data, orientation)


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    (offset,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, offset)
    for entry in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, offset + 2 + 12 * entry)
        if tag == 0x0112:
            return int(value) if value in _TURNS else 1
    return 1


def _png(data: bytes) -> _Picture:
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise PaperUnreadable("ảnh không phải PNG.")
    width, height, bits, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    palette, packed, at = b"", b"", 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if name == b"PLTE":
            palette = body
        elif name == b"IDAT":
            packed += body
        at += 12 + length
    if interlaced or kind not in (0, 2, 3):
        raise PaperUnreadable("ảnh PNG có nền trong suốt hoặc kiểu đan xen. Xin lưu lại thành JPG rồi đưa vào.")
    colours = {0: "/DeviceGray", 2: "/DeviceRGB"}.get(kind)
    if colours is None:
        colours = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    entries = (
        f"/ColorSpace {colours} /BitsPerComponent {bits} /Filter /FlateDecode /DecodeParms "
        f"<< /Predictor 15 /Colors {3 if kind == 2 else 1} /BitsPerComponent {bits} /Columns {width} >>"
    )
    return _Picture(width, height, entries, packed)


def _page(picture: _Picture) -> bytes:
    if not (picture.width and picture.height):
        raise PaperUnreadable("ảnh không có kích thước.")
    turned = picture.orientation in (6, 8)
    wide, high = (picture.height, picture.width) if turned else (picture.width, picture.height)
    page = A4 if high >= wide else (A4[1], A4[0])
    scale = min((page[0] - 2 * MARGIN) / wide, (page[1] - 2 * MARGIN) / high)
    w, h = wide * scale, high * scale
    place = f"{w:.3f} 0 0 {h:.3f} {(page[0] - w) / 2:.3f} {(page[1] - h) / 2:.3f}"
    turn = " ".join(str(n) for n in _TURNS[picture.orientation])
    content = f"q {place} cm {turn} cm /Im Do Q".encode()
    image = f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} {picture.entries}"
    return _assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page[0]} {page[1]}] /Contents 4 0 R "
        f"/Resources << /XObject << /Im 5 0 R >> >> >>".encode(),
        _stream(b"<<", content),
        _stream(image.encode(), picture.data),
    )


def _stream(head: bytes, data: bytes) -> bytes:
    return head + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def _assembled(*objects: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)

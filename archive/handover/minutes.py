"""The minutes by which dossiers are handed over: two copies for signature, with the list of what is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from archive.afterwards.papers import has_form
from archive.campaigns.papers.bodies import committee_name, issuer_symbol
from archive.campaigns.papers.paper import Document, given
from archive.errors import FolderUnusable, NotFound
from archive.handover.bag import Payload
from archive.handover.choosing import Chosen
from archive.office.folder import Office
from archive.office.templates import template_source
from archive.records.database import one
from generator.documents import generate
from generator.errors import reason
from generator.facts.values import choice_label
from generator.pdf.convert import convert, office_available
from generator.rules.rulebook import Rulebook
from generator.vietnamese import decimal

FORM = "handover-minutes"
COPIES = 2
# What holds the electronic copies (archive.handover.bag).
_CARRIER = "01 gói BagIt"
_FILED = choice_label("dossier_status", "filed")


@dataclass(frozen=True)
class Parties:
    """Who hands over to whom; what is left empty is left for the pen.

    Args:
        givers, receivers: (full name, position) each.
    """

    receiving_body: str = ""
    venue: str = ""
    givers: tuple[tuple[str, str], ...] = ()
    receivers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Owner:
    """Whose dossiers they are: the unit that owns the campaigns, its superior, and where it writes from."""

    unit_id: str
    name: str
    type: str
    superior: str | None
    symbol: str | None
    place: str


def owner_of(database: Database, dossier_id: str) -> Owner:
    """The unit that owns the campaign of a dossier."""
    found = one(
        database,
        "SELECT p.unit_id, p.name, p.type, p.superior_name, p.symbol, c.place"
        " FROM dossier d JOIN campaign c ON c.id = d.campaign_id JOIN unit_period p ON p.unit_id = c.owner_id"
        " WHERE d.id = ? ORDER BY p.valid_to IS NOT NULL, p.id DESC",
        [dossier_id],
    )
    if found is None:
        raise NotFound(f"Không có hồ sơ “{dossier_id}”.")
    return Owner(
        found["unit_id"], found["name"], found["type"], found["superior_name"], found["symbol"], found["place"]
    )


def write_minutes(
    office: Office,
    database: Database,
    folder: Path,
    chosen: Sequence[Chosen],
    payload: Payload,
    parties: Parties,
    *,
    book: Rulebook,
    handed_on: date,
) -> list[Path]:
    """Writes the minutes into a folder, as Word and, where LibreOffice is installed, as PDF with both copies.

    Returns:
        the files; none where the guidance has no such form.
    """
    if not has_form(book, FORM):
        return []
    owner = owner_of(database, chosen[-1].dossier_id)
    symbol = issuer_symbol(owner.name, owner.symbol, is_cell=book.is_cell(owner.type))
    document = _document(owner, chosen, payload, parties, handed_on) | {"symbol": f"BB/{symbol}"}
    templates = template_source(office, database, book.name, owner.unit_id)
    word = generate(FORM, {"document": document}, book=book, templates=templates).word
    made = {"bien-ban-ban-giao.docx": word}
    if office_available():
        made["bien-ban-ban-giao.pdf"] = convert([word])[0].data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được vào {folder}: {reason(error)}.") from error
    return [folder / name for name in made]


def _document(owner: Owner, chosen: Sequence[Chosen], payload: Payload, parties: Parties, handed_on: date) -> Document:
    body = committee_name(owner.name)
    years = sorted({one.period for one in chosen})
    giver, receiver = _first(parties.givers), _first(parties.receivers)
    return given({
        "superior_body": owner.superior,
        "issuing_body": body,
        "place": owner.place,
        "date": handed_on.isoformat(),
        "year": int(years[-1][:4]),
        "handed_on": handed_on.isoformat(),
        "venue": parties.venue,
        "collection": f"hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng năm {', '.join(years)} của {owner.name}",
        "giver_body": body,
        "givers": _people(parties.givers),
        "receiver_body": parties.receiving_body,
        "receivers": _people(parties.receivers),
        "dossiers": [
            given({
                "number": f"{number:02d}", "title": one.title, "subject": one.subject, "documents": one.documents,
                "sheets": one.sheets, "retention": one.retention, "note": _note(one),
            })
            for number, one in enumerate(chosen, start=1)
        ],
        "carrier": _CARRIER,
        "files": payload.files,
        "size": _size(payload.size),
        "digest": payload.manifest_digest,
        "finding_aids": "Danh mục hồ sơ (data/muc-luc.html để đọc, data/muc-luc.csv để nhập vào máy).",
        "condition": _condition(chosen),
        "copies": COPIES,
        "giver_title": giver[1],
        "giver_head": giver[0],
        "receiver_title": receiver[1],
        "receiver_head": receiver[0],
    })  # fmt: skip


def _people(people: Sequence[tuple[str, str]]) -> list[Document]:
    return [given({"full_name": name, "position": position}) for name, position in people]


def _condition(chosen: Sequence[Chosen]) -> str:
    checked = "Bản điện tử đã kiểm tra từng tệp theo mã SHA-512, không có tệp hỏng hoặc thiếu."
    counted = sum(one.sheets is not None for one in chosen)
    if counted in (0, len(chosen)):
        return checked
    return f"{checked} Số tờ chỉ tính {counted} hồ sơ đã có bản PDF của toàn bộ hồ sơ."


def _first(people: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return (people[0][0], people[0][1].upper()) if people else ("", "")


def _note(one: Chosen) -> str:
    notes = [] if one.status == _FILED else [one.status]
    return "; ".join([*notes, *(["Đang có khiếu nại"] if one.complaint else [])])


def _size(size: int) -> str:
    return f"{decimal(size / 1_000_000, 2)} MB"

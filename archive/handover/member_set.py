"""What goes with a member who transfers: the last three self-reviews and results, a summary, and a list of it all."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.afterwards.papers import has_form
from archive.campaigns.papers.bodies import committee_name
from archive.campaigns.papers.paper import Document, given
from archive.campaigns.plan import plan_of
from archive.errors import FolderUnusable, NotFound
from archive.handover.bag import complete_or_absent
from archive.handover.choosing import Chosen, choose, same_person
from archive.handover.errors import HandoverRefused
from archive.handover.finding_aids import as_html
from archive.handover.minutes import owner_of
from archive.handover.results import Result, results
from archive.office.accounts import Account, can, is_restricted
from archive.office.folder import Office
from archive.office.templates import template_source
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.ocfl import Store
from generator.documents import generate
from generator.errors import reason
from generator.pdf.convert import convert, office_available
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import short_date

FORM = "history-summary"
PERIODS = 3
SELF_REVIEW = "self_review"
_CAPACITIES = {"member": "party_member"}


@dataclass(frozen=True)
class MemberSet:
    """A set that was written.

    Args:
        periods: of the dossiers in it, the newest first.
        only_results: periods of which only the result is known, from a paper before hoso.
    """

    path: Path
    periods: tuple[str, ...]
    only_results: tuple[str, ...]
    files: int


def member_set(
    office: Office, database: Database, person_id: str, target: Path, *, today: date, actor: str,
    account: Account | None = None,
) -> MemberSet:  # fmt: skip
    """Writes one person's set into a folder, or into a zip file where `target` ends so; all of it or nothing.

    The dossiers of everyone merged with this person count. Of each period: the self-review and the papers that tell
    the result, in every form they are kept in (signed copy, Word, PDF).

    Raises:
        NotFound: there is no such person.
        HandoverRefused: nothing is known of him, or `target` exists.
        StoreDamaged: a paper is not as it was filed.
        FolderUnusable: the place cannot be written.
    """
    if one(database, "SELECT 1 FROM person WHERE id = ?", [person_id]) is None:
        raise NotFound(f"Không có người nào mang mã “{person_id}”.")
    store = Store(office.store_root)
    told = results(database, person_id=person_id)
    past = _past(database, person_id)
    periods = sorted({one.period for one in told} | {row["period"] for row in past}, reverse=True)[:PERIODS]
    if not periods:
        raise HandoverRefused("Người này chưa có kết quả đánh giá, xếp loại nào.")
    dossiers = _dossiers(database, store, person_id, periods, account)
    kept: list[int] = []

    def write(folder: Path) -> None:
        _write_papers(store, folder, dossiers)
        summary = _summary(office, database, told, past, periods, today)
        for name, data in summary.items():
            (folder / name).write_bytes(data)
        name = str((one(database, "SELECT full_name FROM person WHERE id = ?", [person_id]) or {})["full_name"])
        notes = (f"Lập ngày {short_date(today)}. Các năm: {', '.join(periods)}.", *_only_told(past, dossiers, periods))
        page = as_html(f"Bản tự kiểm điểm và kết quả xếp loại của đồng chí {name}", notes, dossiers, _path)
        (folder / "danh-sach.html").write_bytes(page)
        kept.append(sum(1 for path in folder.rglob("*") if path.is_file()))

    (_as_zip if target.suffix.lower() == ".zip" else complete_or_absent)(target, write)
    with writing(database):
        for item in dossiers:
            note = f"member v{item.version} files={len(item.files)}"
            events.append(database, actor=actor, action="dossier.exported", subject=item.dossier_id, note=note)
        note = f"periods={len(periods)} files={kept[0]}"
        events.append(database, actor=actor, action="member.exported", subject=person_id, note=note)
    known = {item.period for item in dossiers}
    return MemberSet(target, tuple(periods), tuple(one for one in periods if one not in known), kept[0])


def _past(database: Database, person_id: str) -> list[dict[str, Any]]:
    ids = same_person(database, person_id)
    places = ", ".join("?" * len(ids))
    sql = f"SELECT * FROM past_result WHERE person_id IN ({places}) ORDER BY period DESC"  # noqa: S608
    return rows(database, sql, ids)


def _dossiers(
    database: Database, store: Store, person_id: str, periods: Sequence[str], account: Account | None
) -> list[Chosen]:
    """The person's dossiers of these periods, each with only the papers that go along."""
    try:
        found = choose(database, store, subject=person_id)
    except HandoverRefused:
        return []
    chosen = []
    seen: set[str] = set()
    for item in filter(lambda dossier: dossier.period in periods, found):
        wanted = _wanted(database, item)
        files = [
            file
            for file in item.files
            if file["item"] in wanted
            and file["digest"] not in seen
            and (not is_restricted(file) or can(account, "file.open", file))
        ]
        # A self-review that serves two capacities lies in both dossiers and goes once.
        seen |= {file["digest"] for file in files}
        chosen.append(replace(item, files=tuple(files)))
    return chosen


def _wanted(database: Database, item: Chosen) -> frozenset[str]:
    return frozenset({SELF_REVIEW, plan_of(_book(database, item.dossier_id)).conclusion_item})


def _book(database: Database, dossier_id: str) -> Rulebook:
    sql = "SELECT c.rulebook FROM dossier d JOIN campaign c ON c.id = d.campaign_id WHERE d.id = ?"
    return load_rulebook((one(database, sql, [dossier_id]) or {})["rulebook"])


def _path(item: Chosen, path: str) -> str:
    return f"{item.period}/{item.dossier_id}/{path}"


def _write_papers(store: Store, folder: Path, dossiers: Sequence[Chosen]) -> None:
    for item in dossiers:
        for file in item.files:
            target = folder / _path(item, file["path"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(store.read(item.dossier_id, file["path"], item.version))


def _only_told(past: Sequence[Mapping[str, Any]], dossiers: Sequence[Chosen], periods: Sequence[str]) -> list[str]:
    known = {item.period for item in dossiers}
    return [
        f"Năm {row['period']}: chỉ có kết quả ghi trên giấy ({row['decision'] or 'chưa rõ quyết định'})."
        for row in past
        if row["period"] in periods and row["period"] not in known
    ]


def _summary(
    office: Office, database: Database, told: Sequence[Result], past: Sequence[Mapping[str, Any]],
    periods: Sequence[str], today: date,
) -> dict[str, bytes]:  # fmt: skip
    """The summary of these years as Word and, where LibreOffice is installed, PDF."""
    if not told:
        return {}
    book = _book(database, told[-1].dossier_id)
    if not has_form(book, FORM):
        return {}
    owner, person = owner_of(database, told[-1].dossier_id), told[-1].person
    document = given({
        **_identity(database, person),
        "superior_body": owner.superior,
        "issuing_body": committee_name(owner.name),
        "place": owner.place,
        "date": today.isoformat(),
        "year": int(periods[0][:4]),
        "purpose": "Chuyển sinh hoạt đảng",
        "results": [*_told_rows(told, periods), *_past_rows(past, told, periods)],
        "compiled_on": today.isoformat(),
        "signature_authority": "T/M ĐẢNG ỦY",
    })  # fmt: skip
    document["results"].sort(key=lambda row: row["year"])
    word = generate(
        FORM, {"document": document}, book=book, templates=template_source(office, database, book.name, owner.unit_id)
    ).word
    made = {"tong-hop-ket-qua.docx": word}
    if office_available():
        made["tong-hop-ket-qua.pdf"] = convert([word])[0].data
    return made


def _identity(database: Database, person: Mapping[str, Any]) -> Document:
    titles: dict[str, list[str]] = {}
    for row in rows(
        database,
        "SELECT position_field, title FROM position WHERE person_id = ? AND valid_to IS NULL"
        " ORDER BY is_main DESC, rowid",
        [person.get("id")],
    ):
        titles.setdefault(row["position_field"], []).append(row["title"])
    cell = one(database, "SELECT unit_name FROM person_view WHERE person_id = ?", [person.get("id")]) or {}
    return {
        **{name: person.get(name) for name in ("full_name", "birth_date", "workplace", "card_number", "file_number")},
        **{name: person.get(name) for name in ("admitted_on", "official_on")},
        **{
            f"{field}_position": ", ".join(titles.get(field, ()))
            for field in ("party", "government", "mass_organisation")
        },
        "cell": cell.get("unit_name"),
    }


def _told_rows(told: Sequence[Result], periods: Sequence[str]) -> list[Document]:
    return [
        given({
            "year": int(one.period[:4]),
            "unit": one.unit,
            "capacity": _CAPACITIES.get(one.capacity, one.capacity),
            "level": one.level,
            "decision": _decision(one.number, one.decided_on),
            "status": one.standing,
        })
        for one in told
        if one.period in periods
    ]  # fmt: skip


def _past_rows(past: Sequence[Mapping[str, Any]], told: Sequence[Result], periods: Sequence[str]) -> list[Document]:
    known = {(one.period, one.capacity) for one in told}
    return [
        given({
            "year": int(row["period"][:4]),
            "capacity": _CAPACITIES.get(row["capacity"], row["capacity"]),
            "level": row["level"],
            "decision": row["decision"],
            "status": "in_force",
        })
        for row in past
        if row["period"] in periods and (row["period"], row["capacity"]) not in known
    ]  # fmt: skip


def _decision(number: str, decided_on: str) -> str | None:
    day = f"ngày {short_date(date.fromisoformat(decided_on))}" if decided_on else ""
    return ", ".join(part for part in (f"Quyết định số {number}" if number else "", day) if part) or None


def _as_zip(target: Path, write: Callable[[Path], None]) -> None:
    """The same as `complete_or_absent`, into one zip file.

    Raises:
        HandoverRefused: `target` exists.
        FolderUnusable: the place cannot be written.
    """
    if target.exists():
        raise HandoverRefused(f"{target} đã có. Xin đặt tên khác hoặc xóa tệp cũ.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="dang-ghi-") as temporary:
            folder = Path(temporary) / target.stem
            folder.mkdir()
            write(folder)
            half = Path(temporary) / target.name
            with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as package:
                for path in sorted(folder.rglob("*")):
                    if path.is_file():
                        package.write(path, path.relative_to(folder.parent).as_posix())
            half.rename(target)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được vào {target}: {reason(error)}.") from error

"""Text of scans read by a machine (tesseract with Vietnamese), where it is installed: for searching alone.

What a machine reads is never taken for what the paper says: it is kept apart, marked with its reader, and goes nowhere
but into the index. Papers of restricted kinds are not read at all.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from archive.intake.papers import ENDINGS
from archive.office.accounts import RESTRICTED_ITEMS
from archive.records.database import now, one, rows, writing
from archive.store.media import PDF
from generator.vietnamese import forbidden_character, nfc

_PAGE_SECONDS = 120.0
_MOST_PAGES = 50
_DOTS = "200"  # per inch
_WAITING = """
SELECT x.id, x.media_type, x.content_digest, x.evaluation_id, x.campaign_id, x.unit_id FROM document x
WHERE x.source = 'intake' AND x.item <> '' AND NOT EXISTS (SELECT 1 FROM machine_text m WHERE m.document_id = x.id)
  AND EXISTS (SELECT 1 FROM taken_paper t WHERE t.document_id = x.id AND t.needs_reading = 1)
ORDER BY x.created_at, x.key
"""


@cache
def reader_name() -> str:
    """The machine that reads Vietnamese here, with its version; empty where none is installed."""
    if not (shutil.which("tesseract") and shutil.which("pdftoppm")):
        return ""
    try:
        said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
        version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    if "vie" not in said.stdout.split():
        return ""
    return (version.stdout or version.stderr).splitlines()[0].strip()


def texts_read(database: Database, dossier_ids: Sequence[str]) -> dict[str, list[str]]:
    """What a machine read in the scans of some dossiers, by dossier; dossiers without are left out."""
    found: dict[str, list[str]] = {}
    sql = "SELECT dossier_id, text FROM machine_text_view WHERE dossier_id IN (SELECT value FROM json_each(?))"
    for row in rows(database, sql, [json.dumps(list(dossier_ids))]):
        if row["text"]:
            found.setdefault(row["dossier_id"], []).append(row["text"])
    return found


def may_be_read(item: str) -> bool:
    """Whether a machine may read papers of this item of the dossier."""
    return item not in RESTRICTED_ITEMS


def waiting(database: Database) -> int:
    """How many scans no machine has read yet."""
    return len(rows(database, _WAITING))


def read_scans(database: Database) -> int:
    """Reads the scans that wait for it, each kept when it is done, so that it can be stopped; gives how many.

    A dossier already filed is queued for the index anew.
    """
    reader, done = reader_name(), 0
    for record in rows(database, _WAITING) if reader else ():
        kept = one(database, "SELECT data FROM content WHERE digest = ?", [record["content_digest"]])
        if kept is None:
            continue
        text = read_text(bytes(kept["data"]), record["media_type"])
        with writing(database):
            database.execute(
                "INSERT INTO machine_text (document_id, text, reader, read_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [record["id"], text, reader, now()],
            )
            database.execute(
                "INSERT INTO outbox (dossier_id, queued_at) SELECT DISTINCT d.id, ?1 FROM machine_text_view v"
                " JOIN dossier d ON d.id = v.dossier_id WHERE v.document_id = ?2 AND d.version > 0",
                [now(), record["id"]],
            )
        done += 1
    return done


def read_text(data: bytes, media_type: str) -> str:
    """What the machine reads on a scan, page by page; empty where it reads nothing or takes too long."""
    with tempfile.TemporaryDirectory(prefix="hoso-doc-may-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / f"paper.{ENDINGS[media_type]}"
        source.write_bytes(data)
        texts = [_read_page(page) for page in (_pages(source, place) if media_type == PDF else [source])]
    text = nfc("\n".join(texts))
    return "".join(letter for letter in text if letter == "\n" or forbidden_character(letter) is None).strip()


def _pages(source: Path, place: Path) -> Iterator[Path]:
    command = ["pdftoppm", "-gray", "-r", _DOTS, "-l", str(_MOST_PAGES), "-png", str(source), str(place / "page")]
    if _run(command):
        yield from sorted(place.glob("page*.png"))


def _read_page(page: Path) -> str:
    out = page.with_suffix("")
    if not _run(["tesseract", str(page), str(out), "-l", "vie"]):
        return ""
    return out.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")


def _run(command: list[str]) -> bool:
    # On one page the threads of tesseract wait for each other more than they read.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        subprocess.run(command, capture_output=True, timeout=_PAGE_SECONDS, check=True, env=environment)
    except (OSError, subprocess.SubprocessError):
        return False
    return True

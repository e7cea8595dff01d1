"""The files at the root of the store, which say to whoever opens it without this program how it is laid out."""

from __future__ import annotations

import json
import re
from pathlib import Path

from archive.store.errors import PathRefused
from archive.store.inventory import DIGEST, digest

ROOT_DECLARATION = "0=ocfl_1.1"
OBJECT_DECLARATION = "0=ocfl_object_1.1"
OBJECT_DECLARATION_TEXT = b"ocfl_object_1.1\n"
LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
LETTERS = 3
README = "README.txt"
_OBJECT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def root_files() -> dict[str, bytes]:
    """Every file at the root of a new store, the declaration last, since it says that the rest is there."""
    description = "Folder of an object: the first 3 characters of the SHA-512 of its id / its id"
    return {
        README: Path(__file__).with_name("readme.txt").read_bytes(),
        f"extensions/{LAYOUT}/config.json": _json(
            {"digestAlgorithm": DIGEST, "extensionName": LAYOUT, "numberOfTuples": 1, "tupleSize": LETTERS}
        ),
        "ocfl_layout.json": _json({"description": description, "extension": LAYOUT}),
        ROOT_DECLARATION: b"ocfl_1.1\n",
    }


# A store keeps the files it was made with. When a text above changes, its former digest is added here, so that an
# older store is not taken for a damaged one.
FORMER_ROOT_FILES: dict[str, frozenset[str]] = {
    README: frozenset(
        {
            "aedeb083899e558c24cc4fab07085d1624a696cf274c9775722e5672da279b99"
            "94521be10764f0dc170a4e19c207b701373524a07d20391a77733ff84f170783"
        }
    ),
}


def root_file_holds(name: str, data: bytes) -> bool:
    """Whether a file at the root is as this program, now or in a former release, wrote it."""
    expected = root_files().get(name)
    return expected == data or digest(data) in FORMER_ROOT_FILES.get(name, frozenset())


def object_folder(object_id: str) -> str:
    """Where an object lies, from the root of the store.

    Raises:
        PathRefused: the id is not one to 100 ASCII letters, digits, “-” and “_”.
    """
    if not _OBJECT_ID.fullmatch(object_id):
        raise PathRefused(f"Mã hồ sơ không dùng được trong kho: “{object_id}”.")
    return f"{digest(object_id.encode())[:LETTERS]}/{object_id}"

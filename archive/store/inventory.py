"""The inventory of an OCFL object: which versions it has, what each holds, where each content lies."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from archive.store.errors import PathRefused, StoreDamaged

INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"
INVENTORY_TYPE = "https://ocfl.io/1.1/spec/#inventory"
DIGEST = "sha512"
_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_CONTENT_PATH = re.compile(rf"v[1-9][0-9]{{0,5}}/content/{_PATH.pattern}")


@dataclass(frozen=True)
class User:
    """Who made a version: the name to read, and an address that stays the same when the name changes."""

    name: str
    address: str


@dataclass(frozen=True)
class Version:
    """One version of an object; `state` gives the digest of each path."""

    created: str
    message: str
    user: User
    state: Mapping[str, str]

    def as_text(self) -> str:
        """The version block of an inventory, as it stands on disk."""
        told = [
            f'"created": {_quoted(self.created)}',
            f'"message": {_quoted(self.message)}',
            f'"state": {_by_digest(self.state, 4)}',
            f'"user": {{"address": {_quoted(self.user.address)}, "name": {_quoted(self.user.name)}}}',
        ]
        return "{\n   " + ",\n   ".join(told) + "\n  }"


@dataclass(frozen=True)
class Inventory:
    """All versions of an object and the manifest: content path → digest."""

    object_id: str
    versions: tuple[Version, ...]
    manifest: Mapping[str, str]

    @property
    def head(self) -> int:
        """The number of the newest version."""
        return len(self.versions)

    def version(self, number: int | None = None) -> Version | None:
        """A version by its number, the newest without one; None when there is no such version."""
        wanted = self.head if number is None else number
        return self.versions[wanted - 1] if 1 <= wanted <= self.head else None

    def content_path(self, digest: str) -> str | None:
        """Where the content with this digest lies, from the object's folder."""
        return next((path for path, known in self.manifest.items() if known == digest), None)

    def content_of(self, number: int) -> dict[str, str]:
        """The manifest's part that version `number` brought: content path → digest."""
        return {path: digest for path, digest in self.manifest.items() if path.startswith(f"v{number}/")}

    def as_bytes(self) -> bytes:
        """The inventory as it stands on disk, in lines that a person can read."""
        # Written out here, since the json module is slow when it is to break lines; paths and digests need no escapes.
        versions = ",\n".join(f'  "v{number}": {one.as_text()}' for number, one in enumerate(self.versions, 1))
        return (
            f'{{\n "digestAlgorithm": "{DIGEST}",\n "head": "v{self.head}",\n "id": "{self.object_id}",\n'
            f' "manifest": {_by_digest(self.manifest, 2)},\n "type": "{INVENTORY_TYPE}",\n'
            f' "versions": {{\n{versions}\n }}\n}}\n'
        ).encode()


def digest(data: bytes) -> str:
    """SHA-512 in hexadecimal."""
    return hashlib.sha512(data).hexdigest()


def sidecar(inventory: bytes) -> bytes:
    """What stands in the file beside an inventory."""
    return f"{digest(inventory)}  {INVENTORY}\n".encode()


def next_version(
    object_id: str,
    previous: Inventory | None,
    files: Mapping[str, bytes],
    *,
    message: str,
    user: User,
    created: str,
) -> tuple[Inventory, dict[str, bytes]]:
    """The inventory with one version more, and the content that is new in it (content path → bytes).

    A content that an earlier version has, or another path of this one, is not stored again.

    Raises:
        PathRefused: a path is not plain ASCII.
    """
    manifest = dict(previous.manifest) if previous else {}
    known = set(manifest.values())
    number = (previous.head if previous else 0) + 1
    state: dict[str, str] = {}
    fresh: dict[str, bytes] = {}
    for path, data in files.items():
        inside_another = "/" in path and any(str(parent) in files for parent in PurePosixPath(path).parents)
        if inside_another or not _PATH.fullmatch(path):
            raise PathRefused(f"{PathRefused.__doc__} Tên không dùng được: “{path}”.")
        state[path] = digest(data)
        if state[path] not in known:
            known.add(state[path])
            manifest[f"v{number}/content/{path}"] = state[path]
            fresh[f"v{number}/content/{path}"] = data
    versions = previous.versions if previous else ()
    return Inventory(object_id, (*versions, Version(created, message, user, state)), manifest), fresh


def parse(data: bytes) -> Inventory:
    """Reads an inventory back.

    Raises:
        StoreDamaged: it is not an inventory as this program writes them.
    """
    try:
        body = json.loads(data)
        numbers = range(1, len(body["versions"]) + 1)
        inventory = Inventory(
            str(body["id"]),
            tuple(_version(body["versions"][f"v{number}"]) for number in numbers),
            _by_path(body["manifest"], _CONTENT_PATH),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreDamaged(f"Tệp {INVENTORY} không đọc được: {error}.") from error
    if (body.get("head"), body.get("digestAlgorithm"), body.get("type")) != (
        f"v{inventory.head}",
        DIGEST,
        INVENTORY_TYPE,
    ):
        raise StoreDamaged(f"Tệp {INVENTORY} không đúng mẫu.")
    return inventory


def _version(block: Any) -> Version:
    user = User(block["user"]["name"], block["user"]["address"])
    return Version(block["created"], block["message"], user, _by_path(block["state"], _PATH))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _by_digest(paths: Mapping[str, str], indent: int) -> str:
    """Digest → paths as JSON, a line for each digest."""
    listed: dict[str, list[str]] = {}
    for path, value in sorted(paths.items()):
        listed.setdefault(value, []).append(f'"{path}"')
    pad = " " * indent
    lines = ",\n".join(f'{pad}"{value}": [{", ".join(names)}]' for value, names in listed.items())
    return f"{{\n{lines}\n{pad[:-1]}}}"


def _by_path(digests: Any, shape: re.Pattern[str]) -> dict[str, str]:
    result = {str(path): str(value) for value, paths in digests.items() for path in paths}
    if strange := next((path for path in result if not shape.fullmatch(path)), None):
        # A path that leads out of the object must not get as far as the disk.
        raise ValueError(strange)
    return dict(sorted(result.items()))

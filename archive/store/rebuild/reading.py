"""What the store tells, read object by object: filed versions, the rows of the newest, the register, the events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.errors import NotFound
from archive.records.filed_tables import REGISTER_TABLES, Record
from archive.store.damage import Damage
from archive.store.errors import StoreDamaged
from archive.store.inventory import INVENTORY, Version, digest
from archive.store.ocfl import Store
from archive.store.package import DOSSIER_JSON, ITSELF
from archive.store.register_object import EVENTS, REGISTER, REGISTER_JSON, STEPS


@dataclass(frozen=True)
class ReadVersion:
    """One filed version.

    Args:
        filing: who filed it, when, why; the newest event before, and its place in its batch.
        files: how many files it has.
    """

    object_id: str
    number: int
    inventory_digest: str
    filing: Mapping[str, Any]
    files: int

    @property
    def row(self) -> Record:
        """Its row of `filing`."""
        return {
            "object": self.object_id,
            "version": self.number,
            "inventory_digest": self.inventory_digest,
            "actor": self.filing["actor"],
            "reason": self.filing["reason"],
            "prepared_at": self.filing["filed_at"],
        }


@dataclass(frozen=True)
class ReadDossier:
    """A dossier: its row, the rows of its files in all versions, the rows that stand behind its newest one."""

    row: Record
    files: list[Record]
    rows: Mapping[str, list[Record]]


@dataclass
class ReadRegister:
    """The register: tables of its newest version, the events and steps of all of them."""

    tables: dict[str, list[Record]] = field(default_factory=dict)
    events: list[Record] = field(default_factory=list)
    steps: list[Record] = field(default_factory=list)

    @property
    def last_event(self) -> int:
        """The number of the newest event it tells of."""
        return max((row["seq"] for row in self.events), default=0)

    @property
    def last_step(self) -> int:
        """The number of the newest step it tells of."""
        return max((row["id"] for row in self.steps), default=0)


class StoreReader:
    """Reads a store from beginning to end. What cannot be read is told in `damages` and left out."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.versions: list[ReadVersion] = []
        self.damages: list[Damage] = []

    def register(self) -> ReadRegister:
        """The register; empty where there is none, as in a store of an earlier release."""
        read = ReadRegister()
        try:
            for number, version in enumerate(self.store.versions(REGISTER), start=1):
                told = self._json(REGISTER, REGISTER_JSON, number)
                self._note(REGISTER, number, version, told["filing"])
                read.events += self._lines(EVENTS, number, version)
                read.steps += self._lines(STEPS, number, version)
                if number == len(self.store.versions(REGISTER)):
                    read.tables = {
                        table.name: self._json(REGISTER, f"{table.name}.json", number)
                        for table in REGISTER_TABLES
                        if f"{table.name}.json" in version.state
                    }
        except (StoreDamaged, NotFound, ValueError, KeyError, TypeError) as error:
            self._unreadable(REGISTER, error)
        return read

    def dossiers(self) -> Iterator[ReadDossier]:
        """Every dossier that can be read, by the order of its folder."""
        for object_id in self.store.objects():
            if object_id == REGISTER:
                continue
            try:
                yield self._dossier(object_id)
            except (StoreDamaged, NotFound, ValueError, KeyError, TypeError) as error:
                self._unreadable(object_id, error)

    def blob(self, object_id: str, version: int, path: str) -> bytes:
        """The content of a file, checked against its digest."""
        return self.store.read(object_id, path, version)

    def _dossier(self, object_id: str) -> ReadDossier:
        files: list[Record] = []
        noted: list[ReadVersion] = []
        told: dict[str, Any] = {}
        for number, version in enumerate(self.store.versions(object_id), start=1):
            told = self._json(object_id, DOSSIER_JSON, number)
            noted.append(self._read(object_id, number, version, told["filing"]))
            files += self._files(object_id, number, version, told["files"])
        self.versions += noted
        dossier = {**told["dossier"], "version": len(noted), "filed_at": told["filing"]["filed_at"]}
        dossier["waits_for"] = json.dumps(dossier["waits_for"], ensure_ascii=False)
        return ReadDossier(dossier, files, told.get("rows", {}))

    def _files(self, object_id: str, number: int, version: Version, told: list[Record]) -> list[Record]:
        size = len(self.store.read(object_id, DOSSIER_JSON, number))
        return [
            {
                "dossier_id": object_id,
                "version": number,
                "digest": version.state[file["path"]],
                "position": position,
                **file,
            }
            for position, file in enumerate([*told, {**ITSELF, "size": size}], start=1)
        ]

    def _read(self, object_id: str, number: int, version: Version, filing: Mapping[str, Any]) -> ReadVersion:
        inventory = (self.store.folder(object_id) / f"v{number}" / INVENTORY).read_bytes()
        return ReadVersion(object_id, number, digest(inventory), filing, len(version.state))

    def _note(self, object_id: str, number: int, version: Version, filing: Mapping[str, Any]) -> None:
        self.versions.append(self._read(object_id, number, version, filing))

    def _json(self, object_id: str, path: str, number: int) -> Any:
        return json.loads(self.store.read(object_id, path, number))

    def _lines(self, path: str, number: int, version: Version) -> list[Record]:
        if path not in version.state:
            return []
        return [json.loads(line) for line in self.store.read(REGISTER, path, number).decode().splitlines()]

    def _unreadable(self, object_id: str, error: Exception) -> None:
        message = f"Không đọc được để lập lại dữ liệu ({error})"
        self.damages.append(Damage("content", object_id, "", message))

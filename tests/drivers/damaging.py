"""Damages of all kinds done to a filed office at random, each of which can be undone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from archive.records.events import chained
from archive.records.filed_tables import DERIVED, REGISTER_TABLES, SUBJECT_TABLES, UNIT_TABLES, FiledTable, closed
from archive.store.damage import Damage
from archive.store.layout import root_files
from archive.store.ocfl import Store
from archive.store.register_object import REGISTER

Named = Callable[[Damage], bool]
_OWN = (FiledTable("dossier"), FiledTable("dossier_file", key=("dossier_id", "version", "path")))


@dataclass(frozen=True)
class Done:
    """A damage that was done: in words, and which report names it."""

    told: str
    named: Named


@dataclass
class Damager:
    """Does and undoes damages in the data folder `root`; `kept` is a sound copy of its database."""

    root: Path
    kept: Path
    random: Random
    _undo: list[Callable[[], object]] = field(default_factory=list)

    def damage(self) -> Done:
        """One damage, of a kind taken at random."""
        kinds = (
            self._flip, self._flip, self._cut_short, self._delete, self._rename, self._extra,
            self._edit_row, self._edit_row, self._edit_row, self._delete_row, self._edit_event, self._cut_events,
            self._forge_events,
        )  # fmt: skip
        return self.random.choice(kinds)()

    def undo(self) -> None:
        """Makes the folder sound again."""
        while self._undo:
            self._undo.pop()()
        for ending in ("-wal", "-shm"):
            (self.root / f"hoso.db{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.root / "hoso.db")

    # Files

    def _file(self) -> Path:
        store = self.root / "store"
        return self.random.choice(sorted(path for path in store.rglob("*") if path.is_file()))

    def _of_file(self, path: Path, told: str) -> Done:
        name = path.relative_to(self.root / "store").as_posix()
        if name in root_files():
            return Done(f"{told} {name}", lambda damage: damage.path == name)
        _, object_id, inside = name.split("/", 2)
        return Done(f"{told} {name}", lambda damage: damage.dossier == object_id and damage.path == inside)

    def _changed(self, path: Path, data: bytes, told: str) -> Done:
        whole = path.read_bytes()
        path.write_bytes(data)
        self._undo.append(lambda: path.write_bytes(whole))
        return self._of_file(path, told)

    def _flip(self) -> Done:
        path = self._file()
        data = bytearray(path.read_bytes())
        data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
        return self._changed(path, bytes(data), "bit")

    def _cut_short(self) -> Done:
        path = self._file()
        data = path.read_bytes()
        return self._changed(path, data[: self.random.randrange(len(data))], "truncation")

    def _delete(self) -> Done:
        path = self._file()
        whole = path.read_bytes()
        path.unlink()
        self._undo.append(lambda: path.write_bytes(whole))
        return self._of_file(path, "deletion")

    def _rename(self) -> Done:
        path = self._file()
        other = path.with_name(f"{path.name}.cu")
        path.rename(other)
        self._undo.append(lambda: other.rename(path))
        return self._of_file(path, "rename")

    def _extra(self) -> Done:
        folder = self._file().parent
        path = folder / self.random.choice(["Thumbs.db", "la.tmp", "v9", "inventory.json.bak"])
        if path.exists():
            return self._extra()
        if self.random.random() < 0.5:
            path.mkdir()
            self._undo.append(path.rmdir)
        else:
            path.write_bytes(b"x")
            self._undo.append(path.unlink)
        return Done(f"extra {path}", lambda damage: damage.code == "extra" and damage.path.endswith(path.name))

    # Rows

    def _row(self, database: sqlite3.Connection) -> tuple[FiledTable, dict[str, Any], str]:
        """A filed row: its table, its values, and the object that tells of it."""
        store = Store(self.root / "store")
        object_id = self.random.choice(list(store.objects()))
        if object_id == REGISTER:
            table = self.random.choice(REGISTER_TABLES)
            found = json.loads(store.read(REGISTER, f"{table.name}.json"))
        elif self.random.random() < 0.4:
            table = self.random.choice(_OWN)
            column = "id" if table.name == "dossier" else "dossier_id"
            cursor = database.execute(f"SELECT * FROM {table.name} WHERE {column} = ?", [object_id])
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, values, strict=True)) for values in cursor]
        else:
            told = json.loads(store.read(object_id, "dossier.json"))["rows"]
            tables = SUBJECT_TABLES if "evaluation" in told else UNIT_TABLES
            table = self.random.choice([one for one in tables if one.name in told and one.name not in DERIVED] or _OWN)
            found = told.get(table.name, [])
        return (table, closed(self.random.choice(found)), object_id) if found else self._row(database)

    def _edit_row(self) -> Done:
        with closing(self._database()) as database:
            table, row, object_id = self._row(database)
            types = {name: kind for _, name, kind, *_ in database.execute(f"PRAGMA table_info({table.name})")}
            passed = {"revision", *table.key, *(name for name in table.settles if row[name] is None)}
            column = self.random.choice(sorted(set(row) - passed - ({"id"} if table.numbered else set())))
            before = row[column]
            value = (before or 0) + 1 if types[column] == "INTEGER" else f"{before or ''}x"
            where = " AND ".join(f"{name} IS :{name}" for name in table.key)
            sql = f"UPDATE {table.name} SET {column} = :new_value_ WHERE {where}"
            assert database.execute(sql, {**row, "new_value_": value}).rowcount == 1
            database.commit()
        return self._of_row(f"edited {table.name}.{column} of {object_id}", object_id, table, row)

    def _delete_row(self) -> Done:
        with closing(self._database()) as database:
            table, row, object_id = self._row(database)
            where = " AND ".join(f"{name} IS :{name}" for name in table.key)
            assert database.execute(f"DELETE FROM {table.name} WHERE {where}", row).rowcount == 1
            database.commit()
        return self._of_row(f"deleted {table.name} of {object_id}", object_id, table, row)

    def _of_row(self, told: str, object_id: str, table: FiledTable, row: dict[str, Any]) -> Done:
        name = "/".join(str(row[part]) for part in table.key)
        # A row may stand behind two dossiers of one person, and is named with either.
        return Done(told, lambda damage: damage.dossier == object_id or damage.path == f"{table.name}/{name}")

    # Events

    def _database(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.root / "hoso.db")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA ignore_check_constraints = ON")
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        return database

    def _seq(self, database: sqlite3.Connection) -> int:
        return int(self.random.choice(database.execute("SELECT seq FROM event").fetchall())[0])

    def _edit_event(self) -> Done:
        with closing(self._database()) as database:
            seq = self._seq(database)
            column = self.random.choice(["happened_at", "actor", "action", "object", "outcome", "note", "hash"])
            database.execute(f"UPDATE event SET {column} = {column} || 'x' WHERE seq = ?", [seq])
            database.commit()
        return Done(f"edited event {seq} {column}", lambda damage: damage.code == "events")

    def _cut_events(self) -> Done:
        with closing(self._database()) as database:
            seq = self._seq(database)
            where = self.random.choice(["seq = ?", "seq >= ?"])
            database.execute(f"DELETE FROM event WHERE {where}", [seq])
            database.commit()
        return Done(f"cut events {where} {seq}", lambda damage: damage.code == "events")

    def _forge_events(self) -> Done:
        """An event changed, and every hash from it on made anew, so that the chain itself holds."""
        with closing(self._database()) as database:
            database.row_factory = sqlite3.Row
            seq = self._seq(database)
            found = [dict(row) for row in database.execute("SELECT * FROM event WHERE seq >= ? ORDER BY seq", [seq])]
            last = {"seq": seq - 1, "hash": found[0]["previous"]}
            found[0]["actor"] = "nguoi-khac"
            for row in found:
                last = chained(
                    last, actor=row["actor"], action=row["action"], subject=row["object"], note=row["note"],
                    happened_at=row["happened_at"], outcome=row["outcome"],
                )  # fmt: skip
                database.execute(
                    "UPDATE event SET actor = :actor, previous = :previous, hash = :hash WHERE seq = :seq", last
                )
            database.commit()
        return Done(f"forged events from {seq}", lambda damage: damage.code == "events")

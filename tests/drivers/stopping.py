"""Stops a work at a step boundary: a forked child does the work and kills itself before its N-th operation.

Operations are what the work asks of the machine: opening a file to write, making, renaming and removing files and
folders (by the interpreter's audit events), and every SQL statement (by SQLite's own trace). Nothing of hoso is changed
for it. A child may as well be refused its operations from the N-th on, as a full or read-only disk does.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.symlink"})
_FINE, _FAILED = 0, 99


@dataclass
class Operations:
    """Counts the operations of this process and does something at one of them.

    Args:
        at: the number, from 1, of the operation before which `then` is called.
        then: what happens there; it may raise.
        files_only: SQL statements are not counted, since nothing can be raised there.
        below: only files in this folder count, when given.
    """

    at: int
    then: Callable[[], None]
    files_only: bool = False
    below: Path | None = None
    count: int = 0

    def install(self) -> None:
        """Watches from now on; it cannot be taken away, so call it in a child only."""
        sys.addaudithook(self._heard)
        if self.files_only:
            return
        connect = sqlite3.connect

        def watched(*given: Any, **more: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*given, **more)
            connection.set_trace_callback(self._sql)
            return connection

        sqlite3.connect = watched  # type: ignore[assignment]

    def _heard(self, event: str, given: tuple[object, ...]) -> None:
        writes = event in _FILE_EVENTS or (event == "open" and isinstance(given[2], int) and given[2] & _WRITING)
        if writes and (self.below is None or str(given[0]).startswith(str(self.below))):
            self._tick()

    def _sql(self, statement: str) -> None:
        self._tick()

    def _tick(self) -> None:
        self.count += 1
        if self.count >= self.at > 0:
            self.then()


def in_child(work: Callable[[], None], operations: Operations, told: Path) -> int:
    """Does a work in a child under watch; gives its exit status, negative when it was killed.

    Args:
        told: a file for the number of operations of a work that was not stopped.
    """
    child = os.fork()
    if child == 0:
        outcome = _FAILED
        try:
            operations.install()
            work()
            outcome = _FINE
            operations.at = 0
            told.write_text(str(operations.count))
        except Exception:
            operations.at = 0
            traceback.print_exc()
        finally:
            os._exit(outcome)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def kill_here() -> None:
    """What a power cut does to a process."""
    os.kill(os.getpid(), signal.SIGKILL)


def operations_of(work: Callable[[], None], told: Path) -> int:
    """How many operations a work takes when nothing stops it."""
    assert in_child(work, Operations(0, kill_here), told) == _FINE
    return int(told.read_text())

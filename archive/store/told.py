"""JSON as it goes into the store: in lines that a person can read, and quickly written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

# Values nested deeper than this stand on one line.
_DEPTH = 3


def told_json(value: Any) -> bytes:
    """A JSON document: a line for each entry of its upper levels, a row or list within them on one line."""
    return (_told(value, 0) + "\n").encode()


def told_rows(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A JSON list with a line for each row."""
    return (_told(list(rows), _DEPTH - 1) + "\n").encode()


def told_lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A JSON document on each line, so that parts can be put one behind the other."""
    return "".join(f"{_compact(row)}\n" for row in rows).encode()


def _told(value: Any, depth: int) -> str:
    # Broken into lines here, since the json module is slow when it is to do it.
    if not value or depth >= _DEPTH or not isinstance(value, Mapping | list | tuple):
        return _compact(value)
    pad = " " * (depth + 1)
    if isinstance(value, Mapping):
        entries = [f"{pad}{_compact(str(key))}: {_told(one, depth + 1)}" for key, one in value.items()]
    else:
        entries = [f"{pad}{_told(one, depth + 1)}" for one in value]
    opening, closing = "{}" if isinstance(value, Mapping) else "[]"
    return f"{opening}\n" + ",\n".join(entries) + f"\n{pad[:-1]}{closing}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

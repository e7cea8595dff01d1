"""JSON as it goes into the store: in lines that a person can read, and quickly written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

# Values nested deeper than this stand on one line, and so does each entry of a list.
_DEPTH = 3
_encode = json.JSONEncoder(ensure_ascii=False).encode


def told_json(value: Any) -> bytes:
    """A JSON document: a line for each entry of its upper levels, a row or list within them on one line."""
    return (_told(value, 0) + "\n").encode()


def told_rows(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A JSON list with a line for each row."""
    return (_told(list(rows), 0) + "\n").encode()


def told_lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A JSON document on each line, so that parts can be put one behind the other."""
    return "".join(f"{_encode(row)}\n" for row in rows).encode()


def _told(value: Any, depth: int) -> str:
    # Broken into lines here, since the json module is slow when it is to do it.
    if not value or depth >= _DEPTH:
        return _encode(value)
    pad = " " * (depth + 1)
    if isinstance(value, Mapping):
        entries = [f"{pad}{_encode(str(key))}: {_told(one, depth + 1)}" for key, one in value.items()]
        return "{\n" + ",\n".join(entries) + f"\n{pad[:-1]}}}"
    if isinstance(value, list | tuple):
        return "[\n" + ",\n".join(f"{pad}{_encode(one)}" for one in value) + f"\n{pad[:-1]}]"
    return _encode(value)

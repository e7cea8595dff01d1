"""Holding the index against the database. It is a cache: whatever is wrong with it, it is made anew."""

from __future__ import annotations

from sqlite_utils import Database

from archive.office.folder import Office
from archive.store.damage import Damage
from search.index import drift, index_state

_REINDEX = "Xin lập lại chỉ mục bằng lệnh “hoso reindex”"


def check_index(office: Office, database: Database) -> list[Damage]:
    """Where the index cannot be read, lacks a filed dossier or holds one that is none; nothing for one not made yet."""
    state = index_state(office, database)
    if not state["files"]:
        return []
    if not state["readable"]:
        return [Damage("index", "", "index", "Chỉ mục tìm kiếm không đọc được", _REINDEX)]
    lacking, strange = drift(office, database)
    return [
        *(Damage("index", one, "", "Chưa có trong chỉ mục tìm kiếm", _REINDEX) for one in lacking),
        *(Damage("index", one, "", "Có trong chỉ mục tìm kiếm nhưng không có hồ sơ", _REINDEX) for one in strange),
    ]

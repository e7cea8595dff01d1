"""Votes that were kept in one column for each level of 2018 are the same votes afterwards."""

from __future__ import annotations

import json

from sqlite_utils import Database

from archive.records.schema import migrations


def test_the_votes_of_an_older_office_stay_what_they_were() -> None:
    database = Database(memory=True)
    migrations.apply(database, stop_before="votes_by_option")
    database.execute("PRAGMA foreign_keys = OFF")
    kept = "INSERT INTO tally (id, ballot_id, evaluation_id, excellent, good, completed, not_completed, votes, invalid)"
    database.execute(f"{kept} VALUES ('a', 'b1', 'e1', NULL, 21, 2, 0, NULL, 1)")
    database.execute(f"{kept} VALUES ('b', 'b2', 'e1', NULL, NULL, NULL, NULL, 16, 0)")
    migrations.apply(database)
    found = {row["id"]: row for row in database.table("tally").rows}
    assert json.loads(found["a"]["counts"]) == {"good": 21, "completed": 2, "not_completed": 0}
    assert (json.loads(found["b"]["counts"]), found["b"]["votes"], found["a"]["invalid"]) == ({}, 16, 1)
    assert "excellent" not in found["a"]

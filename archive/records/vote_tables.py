"""The SQL of votes by what a sheet offers, in place of one column for each level of the guidance of 2018."""

from __future__ import annotations

_LEVELS = ("excellent", "good", "completed", "not_completed")

VOTES = "\n".join(
    [
        "ALTER TABLE tally ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';",
        # A patch leaves out what is null: only the levels that the sheet offered.
        "UPDATE tally SET counts = json_patch('{}', json_object("  # noqa: S608  the names stand above
        + ", ".join(f"'{level}', {level}" for level in _LEVELS)
        + "));",
        *(f"ALTER TABLE tally DROP COLUMN {level};" for level in _LEVELS),
    ]
)

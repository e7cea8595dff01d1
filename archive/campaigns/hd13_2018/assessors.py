"""Who fills in the sheets of one subject, as the names of their files tell it."""

from __future__ import annotations

# In the names of files, which clerks read.
_ASSESSORS = {
    "self": "tu-danh-gia",
    "cell_committee": "chi-uy",
    "mass_organisation": "doan-the",
    "authority": "cap-tham-quyen",
    "participant": "chu-the",
}


def by_whom(number: int, assessor: str) -> str:
    """The part of a file name that tells one assessor's sheet from another's, in their order: `2-chi-uy`."""
    return f"{number + 1}-{_ASSESSORS.get(assessor, 'chu-the')}"

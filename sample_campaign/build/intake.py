"""The intake folder: one folder per cell, with the papers people handed in, named as people name files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.pdf.convert import convert
from generator.vietnamese import fold
from sample_campaign.build import source
from sample_campaign.build.official_papers import asset_declaration, residence_comment
from sample_campaign.build.own_papers import self_review
from sample_campaign.build.people import members
from sample_campaign.build.scans import photograph, scan

# Own papers handed in as PDF, the rest of the typed ones come as Word files; handwritten pages come as pictures.
AS_PDF = frozenset({"DV017", "DV020", "DV042", "DV044", "DV058", "DV062", "DV072", "DV091", "DV096", "DV107", "DV110"})
AS_PHOTOGRAPH = frozenset({"DV052", "DV100"})
WITH_RESIDENCE_PAPER = ("DV014", "DV022", "DV029", "DV031", "DV041", "DV044")
# Two files nobody can be found for (a name two people bear; no name at all), and a PDF cut short.
AMBIGUOUS = "CBK1/Bản kiểm điểm Nguyễn Văn Bình.docx"
NAMELESS = "CBK2/scan0012.pdf"
BROKEN = "CBTH/DV039 - Nhận xét nơi cư trú.pdf"
Papers = dict[str, bytes]


def word_files() -> Papers:
    """The own Word files: path below the intake folder → bytes; the same sources give the same bytes."""
    texts, cells = _texts(), _cells()
    found: Papers = {}
    for cell, member in members():
        reference = member["reference"]
        if member["review_paper"] == "own_file" and reference not in AS_PDF:
            text = texts[reference]
            found[f"{cell}/{_name(member)}.docx"] = self_review(member, cells[cell], text)
            if reference == "DV050":
                # He sent it a second time, without his code; his namesake in the cell might have as well.
                found[AMBIGUOUS] = self_review(member, cells[cell], text)
    return found


def pdf_files() -> Papers:
    """The papers as PDF and the pictures, made by LibreOffice: the pages are the same each time, the bytes are not."""
    texts, cells, register = _texts(), _cells(), {member["reference"]: (cell, member) for cell, member in members()}
    names: list[str] = []
    papers: list[bytes] = []
    pictures: set[str] = set()
    for reference, (cell, member) in register.items():
        by_hand = member["review_paper"] == "handwritten" and reference in texts
        if reference in AS_PDF or by_hand:
            name = f"{cell}/{_name(member)}"
            names.append(name)
            papers.append(self_review(member, cells[cell], texts[reference], printable=True))
            pictures |= {name} if by_hand else set()
    for reference in WITH_RESIDENCE_PAPER:
        cell, member = register[reference]
        names.append(f"{cell}/{reference} - Nhận xét nơi cư trú")
        papers.append(residence_comment(member))
    assets = source.table("assets.toml")
    for leader in source.table("leaders.toml")["leader"]:
        cell, member = register[leader["person"]]
        names.append(f"{cell}/{leader['person']} - Kê khai tài sản 2018")
        papers.append(asset_declaration(leader, member["full_name"], assets[leader["person"]]))
    return _as_handed_in(dict(zip(names, (paper.data for paper in convert(papers)), strict=True)), pictures)


def _as_handed_in(pdfs: Mapping[str, bytes], pictures: set[str]) -> Papers:
    found: Papers = {}
    for name, pdf in pdfs.items():
        if name not in pictures:
            found[f"{name}.pdf"] = pdf
        elif any(reference in name for reference in AS_PHOTOGRAPH):
            found[f"{name}.jpg"] = photograph(pdf)
        else:
            found[f"{name}.pdf"] = scan(photograph(pdf))
    found[NAMELESS] = next(pdf for name, pdf in found.items() if "DV082" in name)
    found[BROKEN] = next(pdf for name, pdf in found.items() if "DV041" in name)[:900]
    return found


def write(folder: Path) -> None:
    """Makes the whole intake folder anew.

    Raises:
        OfficeMissing: LibreOffice is not installed.
    """
    made = {**word_files(), **pdf_files()}
    if folder.exists():
        shutil.rmtree(folder)
    for name, data in sorted(made.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _texts() -> dict[str, str]:
    papers = source.files("own_papers", ".md")
    return {paper.name.removesuffix(".md"): paper.read_text(encoding="utf-8") for paper in papers}


def _cells() -> dict[str, str]:
    return {unit["reference"]: unit["name"] for unit in source.table("register.toml")["unit"]}


def _name(member: Mapping[str, Any]) -> str:
    reference, name = member["reference"], member["full_name"]
    plain = " ".join(word.capitalize() for word in fold(name).split())
    shapes = (
        f"{reference} - {name} - bản tự kiểm điểm",
        f"{reference}_tu_kiem_diem",
        f"Ban kiem diem 2018 - {plain}",
        f"Bản tự kiểm điểm cá nhân - {name}",
        f"mau 2 - {reference.lower()}",
    )
    number = int(reference.removeprefix("DV"))
    # A name borne by two people, and a scan, which has no text, need the code.
    needs_code = name == "Nguyễn Văn Bình" or member["review_paper"] == "handwritten"
    return shapes[0 if needs_code else number % len(shapes)]

"""An office with one cell and its campaign, and dossiers ready to be filed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ocfl
import pytest
from sqlite_utils import Database

from archive.office.folder import Office, make_office
from archive.records.database import now, writing
from archive.store.filing import DossierFile, DossierPackage
from archive.store.ocfl import Store

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MakePackage = Callable[..., DossierPackage]


def make_rows(database: Database, people: int = 3) -> None:
    """A cell, a campaign of it and `people` members with their evaluations `aaaaaaaaaa00`, `…01`, …"""
    with writing(database):
        database.table("unit").insert({"id": "unit00000000", "reference": "CB1"})
        database.table("campaign").insert({
            "id": "campaign0000", "period": "2018", "rulebook": "hd13_2018", "owner_id": "unit00000000",
            "place": "Hòa Bình", "evaluated_on": "2018-12-15", "opened_at": now(),
        })  # fmt: skip
        for number in range(people):
            person = f"pppppppppp{number:02d}"
            database.table("person").insert({"id": person, "reference": f"DV{number}", "full_name": "Nguyễn Thị Ước"})
            database.table("evaluation").insert({
                "id": f"aaaaaaaaaa{number:02d}", "campaign_id": "campaign0000", "capacity": "member",
                "person_id": person, "unit_id": "unit00000000",
            })  # fmt: skip


def package(number: int = 0, text: str = "bản đầu") -> DossierPackage:
    """The dossier of member `number`; another text makes another fingerprint."""
    return DossierPackage(
        dossier_id=f"2018-m-aaaaaaaaaa{number:02d}",
        campaign_id="campaign0000",
        evaluation_id=f"aaaaaaaaaa{number:02d}",
        kind="member",
        title="Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm 2018",
        subject_name="Nguyễn Thị Ước",
        unit_id="unit00000000",
        unit_name="Chi bộ Khu 1",
        parent_name="Đảng bộ xã Hòa Bình",
        status="filed",
        level="good",
        waits_for=(),
        fingerprint=text,
        files=(
            DossierFile("01-mau-2.docx", "self_review", "Bản kiểm điểm cá nhân", WORD, f"Mẫu 2 {text}".encode()),
            DossierFile("02-bien-ban.docx", "review_minutes", "Biên bản họp chi bộ", WORD, b"minutes"),
        ),
        metadata={"period": "2018", "rulebook": "hd13_2018"},
    )


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path / "data")
    database = made.connect()
    make_rows(database)
    database.close()
    return made


@pytest.fixture
def database(office: Office) -> Database:
    return office.connect()


@pytest.fixture
def make_package() -> MakePackage:
    return package


def with_files(given: DossierPackage, *files: DossierFile) -> DossierPackage:
    """The same dossier with other files."""
    return replace(given, files=files)


def assert_valid(store: Store) -> None:
    """The judgement of another program: every object by itself, and the root."""
    for object_id in store.objects():
        # element 0 is the verdict; the tuple itself is always true
        assert ocfl.Object().validate(str(store.folder(object_id)))[0], object_id
    root = ocfl.StorageRoot(str(store.root))
    assert root.validate()
    assert root.good_objects == root.num_objects

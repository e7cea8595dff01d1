"""What a unit takes to the printer: the right papers in order, a ballot for each voter with spares."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from archive.errors import NotFound
from archive.printing.packs import NothingToPrint, PrintChoice, pack, print_list
from generator.forms.library import UnknownForm
from generator.vietnamese import name_sort_key
from tests.archive.campaigns.conftest import Commune


def test_each_voter_of_a_cell_is_handed_a_ballot(commune: Commune) -> None:
    commune.run("ballots", unit="CBK3")
    situation = commune.situation()
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    voters = sum(
        situation.picture.person_of(one).membership_kind in ("official", "transferred_in", "temporary")
        for one in situation.picture.members(cell.id)
    )
    lines = print_list(commune.database, situation, cell, PrintChoice(forms=("5.2",), spares=4))
    assert [(line.form, line.copies) for line in lines] == [("5.2", voters + 4)]


def test_a_meeting_gets_what_lies_on_its_table(commune: Commune) -> None:
    commune.run("prepare", "ballots", "submit", unit="CBK3")
    situation = commune.situation()
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    forms = {line.form for line in print_list(commune.database, situation, cell, PrintChoice(at_meeting=True))}
    assert {"5.2", "minutes-cell", "tally-minutes"} <= forms
    assert not forms & {"2", "5.1", "residence-comment"}


def test_forms_of_one_kind_come_by_name(commune: Commune) -> None:
    commune.run("prepare", unit="CBK3")
    situation = commune.situation()
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    names = [line.subject for line in print_list(commune.database, situation, cell, PrintChoice(forms=("5.1",)))]
    assert names == sorted(names, key=name_sort_key)
    assert len(names) > 5


def test_nothing_made_yet_is_said(commune: Commune) -> None:
    situation = commune.situation()
    with pytest.raises(NothingToPrint, match="hoso campaign run 2018"):
        print_list(commune.database, situation, situation.picture.cells[0], PrintChoice())


@pytest.mark.office
def test_a_pack_holds_every_copy(commune: Commune) -> None:
    commune.run("ballots", unit="CBK3")
    situation = commune.situation()
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    choice = PrintChoice(forms=("5.2", "5.3"), spares=1)
    made, lines = pack(commune.office, commune.database, situation, cell, choice, duplex=False)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    assert text.count("PHIẾU XẾP LOẠI") + text.count("Phiếu xếp loại") >= lines[0].copies
    assert all(line.sheets for line in lines)


def test_the_ballots_of_a_body_beside_the_party_are_those_of_its_own_voters(commune: Commune) -> None:
    commune.run("ballots", unit="DBX")
    situation = commune.situation()
    owner = situation.picture.owner

    def printed() -> dict[str, tuple[int, str]]:
        lines = print_list(commune.database, situation, owner, PrintChoice(forms=("ballot-level",), spares=2))
        return {line.file_name: (line.copies, line.note) for line in lines}

    counted = printed()
    assert counted["BCH-HND-ballot-level.docx"] == (8 + 2, "")
    assert counted["DBX-ballot-level.docx"] == (11 + 2, "")
    # Nobody told how many vote there: one sheet to copy, and a sentence.
    commune.execute("UPDATE ballot SET entitled = 0 WHERE reference = 'PTX-HND'")
    situation = commune.situation()
    copies, note = printed()["BCH-HND-ballot-level.docx"]
    assert copies == 1 and "chưa biết số người bỏ phiếu" in note


def test_a_form_is_named_as_people_write_it_and_an_unknown_one_or_stage_is_said(commune: Commune) -> None:
    commune.run("prepare", unit="CBK3")
    situation = commune.situation()
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    as_coded = print_list(commune.database, situation, cell, PrintChoice(forms=("5.1",)))
    assert print_list(commune.database, situation, cell, PrintChoice(forms=("mẫu 5.1",))) == as_coded
    with pytest.raises(UnknownForm, match=r"5\.9"):
        print_list(commune.database, situation, cell, PrintChoice(forms=("5.9",)))
    with pytest.raises(NotFound, match="Các bước: prepare"):
        print_list(commune.database, situation, cell, PrintChoice(stages=("in-an",)))

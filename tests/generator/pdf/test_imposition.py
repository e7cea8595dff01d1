"""Papers put on sheets: the order is kept, back sides and halves are as a printer needs them, nothing is cut off."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from generator.pdf.imposition import PrintedPaper, print_pack

WIDTH, HEIGHT = 595.276, 841.89


def paper(*pages: dict[float, str], lying: bool = False) -> bytes:
    """A PDF whose pages carry these words at these heights above the lower edge."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
        }
    )
    for lines in pages:
        page = PageObject.create_blank_page(None, *((HEIGHT, WIDTH) if lying else (WIDTH, HEIGHT)))
        words = "".join(f"BT /F1 14 Tf 85 {height} Td ({text}) Tj ET\n" for height, text in lines.items())
        content = DecodedStreamObject()
        content.set_data(words.encode())
        page[NameObject("/Contents")] = content
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def words(data: bytes) -> list[list[str]]:
    """The words of each page."""
    return [page.extract_text().split() for page in PdfReader(io.BytesIO(data)).pages]


SMALL = paper({800: "ballot", 500: "seal"})
LONG = paper({800: "ballot", 60: "seal"})
TWO_PAGES = paper({800: "one"}, {800: "two"})


def test_small_ballots_stand_two_to_a_page_and_an_odd_one_alone() -> None:
    pack = print_pack([PrintedPaper("Phiếu", SMALL, copies=5, halves=True)])
    assert words(pack.data) == [["ballot", "seal"] * 2, ["ballot", "seal"] * 2, ["ballot", "seal"]]
    assert pack.sheets == (3,)


def test_both_halves_lie_on_the_page() -> None:
    pack = print_pack([PrintedPaper("Phiếu", SMALL, copies=2, halves=True)])
    heights: list[float] = []
    page = PdfReader(io.BytesIO(pack.data)).pages[0]

    def see(text: str, matrix: list[float], text_matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            heights.append(matrix[3] * text_matrix[5] + matrix[5])

    page.extract_text(visitor_text=see)
    upper, lower = sorted(heights)[2:], sorted(heights)[:2]
    assert all(HEIGHT / 2 < height < HEIGHT for height in upper)
    assert all(0 < height < HEIGHT / 2 for height in lower)


def test_a_ballot_longer_than_half_a_page_has_a_page_of_its_own() -> None:
    pack = print_pack([PrintedPaper("Phiếu", LONG, copies=3, halves=True)])
    assert words(pack.data) == [["ballot", "seal"]] * 3


def test_only_what_may_be_cut_is_put_on_halves() -> None:
    assert len(words(print_pack([PrintedPaper("Thông báo", SMALL, copies=2)]).data)) == 2


def test_on_both_sides_every_copy_begins_on_a_front_side() -> None:
    odd = paper({800: "a"}, {800: "b"}, {800: "c"})
    pack = print_pack([PrintedPaper("Ba trang", odd, copies=2), PrintedPaper("Hai trang", TWO_PAGES)], duplex=True)
    assert words(pack.data) == [["a"], ["b"], ["c"], [], ["a"], ["b"], ["c"], [], ["one"], ["two"]]
    assert pack.sheets == (4, 1)


def test_the_text_of_back_sides_moves_to_the_outer_edge() -> None:
    pack = print_pack([PrintedPaper("Hai trang", TWO_PAGES)], duplex=True, binding_shift=15)
    starts = []
    for page in PdfReader(io.BytesIO(pack.data)).pages:
        page.extract_text(
            visitor_text=lambda text, matrix, at, *_: starts.append(matrix[0] * at[4] + matrix[4]) if text else None
        )
    front, back = starts[0], starts[-1]
    assert front - back == pytest.approx(15 * 72 / 25.4, abs=0.1)


def test_a_lying_page_is_not_moved() -> None:
    lying = paper({500: "one"}, {500: "two"}, lying=True)
    moved = print_pack([PrintedPaper("Ngang", lying)], duplex=True, binding_shift=15)
    assert b" cm" not in PdfReader(io.BytesIO(moved.data)).pages[1].get_contents().get_data()  # type: ignore[union-attr]


def test_each_paper_has_its_entry_in_the_outline() -> None:
    pack = print_pack([PrintedPaper("Mẫu 5.2", SMALL, copies=3), PrintedPaper("Biên bản", TWO_PAGES)])
    outline = PdfReader(io.BytesIO(pack.data)).outline
    assert [entry["/Title"] for entry in outline] == ["Mẫu 5.2", "Biên bản"]  # type: ignore[call-overload]


@given(copies=st.lists(st.integers(1, 6), min_size=1, max_size=4), duplex=st.booleans())
def test_as_many_copies_are_there_as_were_asked_for(copies: list[int], duplex: bool) -> None:
    papers = [PrintedPaper(f"p{number}", SMALL, count, halves=True) for number, count in enumerate(copies)]
    found = [word for page in words(print_pack(papers, duplex=duplex).data) for word in page]
    assert found.count("ballot") == sum(copies)

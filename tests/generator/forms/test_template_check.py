"""An office's template is taken when it prints its form as docxtpl would; else all that is wrong is said at once."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from generator.documents import generate
from generator.forms.library import forms, manifest
from generator.forms.manifest import Manifest
from generator.forms.samples import sample
from generator.forms.template_check import TemplateReport, check_template
from generator.forms.template_names import HOSTILE, trial_contexts
from generator.word.reading import document_text, open_docx
from generator.word.template import load, prove_equal
from tests.generator.forms.templates import BOOK, packed, shipped, with_body, with_paragraphs, with_part, without

FORM = manifest("5.1", BOOK)
NAME = "{{ full_name }}"


def check(data: bytes, form: Manifest = FORM) -> TemplateReport:
    return check_template(data, form, BOOK)


def codes(report: TemplateReport) -> set[str]:
    return {problem.code for problem in report.problems}


def said(report: TemplateReport) -> str:
    return "\n".join(str(problem) for problem in report.problems)


def lengthened(data: bytes, text: str) -> bytes:
    """The template with one more paragraph after its text."""
    return with_paragraphs(data, text)


@pytest.mark.parametrize("code", forms(BOOK))
def test_every_shipped_template_passes_and_is_proved_equal_to_docxtpl(code: str) -> None:
    form = manifest(code, BOOK)
    report = check(shipped(code), form)
    assert (said(report), [str(note) for note in report.notes], report.mended) == ("", [], ())
    assert report.engine == "compiled"
    assert prove_equal(load(shipped(code)), trial_contexts(form, BOOK))


def test_the_trial_prints_hostile_text_and_every_state() -> None:
    made = list(trial_contexts(FORM, BOOK))
    assert {(one["blank"], one["draft"], one["final"]) for one in made} == {
        (True, False, False), (False, True, False), (False, False, True),
    }  # fmt: skip
    assert any(one["full_name"] == HOSTILE for one in made)


def test_a_template_edited_in_word_is_taken_and_its_words_are_printed() -> None:
    report = check(lengthened(shipped(), "Nơi lưu: tủ số 3, {{ cell }}"))
    assert report.problems == ()
    given = sample(FORM, BOOK)
    made = generate("5.1", given, templates=lambda form: load(report.data))
    assert f"Nơi lưu: tủ số 3, {given['document']['cell']}" in document_text(made.word)


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("{{ full_nmae }}", "template.unknown-field", "Có thể là “full_name” (Họ và tên"),
        ("{{ level.lable }}", "template.unknown-field", "Có thể là “label”"),
        ("{{ level }}", "template.kind", "không phải chữ"),
        ("{{ comment }}", "template.kind", "danh sách"),
        ("{{ full_name.x }}", "template.unknown-field", "không có mục con “x”"),
        ("{{ ''.__class__ }}", "template.name", "__class__"),
        ("{{ full_name.upper() }}", "template.forbidden", "gọi hàm"),
        ("{% for i in range(10**9) %}x{% endfor %}", "template.forbidden", "gọi hàm"),
        ("{% for i in 'aaaa' %}x{% endfor %}", "template.loop", "danh sách của biểu mẫu"),
        ("{% for i in full_name %}{{ i }}{% endfor %}", "template.kind", "không lặp được"),
        ("{% for a in criteria %}{% for b in criteria %}{{ b.title }}{% endfor %}{% endfor %}",
         "template.nested-loop", "vô hạn"),
        ("{% for a in comment %}{{ a }}", "template.block", "“endfor”"),
        ("{% if draft %}x", "template.block", "“endif”"),
        ("x {% endfor %}", "template.block", "thừa"),
        ("{% if draft %}x{% endfor %}", "template.block", "thừa"),
        ("{% else %}x", "template.block", "“if”"),
        ("{% set a = 1 %}", "template.forbidden", "“set”"),
        ("{% include 'x' %}", "template.forbidden", "“include”"),
        ("{{ full_name | e }}", "template.filter", "bộ lọc"),
        ("{{ full_name", "template.broken", "thiếu dấu ngoặc"),
        ("full_name }}", "template.broken", "thiếu dấu ngoặc"),
        ("{ { full_name } }", "template.broken", "thiếu dấu ngoặc"),
        ("{{ full_name {{ cell }}", "template.broken", "thiếu dấu ngoặc"),
        ("{full_name}", "template.broken", "Hãy viết {{ full_name }}"),
        ("{{ 1 + 1 }}", "template.forbidden", "phép tính"),
        ("{{ full name }}", "template.syntax", "viết sai"),
        ("{{ " + "((" * 200 + " }}", "template.long", "quá 300 ký tự"),
        ("{%p if draft %} chữ bên cạnh", "template.lost-text", "mất chữ"),
        ("{%tr for row in criteria %}", "template.reach", "trong bảng"),
        ("{{r full_name }}", "template.reach", "Hãy viết {{ full_name }}"),
        ("{% if draft %}" * 7 + "x" + "{% endif %}" * 7, "template.depth", "quá 6 lớp"),
        ("{{ criteria[0].title }}", "template.subscript", "vòng lặp"),
        ("{%- if draft %}x{% endif %}", "template.forbidden", "for, if"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_refused_with_a_sentence(written: str, code: str, says: str) -> None:
    report = check(lengthened(shipped(), written))
    assert code in codes(report), said(report)
    assert says in said(report)
    assert report.data == b""


def test_blocks_may_not_begin_in_one_paragraph_and_end_in_another_way() -> None:
    report = check(with_paragraphs(shipped(), "{% if draft %}một", "hai{% endif %}", "{%p if draft %}", "{% endif %}"))
    assert [problem.message for problem in report.problems if problem.code == "template.block"] == [
        "thẻ “{% endif %}” không ở cùng một chỗ (đoạn, ô, bảng) với thẻ mở “{% if draft %}”, ở đoạn “hai{% endif %}”",
        "thẻ “{% endif %}” không cùng loại với thẻ mở “{%p if draft %}”",
    ]


def test_everything_wrong_is_told_at_once() -> None:
    data = with_paragraphs(
        without(shipped(), NAME), "{{ full_nmae }}", "{% for x in comment %}", "{{ ''.__class__ }}", "{{ cell"
    )
    document = docx.Document(io.BytesIO(data))
    document.sections[0].left_margin = Mm(20)
    document.paragraphs[-1].runs[0].font.name = "Arial"
    out = io.BytesIO()
    document.save(out)
    report = check(out.getvalue())
    assert codes(report) == {
        "template.unknown-field", "template.block", "template.name", "template.broken", "template.missing-field",
    }  # fmt: skip
    assert {"format.page.margins", "format.font.name"} <= {note.code for note in report.notes}


def test_a_required_field_that_is_never_printed_is_missing_and_an_optional_one_is_only_told() -> None:
    required = check(without(shipped("5.2"), "{{ issuing_body }}"), manifest("5.2", BOOK))
    assert codes(required) == {"template.missing-field"}
    assert re.search(r"mục bắt buộc “[^”]+” không được in ra.*{{ issuing_body }}", said(required))
    optional = check(without(shipped(), "{{ card_number }}"))
    assert optional.problems == ()
    assert "(card_number)" in "\n".join(str(note) for note in optional.notes)


def test_a_paper_that_comes_home_again_must_carry_its_code() -> None:
    parts = open_docx(shipped())
    bare = {name: data.replace(b"{{ paper_code }}", b"") for name, data in parts.items()}
    assert "{{ paper_code }}" in said(check(packed(bare)))


def test_the_code_goes_into_the_properties_of_the_file_too() -> None:
    parts = open_docx(shipped())
    core = re.sub(rb"<dc:identifier>.*?</dc:identifier>", b"", parts["docProps/core.xml"])
    assert core != parts["docProps/core.xml"]
    report = check(packed({**parts, "docProps/core.xml": core}))
    assert (said(report), report.engine) == ("", "compiled")
    made = generate("5.1", sample(FORM, BOOK), templates=lambda form: load(report.data), paper_code="2018-5.1-abc")
    assert docx.Document(io.BytesIO(made.word)).core_properties.identifier == "2018-5.1-abc"


def split(data: bytes, tag: str) -> bytes:
    """The tag cut by formatting, as Word leaves it: three runs, the middle one bold, a spelling mark between."""
    head, middle, tail = tag[:4], tag[4:-1], tag[-1]
    cut = (
        f'{head}</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{middle}</w:t></w:r>'
        f'<w:bookmarkStart w:id="77" w:name="b"/><w:bookmarkEnd w:id="77"/><w:r><w:t>{tail}'
    )
    return with_body(data, tag, cut)


def test_a_tag_cut_into_pieces_is_joined_and_the_person_is_told() -> None:
    report = check(split(shipped(), "{{ card_number }}"))
    assert report.problems == ()
    assert report.mended == ("{{ card_number }}",)
    assert b"{{ card_number }}" in open_docx(report.data)["word/document.xml"]
    made = generate("5.1", sample(FORM, BOOK), templates=lambda form: load(report.data))
    assert document_text(made.word) == document_text(generate("5.1", sample(FORM, BOOK)).word)


def test_typed_quotes_and_hard_spaces_in_a_tag_do_no_harm() -> None:
    report = check(with_paragraphs(shipped(), "{%\u00a0if assessor.code == “self” %}Bản của tôi{% endif %}"))
    assert (said(report), report.mended) == ("", ())
    made = generate("5.1", sample(FORM, BOOK), templates=lambda form: load(report.data))
    assert "Bản của tôi" in document_text(made.word)


def bomb() -> bytes:
    parts = open_docx(shipped())
    return packed({**parts, "word/media/x.xml": b"<x>" + b"0" * (60 * 1024 * 1024) + b"</x>"})


def with_relation(kind: str, target: str, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    relation = f'<Relationship Id="x1" Type="{address}" Target="{target}"{mode}/></Relationships>'
    data = with_part(shipped(), "word/_rels/document.xml.rels", b"</Relationships>", relation.encode())
    return data if external else packed({**open_docx(data), f"word/{target}": b"\xd0\xcf\x11\xe0"})


def with_macro() -> bytes:
    return packed({**open_docx(shipped()), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def as_macro_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shipped())) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                b"vnd.ms-word.document.macroEnabled.main",
            ))  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Ho va ten: {{ full_name }}", "không phải là văn bản Word"),
        (b"", "không phải là văn bản Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu"),
        (b"PK\x03\x04" + bytes(40), "bị hỏng"),
        (bomb(), "quá lớn"),
        (with_macro(), "macro"),
        (as_macro_file(), "macro"),
        (with_relation("attachedTemplate", "file:///C:/Mau/Normal.dotm"), "tệp mẫu khác"),
        (with_relation("image", "http://example.org/a.png"), "tệp bên ngoài"),
        (with_relation("hyperlink", "file://may-chu/chung/a.docx"), "tệp bên ngoài"),
        (with_relation("oleObject", "embeddings/a.bin", external=False), "đối tượng nhúng"),
        (with_relation("subDocument", "phu-luc.docx"), "đối tượng nhúng"),
        (with_body(shipped(), "<w:t>*</w:t>", '<w:t>*</w:t></w:r><w:ins w:id="5" w:author="A"><w:r><w:t>+</w:t></w:r>'
                   "</w:ins><w:r><w:t> </w:t>"), "Track Changes"),
        (with_body(shipped(), "<w:t>*</w:t>", "<w:t>*</w:t><w:instrText> INCLUDETEXT C:\\a.docx </w:instrText>"),
         "INCLUDETEXT"),
        (with_body(shipped(), "<w:t>*</w:t>", "<w:t>*</w:t><w:instrText> MERGEFIELD ten </w:instrText>"), "trộn thư"),
        (with_body(shipped(), "<w:t>*</w:t>", f"<w:t>{'x' * (1024 * 1024)}</w:t>"), "quá lớn"),
    ],
    ids=["text", "empty", "encrypted", "cut", "bomb", "macro", "docm", "attached", "image", "share", "ole", "sub",
         "tracked", "includetext", "mergefield", "huge"],
)  # fmt: skip
def test_a_file_that_may_not_be_a_template_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    report = check(data)
    assert report.data == b""
    assert says in said(report)


def test_a_web_address_may_stand_in_a_template() -> None:
    assert check(with_relation("hyperlink", "https://example.org/")).problems == ()


def test_a_departure_from_the_page_format_is_told_and_does_not_forbid() -> None:
    document = docx.Document(io.BytesIO(shipped()))
    for section in document.sections:
        section.left_margin = Mm(20)
    out = io.BytesIO()
    document.save(out)
    report = check(out.getvalue())
    assert report.problems == ()
    assert "lề trái là 20 mm, phải là 30 mm" in "\n".join(str(note) for note in report.notes)


def test_a_template_whose_equality_cannot_be_proved_is_rendered_by_docxtpl() -> None:
    # A tab typed into the text of a run is taken apart by docxtpl in a way of its own.
    report = check(with_body(shipped(), "<w:t>*</w:t>", "<w:t>*\t</w:t>"))
    assert report.problems == ()
    assert report.engine == "docxtpl"


def test_a_table_that_word_would_not_have_written_is_refused() -> None:
    # docxtpl looks for the grid of every table.
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/><w:sectPr"
    report = check(with_body(shipped("5.2"), "<w:sectPr", table), manifest("5.2", BOOK))
    assert codes(report) == {"template.trial"}


def test_a_template_of_nothing_but_tags_is_refused() -> None:
    many = "".join(f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p>" for _ in range(4001))
    body = open_docx(shipped())["word/document.xml"]
    last = body.rindex(b"<w:sectPr")
    data = packed({**open_docx(shipped()), "word/document.xml": body[:last] + many.encode() + body[last:]})
    assert "quá nhiều thẻ" in said(check(data))


def field(code: str) -> bytes:
    """The template with a field of that code, its code cut into pieces as Word cuts it; `|` parts the pieces."""
    pieces = "".join(f'<w:instrText xml:space="preserve">{piece}</w:instrText>' for piece in code.split("|"))
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    return with_body(shipped(), "<w:t>*</w:t>", f"<w:t>*</w:t>{begin}{pieces}{end}")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("DDE cmd", "lấy nội dung từ nơi khác (DDE cmd)"),
        ("D|DEAUTO c:\\x", "lấy nội dung từ nơi khác (DDEAUTO c:\\x)"),
        (" DATE \\@ dd ", "tự đổi nội dung mỗi lần mở"),
        ("FILENAME", "tự đổi nội dung mỗi lần mở"),
        ("MACROBUTTON chay x", "trường không dùng được (MACROBUTTON chay x)"),
        ("QUOTE 68 68 69", "trường không dùng được (QUOTE 68 68 69)"),
        ("HYPERLINK file://may-chu/a", "tệp bên ngoài (file://may-chu/a)"),
    ],
)
def test_a_field_that_fetches_runs_or_changes_by_itself_is_refused(code: str, says: str) -> None:
    assert says in said(check(field(code)))


@pytest.mark.parametrize(
    "code", [" PAGE ", "NUMPAGES", "HYPERLINK https://example.org/", "HYPERLINK \\l dau", "SEQ bang"]
)
def test_a_field_that_counts_or_points_may_stand(code: str) -> None:
    assert said(check(field(code))) == ""


def test_a_locked_template_is_refused_because_its_papers_could_not_be_filled_in() -> None:
    document = docx.Document(io.BytesIO(shipped()))
    lock = OxmlElement("w:documentProtection")
    lock.set(qn("w:enforcement"), "1")
    document.settings._element.append(lock)
    out = io.BytesIO()
    document.save(out)
    assert "khóa chỉnh sửa" in said(check(out.getvalue()))


def test_hidden_text_is_refused_since_nobody_sees_what_is_printed_there() -> None:
    hidden = "<w:t>*</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ghi chú</w:t>"
    assert "chữ ẩn, không in ra giấy (“ghi chú”)" in said(check(with_body(shipped(), "<w:t>*</w:t>", hidden)))


def test_the_filter_that_is_allowed_may_be_used() -> None:
    report = check(with_paragraphs(shipped(), "{{ full_name | upper }}"))
    assert (said(report), report.engine) == ("", "compiled")


def test_the_template_of_another_form_is_named_in_one_sentence() -> None:
    (problem,) = check(shipped("2")).problems
    assert problem.message == "tệp này là mẫu của 2 (Bản tự kiểm điểm cá nhân), không phải của 5.1"


def test_a_paper_in_place_of_a_template_is_told_apart() -> None:
    (problem,) = check(generate("5.1", sample(FORM, BOOK)).word).problems
    assert "không có thẻ nào" in problem.message
    assert "hoso template export 5.1" in problem.remedy

"""Which template a unit's papers are made with, what an installation remakes, and what is frozen once filed."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from archive.campaigns.made_again import word_of
from archive.errors import NotFound
from archive.office.template_install import Installation, TemplateRefused, install_template, restore_template
from archive.office.templates import TemplateDamaged, installed_templates, kept_templates, template_source
from archive.records.database import rows
from generator.forms.library import UnknownForm, manifest
from generator.word.reading import document_text
from tests.archive.campaigns.conftest import Commune
from tests.generator.forms.templates import BOOK, shipped, with_paragraphs

FORM = manifest("5.1", BOOK)
ONE, TWO = "Mẫu in riêng, lần một: {{ cell }}", "Mẫu in riêng, lần hai"


def install(commune: Commune, text: str, unit: str | None = None, code: str = "5.1") -> Installation:
    return install_template(
        commune.office, commune.database, BOOK, code, with_paragraphs(shipped(code), text),
        file_name="mau.docx", actor="cli", unit_id=unit,
    )  # fmt: skip


def restore(commune: Commune, unit: str | None = None, version: int | None = None) -> None:
    restore_template(commune.office, commune.database, BOOK, "Mẫu 5.1", actor="cli", unit_id=unit, version=version)


def unit(commune: Commune, reference: str) -> str:
    found = rows(commune.database, "SELECT id FROM unit WHERE reference = ?", [reference])
    return str(found[0]["id"])


def digest_for(commune: Commune, unit_id: str | None = None) -> str | None:
    """Of the template that papers of Mẫu 5.1 are made with; None for the shipped one."""
    own = template_source(commune.office, commune.database, BOOK.name, unit_id)(FORM)
    return own.digest if own else None


def documents(commune: Commune) -> dict[str, tuple[str, str, str]]:
    """Key of each paper with its form, unit and the template it was made with."""
    found = rows(commune.database, "SELECT * FROM document")
    return {row["key"]: (row["form"], row["unit_id"], row["template_digest"]) for row in found}


def texts(commune: Commune, form: str, unit_id: str) -> Iterable[str]:
    for path in sorted(commune.office.print_root.rglob("*.docx")):
        for row in rows(
            commune.database, "SELECT file_name FROM document WHERE form = ? AND unit_id = ?", [form, unit_id]
        ):
            if path.name == row["file_name"]:
                yield document_text(path.read_bytes())


def test_the_nearest_unit_above_decides_then_the_office_then_what_was_shipped(commune: Commune) -> None:
    cell, other = unit(commune, "CBK3"), unit(commune, "CBK2")
    assert digest_for(commune, cell) is None
    office = install(commune, ONE).template.digest
    own = install(commune, TWO, cell).template.digest
    assert (digest_for(commune), digest_for(commune, other), digest_for(commune, cell)) == (office, office, own)
    owner = commune.situation().picture.owner.id
    above = install(commune, "Mẫu in riêng của đảng ủy", owner).template.digest
    assert (digest_for(commune), digest_for(commune, other), digest_for(commune, cell)) == (office, above, own)
    restore(commune, cell)
    assert digest_for(commune, cell) == above


def test_versions_are_kept_and_any_of_them_comes_back(commune: Commune) -> None:
    first, second = install(commune, ONE).template, install(commune, TWO).template
    assert (first.version, second.version, digest_for(commune)) == (1, 2, second.digest)
    restore(commune, version=1)
    assert digest_for(commune) == first.digest
    restore(commune)
    assert digest_for(commune) is None
    assert install(commune, TWO).template.version == 2
    listed = installed_templates(commune.database, BOOK.name, "5.1")
    assert [(one.version, one.in_force, one.engine) for one in listed] == [
        (2, True, "compiled"),
        (1, False, "compiled"),
    ]
    assert [row["note"].split()[:2] for row in rows(
        commune.database, "SELECT note FROM event WHERE action LIKE 'template.%' ORDER BY seq"
    )] == [["5.1", "v1"], ["5.1", "v2"], ["5.1", "v1"], ["5.1", "inherited"], ["5.1", "v2"]]  # fmt: skip


def test_what_is_not_there_is_said(commune: Commune) -> None:
    with pytest.raises(NotFound, match="chưa cài riêng"):
        restore(commune)
    install(commune, ONE)
    with pytest.raises(NotFound, match="Các bản đã cài: 1"):
        restore(commune, version=7)
    with pytest.raises(UnknownForm):
        install(commune, ONE, code="9.9")


def test_a_refused_template_leaves_nothing_behind(commune: Commune) -> None:
    with pytest.raises(TemplateRefused) as refused:
        install(commune, "{{ full_nmae }} và {{ ''.__class__ }}")
    assert refused.value.exit_code == 1
    assert {"full_nmae", "__class__"} <= {
        word for word in ("full_nmae", "__class__") if word in refused.value.message
    }  # fmt: skip
    assert installed_templates(commune.database, BOOK.name) == []
    assert list(commune.office.templates_root.rglob("*.docx*")) == []


def test_a_run_after_an_installation_remakes_the_papers_of_that_form_alone(commune: Commune) -> None:
    commune.run("prepare")
    before = documents(commune)
    cell = unit(commune, "CBK3")
    installed = install(commune, ONE, cell).template
    report = commune.run("prepare")
    after = documents(commune)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {key for key, (form, unit_id, _) in before.items() if form == "5.1" and unit_id == cell}
    assert {after[key][2] for key in changed} == {installed.digest}
    assert report.production["prepare"].made != []
    assert all("Mẫu in riêng, lần một: " in text for text in texts(commune, "5.1", cell))
    assert commune.run("prepare").made == 0
    restore(commune, cell)
    commune.run("prepare")
    assert documents(commune) == before


def test_filed_papers_keep_the_template_they_were_made_with(commune: Commune) -> None:
    first = install(commune, ONE).template
    commune.run()
    versions = rows(commune.database, "SELECT id, version FROM dossier ORDER BY id")
    before = documents(commune)
    install(commune, TWO)
    commune.run()
    after = documents(commune)
    filed = {key for key, (form, *_) in before.items() if form == "5.1" and after[key] == before[key]}
    remade = {key for key in after if after[key] != before[key]}
    assert rows(commune.database, "SELECT id, version FROM dossier ORDER BY id") == versions
    assert filed
    # Blank forms to hand out are in no dossier.
    assert {before[key][0] for key in remade} <= {"5.1"}
    assert {row["stage"] for row in rows(commune.database, "SELECT key, stage FROM document")
            if row["key"] in remade} <= {"prepare"}  # fmt: skip
    picture = commune.situation().picture
    row = next(
        row for row in rows(commune.database, "SELECT * FROM document WHERE form = '5.1'") if row["key"] in filed
    )
    assert row["template_digest"] == first.digest
    word = word_of(picture, row, BOOK, kept_templates(commune.office, commune.database))
    assert "lần một" in document_text(word)


def test_a_dossier_names_template_and_version_of_each_paper(commune: Commune) -> None:
    installed = install(commune, ONE).template
    commune.run()
    told = [json.loads(path.read_text(encoding="utf-8")) for path in commune.office.store_root.rglob("dossier.json")]
    papers = [paper for one in told for paper in one["record"]["papers"] if paper["form"]]
    assert papers
    assert {(paper["template"], paper["template_version"]) for paper in papers if paper["form"] == "5.1"} == {
        (installed.digest, 1)
    }
    assert {paper["template_version"] for paper in papers if paper["form"] != "5.1"} == {None}
    assert all(len(paper["template"]) == 64 for paper in papers)


def test_a_damaged_template_is_named_and_holds_up_only_its_own_papers(commune: Commune) -> None:
    installed = install(commune, ONE).template
    path = commune.office.templates_root / installed.path
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(TemplateDamaged, match="hoso template restore"):
        template_source(commune.office, commune.database, BOOK.name)(FORM)
    report = commune.run("prepare")
    assert {paper.rpartition(" – ")[0] for paper, _ in report.failures} == {"Phiếu phân tích chất lượng đảng viên"}
    assert all("không còn như khi cài" in why for _, why in report.failures)
    assert any(form == "2" for form, *_ in documents(commune).values())
    install(commune, ONE)
    assert commune.run("prepare").failures == []


def quoted(commune: Commune) -> set[tuple[str, str]]:
    """What the extracts of a cell quote of its minutes, with what the minutes are."""
    found = rows(
        commune.database,
        "SELECT json_extract(e.input, '$.document.source_digest') AS quoted, m.word_digest FROM document e"
        " JOIN document m ON m.form = 'minutes-cell' AND m.unit_id = e.unit_id WHERE e.form = 'extract-minutes'"
        " AND quoted NOTNULL",
    )
    return {(row["quoted"], row["word_digest"]) for row in found}


def test_an_extract_quotes_the_minutes_as_the_office_prints_and_files_them(commune: Commune) -> None:
    install(commune, "Biên bản in theo mẫu riêng", code="minutes-cell")
    commune.run()
    before = quoted(commune)
    assert before
    assert all(said == made for said, made in before)
    install(commune, "Mẫu khác nữa", code="minutes-cell")
    report = commune.run()
    assert (report.made, report.filed) == (0, 0)
    assert quoted(commune) == before

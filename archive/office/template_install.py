"""Installing an office's own Word template of a form, and going back to the shipped one or an earlier version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError, FolderUnusable, NotFound
from archive.office.folder import Office
from archive.office.templates import InstalledTemplate, installed_templates, template_bytes
from archive.records import events
from archive.records.database import now, one, writing
from archive.store.disk import sync, write_file
from generator.errors import Problem, reason
from generator.forms.library import manifest
from generator.forms.manifest import Manifest
from generator.forms.template_check import TemplateReport, check_template
from generator.rules.rulebook import Rulebook


class TemplateRefused(ArchiveError):
    """Mẫu chưa dùng được nên không cài."""

    code = "archive.template-refused"
    exit_code = 1

    def __init__(self, form: Manifest, report: TemplateReport) -> None:
        self.form = form
        self.report = report
        self.problems: tuple[Problem, ...] = report.problems
        lines = [f"• {problem}" for problem in report.problems]
        super().__init__("\n".join([f"Tệp này chưa dùng làm mẫu của {form.code} được, chưa cài gì:", *lines]))


@dataclass(frozen=True)
class Installation:
    """What an installation did: the version now in force, and what the check had to say."""

    template: InstalledTemplate
    report: TemplateReport


def install_template(
    office: Office,
    database: Database,
    book: Rulebook,
    code: str,
    data: bytes,
    *,
    file_name: str,
    actor: str,
    unit_id: str | None = None,
) -> Installation:
    """Installs a file as the template of a form, as the next version; a file already in force stays as it is.

    Call it while holding the office's lock.

    Args:
        code: the form's code, however it is written.
        file_name: what the file is called at the office, for the list.
        unit_id: the unit that shall use it, with those below it; the whole office when not given.

    Raises:
        UnknownForm: no form has that code.
        TemplateRefused: something stands against the file; nothing is installed.
        FolderUnusable: the data folder cannot be written.
    """
    form = manifest(code, book)
    report = check_template(data, form, book)
    if report.problems:
        raise TemplateRefused(form, report)
    digest = hashlib.sha256(report.data).hexdigest()
    before = _versions(database, book.name, form.code, unit_id)
    same = next((version for version in before if version.digest == digest), None)
    if same is None:
        path = f"{book.name}/{form.code.lower()}/{digest[:16]}.docx"
        _keep(office, path, report.data)
        version = max((version.version for version in before), default=0) + 1
        _write(database, book.name, form.code, unit_id, version, actor, row={
            "digest": digest, "path": path, "engine": report.engine, "file_name": file_name,
        })  # fmt: skip
    else:
        _keep(office, same.path, report.data)
        _write(database, book.name, form.code, unit_id, same.version, actor)
    return Installation(_in_force(database, book.name, form.code, unit_id), report)


def restore_template(
    office: Office,
    database: Database,
    book: Rulebook,
    code: str,
    *,
    actor: str,
    unit_id: str | None = None,
    version: int | None = None,
) -> InstalledTemplate | None:
    """Goes back to an earlier version, or (no version given) to what stands above: the office's, then the shipped one.

    Call it while holding the office's lock.

    Raises:
        UnknownForm: no form has that code.
        NotFound: there is no such version, or nothing of the office's own to leave.
        TemplateDamaged: the version's file is lost.
    """
    form = manifest(code, book)
    known = {one.version: one for one in _versions(database, book.name, form.code, unit_id)}
    if not known:
        raise NotFound(f"Mẫu {form.code} chưa cài riêng ở cấp này; đang dùng mẫu của cấp trên hoặc mẫu gốc.")
    if version is None:
        _write(database, book.name, form.code, unit_id, None, actor)
        return None
    if version not in known:
        listed = ", ".join(str(number) for number in sorted(known))
        raise NotFound(f"Mẫu {form.code} không có bản số {version}. Các bản đã cài: {listed}.")
    template_bytes(office, known[version].path, known[version].digest)
    _write(database, book.name, form.code, unit_id, version, actor)
    return _in_force(database, book.name, form.code, unit_id)


def _versions(database: Database, rulebook: str, form: str, unit_id: str | None) -> list[InstalledTemplate]:
    return [found for found in installed_templates(database, rulebook, form) if found.unit_id == unit_id]


def _in_force(database: Database, rulebook: str, form: str, unit_id: str | None) -> InstalledTemplate:
    return next(found for found in _versions(database, rulebook, form, unit_id) if found.in_force)


def _keep(office: Office, path: str, data: bytes) -> None:
    """Puts a file into `templates/`, whole and for good; a damaged one is put right."""
    target = office.templates_root / path
    try:
        if target.is_file() and target.read_bytes() == data:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(f"{target}.new")
        fresh.unlink(missing_ok=True)
        write_file(fresh, data)
        sync(target.parent)
        fresh.replace(target)
        sync(target.parent)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được tệp mẫu {target}: {reason(error)}. Chưa cài gì.") from error


def _write(
    database: Database,
    rulebook: str,
    form: str,
    unit_id: str | None,
    version: int | None,
    actor: str,
    row: dict[str, str] | None = None,
) -> None:
    """Puts a version in force, a new one with its row, or none."""
    with writing(database):
        database.execute(
            "UPDATE template SET in_force = 0 WHERE rulebook = ? AND form = ? AND unit_id IS ?",
            [rulebook, form, unit_id],
        )
        if row is not None:
            database.table("template").insert({
                "rulebook": rulebook, "form": form, "unit_id": unit_id, "version": version, **row, "in_force": 1,
                "installed_by": actor, "installed_at": now(),
            })  # fmt: skip
        elif version is not None:
            database.execute(
                "UPDATE template SET in_force = 1 WHERE rulebook = ? AND form = ? AND unit_id IS ? AND version = ?",
                [rulebook, form, unit_id, version],
            )
        digest = one(
            database,
            "SELECT digest FROM template WHERE rulebook = ? AND form = ? AND unit_id IS ? AND in_force = 1",
            [rulebook, form, unit_id],
        )
        events.append(
            database,
            actor=actor,
            action="template.installed" if row else "template.restored",
            subject=unit_id or "office",
            note=f"{form} v{version} {digest['digest'][:16]}" if digest else f"{form} inherited",
        )

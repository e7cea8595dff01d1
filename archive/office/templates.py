"""The office's own Word templates: which one a unit uses for a form, and every version ever used, by its digest.

A form's template is the shipped one, the office's over it, and that of the nearest unit above (or of the unit itself)
over both. The files lie in `templates/` of the data folder, named by their digest, and are never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.office.folder import Office
from archive.records.database import one, rows
from generator.documents import TemplateSource
from generator.errors import reason
from generator.forms.manifest import Manifest
from generator.word.template import Template, load

_COLUMNS = """SELECT t.form, t.unit_id, u.name AS unit_name, t.version, t.digest, t.path, t.engine, t.file_name,
    t.in_force, t.installed_by, t.installed_at FROM template t LEFT JOIN unit_view u ON u.unit_id = t.unit_id"""
_ABOVE = """
WITH RECURSIVE above(id, far) AS (
    SELECT :unit, 0 UNION ALL SELECT u.parent_id, far + 1 FROM above a JOIN unit_view u ON u.unit_id = a.id
    WHERE u.parent_id IS NOT NULL AND far < 20)
SELECT t.form, t.digest, t.path, t.engine FROM template t LEFT JOIN above a ON a.id = t.unit_id
WHERE t.rulebook = :rulebook AND t.in_force = 1 AND (t.unit_id IS NULL OR a.id IS NOT NULL)
ORDER BY t.unit_id IS NOT NULL, a.far DESC
"""


class TemplateDamaged(ArchiveError):
    """Tệp mẫu trong thư mục dữ liệu bị mất hoặc đã bị sửa."""

    code = "archive.template-damaged"


@dataclass(frozen=True)
class InstalledTemplate:
    """One version of an office's own template.

    Args:
        form: the form's code.
        unit_id, unit_name: the unit that uses it, with the units below it; None for the whole office.
        version: counted from 1 for each form and unit.
        digest: SHA-256 of the file, as documents made with it name it.
        path: of the file, within `templates/`.
        engine: `compiled`, or `docxtpl` where the quick way did not prove equal.
        file_name: what the file was called when it was installed.
        in_force: whether it is used now; at most one version of a form and unit is.
    """

    form: str
    unit_id: str | None
    unit_name: str | None
    version: int
    digest: str
    path: str
    engine: str
    file_name: str
    in_force: bool
    installed_by: str
    installed_at: str

    def as_dict(self) -> dict[str, Any]:
        """The version as `hoso template list --json` prints it."""
        return asdict(self)


def installed_templates(database: Database, rulebook: str, form: str | None = None) -> list[InstalledTemplate]:
    """Every version installed, by form, office first, newest first.

    Args:
        form: only those of this form's code.
    """
    found = rows(
        database,
        f"{_COLUMNS} WHERE t.rulebook = :rulebook AND (:form IS NULL OR t.form = :form)"
        " ORDER BY t.form, t.unit_id IS NOT NULL, u.name, t.version DESC",
        {"rulebook": rulebook, "form": form},
    )
    return [InstalledTemplate(**{**row, "in_force": bool(row["in_force"])}) for row in found]


def template_source(office: Office, database: Database, rulebook: str, unit_id: str | None = None) -> TemplateSource:
    """The templates a unit's papers are made with; those of the office when no unit is given.

    What is in force is read now; the function given back reads files only, and may be called by any thread.
    """
    nearest = {row["form"]: row for row in rows(database, _ABOVE, {"unit": unit_id, "rulebook": rulebook})}

    ready: dict[str, Template] = {}

    def own(form: Manifest) -> Template | None:
        if form.code in nearest and form.code not in ready:
            ready[form.code] = _loaded(office, nearest[form.code])
        return ready.get(form.code)

    return own


def kept_templates(office: Office, database: Database) -> Callable[[str], Template | None]:
    """The template of a digest, whether or not it is still in force; None for one that was not the office's own."""

    def kept(digest: str) -> Template | None:
        row = one(database, "SELECT digest, path, engine FROM template WHERE digest = ?", [digest])
        return _loaded(office, row) if row else None

    return kept


def template_versions(database: Database) -> dict[str, int]:
    """Which version of the office's own a digest is; shipped templates are not in it, they have hoso's version."""
    return {row["digest"]: row["version"] for row in rows(database, "SELECT digest, version FROM template")}


def template_bytes(office: Office, path: str, digest: str) -> bytes:
    """The file of an installed template.

    Raises:
        TemplateDamaged: it is missing, cannot be read, or is no longer what was installed.
    """
    file = office.templates_root / path
    try:
        data = file.read_bytes()
    except OSError as error:
        raise TemplateDamaged(
            f"Không đọc được tệp mẫu {file}: {reason(error)}. Xin cài lại mẫu, hoặc lấy lại mẫu gốc bằng "
            "“hoso template restore”."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise TemplateDamaged(
            f"Tệp mẫu {file} không còn như khi cài. Xin cài lại mẫu, hoặc lấy lại mẫu gốc bằng “hoso template restore”."
        )
    return data


def _loaded(office: Office, row: dict[str, Any]) -> Template:
    return load(template_bytes(office, row["path"], row["digest"]), by_docxtpl=row["engine"] == "docxtpl")

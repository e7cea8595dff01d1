"""LibreOffice as a process: a profile of its own, a deadline, and nothing left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"false"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"}}'
)
# LibreOffice takes and returns blocks of 64 MB while it starts, and small ones by the million afterwards: kept at hand,
# a start costs a third less and the rest a twentieth.
_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(2**28),
    "MALLOC_TRIM_THRESHOLD_": str(2**28),
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000",
}
# No macro runs, no linked file is fetched, whatever a document from elsewhere asks for. A profile whose last version is
# older than the program makes each start draw the program's own test pictures, which takes as long as ten documents.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion"
 oor:op="fuse"><value>99.0</value></prop></item>
</oor:items>
"""

# What the first run of this process made of a new profile; the next ones begin with it and start a fifth sooner.
_settled: dict[str, bytes] = {}


def office_available() -> bool:
    """Whether LibreOffice is installed on this machine."""
    return shutil.which("soffice") is not None


class Office:
    """One LibreOffice with a profile in a folder of its own; two of them never meet.

    Args:
        folder: an existing empty folder, thrown away by the caller.
        deadline: seconds after which a run is ended.
    """

    def __init__(self, folder: Path, deadline: float) -> None:
        self._folder = folder
        self._deadline = deadline
        self._runs = 0
        self.said = ""
        self._profile = folder / "profile"
        for name, data in (_settled or {"user/registrymodifications.xcu": _SETTINGS.encode()}).items():
            file = self._profile / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def convert(self, documents: Mapping[str, bytes], ending: str = "docx") -> dict[str, bytes]:
        """The PDF of each Word file by its name, in one run; what LibreOffice did not manage is left out.

        What it said is kept in `said`. `ending` tells the kind of the files: `docx`, or `doc` for those of old.
        """
        self._runs += 1
        place = self._folder / f"run{self._runs}"
        place.mkdir()
        for name, data in documents.items():
            (place / f"{name}.{ending}").write_bytes(data)
        self._run(place, [f"{name}.{ending}" for name in documents])
        files = {name: place / f"{name}.pdf" for name in documents}
        made = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
        if made and not _settled:
            self._keep_profile()
        shutil.rmtree(place)
        return {name: data for name, data in made.items() if data.startswith(b"%PDF") and b"%%EOF" in data[-32:]}

    def _keep_profile(self) -> None:
        files = [file for file in self._profile.rglob("*") if file.is_file()]
        _settled.update({file.relative_to(self._profile).as_posix(): file.read_bytes() for file in files})

    def _run(self, place: Path, names: list[str]) -> None:
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", _FILTER]
        with subprocess.Popen(
            [*command, *names],
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **_MEMORY, "HOME": str(self._folder)},
        ) as process:
            try:
                output, _ = process.communicate(timeout=self._deadline)
                self.said = output.decode("utf-8", "replace").strip()
            except subprocess.TimeoutExpired:
                self.said = f"quá {self._deadline:g} giây"
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends what the run left: soffice is a script whose children outlive it when only the script is killed."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()

"""Installing where there is no internet: from `wheelhouse/` alone, and only where it fits what is to be installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-build.lock")


def test_the_locked_build_tools_are_those_hoso_is_built_with() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    locked = re.findall(r"^(\S+==\S+) \\$", (ROOT / LOCKS[1]).read_text(encoding="utf-8"), re.MULTILINE)
    assert set(wanted) <= set(locked)
    # Without it an editable installation asks the network for it.
    assert any(one.startswith("editables==") for one in locked)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the installation reads and an environment that holds nothing but pip."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "installation", folder / "installation")
    (folder / "wheelhouse").mkdir()
    for name in LOCKS:
        shutil.copy(ROOT / name, folder)
    venv.create(folder / ".venv", with_pip=True)
    return folder


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What is asked of the only package index there is; the variables of pip name it meanwhile."""
    found: list[str] = []

    class Index(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has above
            pass

    server = HTTPServer(("127.0.0.1", 0), Index)
    Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            patch.delenv(name)
        patch.setenv("PIP_CONFIG_FILE", os.devnull)
        patch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/")
        patch.setenv("PYTHON", sys.executable)
        yield found
    server.shutdown()
    server.server_close()


def _install(clone: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", "installation/environment.sh", "requirements.lock"]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)


def _fill(clone: Path, more: str = "") -> None:
    """Puts the locks into the wheelhouse, and no wheel."""
    for name in LOCKS:
        (clone / "wheelhouse" / name).write_text((clone / name).read_text(encoding="utf-8") + more, encoding="utf-8")


def test_a_wheelhouse_that_fits_is_all_that_is_asked(clone: Path, asked: list[str]) -> None:
    _fill(clone)
    done = _install(clone)
    assert done.returncode == 1
    assert "từ wheelhouse, không dùng mạng" in done.stdout
    assert "Xin đọc wheelhouse/DOC-TRUOC.txt" in done.stderr
    assert asked == []


def test_a_wheelhouse_made_for_other_versions_is_left_aside(clone: Path, asked: list[str]) -> None:
    _fill(clone, "# other versions\n")
    done = _install(clone)
    assert "các gói được tải qua mạng" in done.stdout
    assert asked

"""What is shipped: the wheel, installed in an environment of its own, works from any folder and holds no tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--disable-pip-version-check", "-q", "-w", folder, ROOT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode and "hatchling" in made.stderr and ("connection" in made.stderr or "No matching" in made.stderr):
        pytest.skip("no registry to take the build tool from")
    assert made.returncode == 0, made.stderr
    (found,) = folder.glob("hoso-*.whl")
    return found


def test_the_wheel_ships_what_runs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {
        "generator", "archive", "search", "pages", "commands", "templates_docx", "sample_campaign", "cli.py", "web.py",
    }  # fmt: skip
    assert not [name for name in names if "test" in Path(name).name.lower() and name.endswith(".py")]
    assert not [name for name in names if name.endswith((".pyc", ".db", ".log"))]
    shipped = set(names)
    for folder in ("templates_docx/hd13_2018", "generator/rulebooks", "pages/templates", "sample_campaign"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in shipped


def test_the_installed_command_runs_from_elsewhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check", "-q", wheel],
        check=True,
    )
    # The locked packages are lent from this environment, without what makes this folder importable.
    lent = tmp_path / "lent"
    lent.mkdir()
    for path in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not path.name.startswith(("hoso", "_hoso")) and path.suffix != ".pth":
            (lent / path.name).symlink_to(path)
    (packages,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(str(lent))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HOSO_", "PYTHON"))}

    def hoso(*words: str) -> str:
        return subprocess.run(
            [python.with_name("hoso"), *words], cwd=elsewhere, env=clean, check=True, capture_output=True, text=True
        ).stdout

    forms = json.loads(hoso("forms", "--json"))
    assert {"1", "2", "5.1", "6"} <= {form["code"] for form in forms}
    (elsewhere / "in.yaml").write_text(hoso("sample", "2"), encoding="utf-8")
    hoso("generate", "2", "in.yaml", "-o", "out.docx")
    assert (elsewhere / "out.docx").stat().st_size > 5000
    assert "hoso 0." in hoso("--version")
    hoso("--data", "data", "init")
    where = subprocess.run(
        [python, "-c", "import cli, generator, sample_campaign as s; print(cli.__file__, generator.__file__);"
         " print(len(s.workbook_bytes()))"],
        cwd=elsewhere, env=clean, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert str(ROOT) not in where

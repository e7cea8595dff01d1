"""A run killed at any moment and started again ends as one that was never disturbed: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.store.ocfl import Store
from tests.acceptance.journey import Desk

KILLS = 10
HOSO = Path(sys.executable).with_name("hoso")


def outcome(desk: Desk) -> dict[str, object]:
    """What a run leaves, but for ids of papers and moments: dossiers, levels, and the digest of every filed paper."""
    dossiers = {
        row["dossier_id"]: (row["subject"], row["level"], row["status"], row["version"]) for row in desk.dossiers()
    }
    files = {
        (dossier, path): digest
        for dossier, path, digest in desk.rows("SELECT dossier_id, path, digest FROM dossier_file")
        if path != "dossier.json"
    }
    papers = sorted(desk.rows("SELECT key, state, word_digest FROM document"), key=repr)
    findings = sorted(desk.rows("SELECT evaluation_id, rule_id FROM finding"))
    printed = {name: digest for name, digest in desk.stored().items() if name.startswith("print/")}
    return {"dossiers": dossiers, "files": files, "papers": papers, "findings": findings, "printed": printed}


def started(desk: Desk) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [HOSO, "--data", desk.root, "campaign", "run", "2018", "--no-pdf"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def written(desk: Desk) -> int:
    """How many files a run has put on the disk so far."""
    return sum(len(names) for part in ("print", "store", "workspace") for _, _, names in os.walk(desk.root / part))


def kill_at(desk: Desk, files: int) -> bool:
    """Starts a run and kills it once so many files are there; whether it was still running then."""
    run = started(desk)
    while run.poll() is None:
        if written(desk) >= files:
            os.killpg(run.pid, signal.SIGKILL)
            break
        time.sleep(0.003)
    return run.wait() == -signal.SIGKILL


def test_a_run_killed_ten_times_ends_like_one_left_alone(fresh: Desk, filed: Desk) -> None:
    moments = sorted(random.Random(20181228).sample(range(1, written(filed)), KILLS))  # noqa: S311 - moments of a test
    killed = 0
    for number, files in enumerate(moments):
        killed += kill_at(fresh, files)
        if number % 3 == 2:
            assert fresh("verify", "--json").json == []
    assert killed >= KILLS - 1
    fresh("campaign", "run", "2018", "--no-pdf", code=1)
    assert outcome(fresh) == outcome(filed)
    assert fresh("verify", "--json").json == []
    assert fresh("events", "verify", "--json").json["broken"] == []
    assert fresh.rows("SELECT count(*) FROM filing WHERE state = 'prepared'") == [(0,)]
    once = fresh.rows("SELECT object, count(*) FROM event WHERE action = 'dossier.filed' GROUP BY object")
    assert len(once) == 139
    assert all(count == 1 for _, count in once)
    assert sorted(path.name for path in (fresh.root / "workspace").glob("*")) == []
    hits = fresh("search", "", "--limit", "1000", "--json").json
    assert hits["total"] == 139


def test_a_batch_killed_between_its_steps_is_finished_or_taken_back(fresh: Desk, filed: Desk) -> None:
    """Killed in the middle of writing, after the plan is recorded: the next command puts it in order by itself."""
    script = (
        "import os, signal, sys\n"
        "from archive.store.ocfl import Store\n"
        "from cli import main\n"
        "step, seen, real = sys.argv[1], [], getattr(Store, sys.argv[1])\n"
        "def fatal(self, *words, **more):\n"
        "    seen.append(1)\n"
        "    if len(seen) == 5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, *words, **more)\n"
        "setattr(Store, step, fatal)\n"
        "main(sys.argv[2:], prog_name='hoso')\n"
    )
    for step in ("write", "install"):
        assert hasattr(Store, step)
        ran = subprocess.run(
            [sys.executable, "-c", script, step, "--data", fresh.root, "campaign", "run", "2018", "--no-pdf"],
            capture_output=True, check=False,
        )  # fmt: skip
        assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
        assert fresh.rows("SELECT count(*) FROM filing WHERE state = 'prepared'") != [(0,)]
        assert json.loads(fresh("verify", "--json").out) == []
        assert fresh.rows("SELECT count(*) FROM filing WHERE state = 'prepared'") == [(0,)]
    fresh("campaign", "run", "2018", "--no-pdf", code=1)
    assert outcome(fresh) == outcome(filed)


def test_two_runs_at_once_do_not_disturb_each_other(fresh: Desk, filed: Desk) -> None:
    runs = [started(fresh), started(fresh)]
    assert {run.wait(120) for run in runs} <= {1, 2}
    fresh("campaign", "run", "2018", "--no-pdf", code=1)
    assert outcome(fresh) == outcome(filed)
    assert fresh("verify", "--json").json == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_a_run_without_a_traceback(fresh: Desk) -> None:
    run = subprocess.Popen(
        [HOSO, "--data", fresh.root, "campaign", "run", "2018", "--no-pdf"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    while run.poll() is None and written(fresh) < 100:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert b"Traceback" not in err
    assert fresh("verify", "--json").json == []

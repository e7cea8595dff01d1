"""The README is true: every command it names exists with those options, and so does every path and make target."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from cli import ROOMS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands_of(group: click.Command) -> dict[str, click.Command]:
    if not isinstance(group, click.Group):
        return {}
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


COMMANDS = commands_of(main)


def written_commands() -> list[str]:
    """The calls of the table of commands: `hoso campaign open`, `· status` and `· run PERIOD [--unit U]` in full."""
    table = README.split("## Commands")[1].split("## ")[0]
    calls: list[str] = []
    for line in table.splitlines():
        if not line.startswith("| `hoso"):
            continue
        group = ""
        for number, call in enumerate(re.findall(r"`([^`]+)`", line.split("|")[1])):
            words = call.removeprefix("hoso ").split()
            if number == 0 and isinstance(COMMANDS.get(words[0]), click.Group):
                group = words[0]
            elif group and words[0] in commands_of(COMMANDS[group]):
                words = [group, *words]
            calls.append(" ".join(words))
    return calls


def test_every_room_of_commands_has_those_the_command_line_looks_for_in_it() -> None:
    for room, names in ROOMS.items():
        assert {*names} <= {one.name for one in import_module(f"commands.{room}").COMMANDS}
    rooms = {
        path.stem for path in (ROOT / "commands").glob("*.py") if "COMMANDS = " in path.read_text(encoding="utf-8")
    }
    assert rooms == {*ROOMS}


def test_the_table_names_most_commands() -> None:
    named = {call.split()[0] for call in written_commands()}
    assert named <= set(COMMANDS)
    assert {"demo", "init", "import", "search", "campaign", "dossier", "verify"} <= named


@pytest.mark.parametrize("call", written_commands())
def test_a_command_of_the_table_exists_with_its_options(call: str) -> None:
    command: click.Command = main
    words = call.split()
    while words and isinstance(command, click.Group):
        found = commands_of(command).get(words.pop(0))
        assert found is not None, call
        command = found
    options = {name for option in command.params for name in option.opts}
    for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(words)):
        assert option in options, (call, option)


def test_every_path_it_names_exists() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", README)
    assert linked
    for path in linked:
        assert path.startswith("http") or (ROOT / path).exists(), path
    places = README.split("## Where things are")[1]
    for path in re.findall(r"`([\w./]+(?:/|\.py))`", places):
        assert (ROOT / path).exists(), path


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"it"}
    assert {"demo", "test", "serve", "check", "bench"} <= named
    assert named <= targets

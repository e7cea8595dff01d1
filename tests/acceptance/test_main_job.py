"""The main job on a whole party base, as an office does it: type in, take papers in, run, run again, find."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from generator.word.reading import document_text
from tests.acceptance.journey import INTAKE, WORKBOOK, Desk

DOSSIER = ["dossier_id", "subject", "kind", "period", "level", "status", "complaint", "unit", "version"]
HIT = ["dossier_id", "subject", "kind", "period", "level", "status", "unit", "snippet", "complaint"]


def found(desk: Desk, query: str, *options: str) -> list[str]:
    """The ids a search gives, all of them."""
    answer = desk("search", query, *options, "--limit", "1000", "--json").json
    assert list(answer) == ["total", "hits"]
    assert answer["total"] == len(answer["hits"])
    for hit in answer["hits"]:
        assert list(hit) == HIT
    return [hit["dossier_id"] for hit in answer["hits"]]


def test_a_dry_run_of_the_import_changes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk("init")
    before = desk.kept()
    told = desk("import", WORKBOOK, "--dry-run", "--json").json
    assert desk.kept() == before
    done = desk("import", WORKBOOK, "--json").json
    assert not told.pop("saved")
    assert done.pop("saved")
    told.pop("campaign_id", None), done.pop("campaign_id", None)
    assert told == done
    assert desk.rows("SELECT count(*) FROM person") == [(110,)]


def test_the_same_workbook_and_papers_taken_twice_change_nothing(fresh: Desk) -> None:
    before = fresh.kept()
    again = fresh("import", WORKBOOK, "--json").json
    assert not again["problems"]
    assert not again["conflicts"]
    assert not again["saved"]
    taken = fresh("intake", INTAKE, "--json").json
    assert not taken["taken"]
    assert len(taken["known"]) == 79
    assert fresh.kept() == before


def test_a_dry_run_of_the_intake_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk("init")
    desk("import", WORKBOOK)
    before = desk.kept()
    told = desk("intake", INTAKE, "--dry-run", "--json").json
    assert desk.kept() == before
    assert len(told["taken"]) == 79
    done = desk("intake", INTAKE, "--json").json
    assert done["taken"] == told["taken"]


def test_what_the_intake_leaves_aside_is_named_with_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk("init")
    desk("import", WORKBOOK)
    said = desk("intake", INTAKE)
    assert "Nhận 79 giấy tờ" in said.out
    left = said.err.splitlines()
    assert len(left) == 3
    for name in ("Bản kiểm điểm Nguyễn Văn Bình.docx", "scan0012.pdf", "DV039 - Nhận xét nơi cư trú.pdf"):
        (line,) = [line for line in left if name in line]
        assert "Hãy" in line


def test_a_second_run_finds_nothing_to_do(done: Desk) -> None:
    stored, kept = done.stored(), done.kept()
    said = done("campaign", "run", "2018", "--no-pdf", "--json", code=1).json
    assert sum(said["made"].values()) == 0
    assert said["filed"] == 0
    [(papers,)] = done.rows("SELECT count(*) FROM document WHERE source = 'generated'")
    assert sum(said["unchanged"].values()) == papers > 1_000
    assert done.stored() == stored
    after = done.kept()
    events = [row for row in after.pop("event") if row not in kept["event"]]
    assert [row[3] for row in events] == [f"campaign.{stage}" for stage in said["made"]] + ["campaign.archive"]
    del kept["event"]
    # What is noted anew with each run: the moment findings were found at, and the newest event.
    for name, moment in (("finding", -1), ("unit_finding", -1), ("event_head", None)):
        again, once = after.pop(name), kept.pop(name)
        if moment:
            assert {row[:moment] for row in again} == {row[:moment] for row in once}
    assert after == kept


def test_a_unit_and_a_stage_may_be_run_alone_and_the_rest_follows(fresh: Desk, filed: Desk) -> None:
    first = fresh("campaign", "run", "2018", "--unit", "CBK3", "--stage", "prepare", "--no-pdf", "--json").json
    assert list(first["made"]) == ["prepare"]
    assert first["filed"] == 0
    fresh("campaign", "run", "2018", "--unit", "Chi bộ Khu 3", "--no-pdf")
    assert {row["unit"] for row in fresh.dossiers() if row["status"] != "draft"} == {"Chi bộ Khu 3"}
    fresh("campaign", "run", "2018", "--no-pdf", code=1)
    assert [(row["dossier_id"], row["level"], row["status"]) for row in fresh.dossiers()] == [
        (row["dossier_id"], row["level"], row["status"]) for row in filed.dossiers()
    ]


def test_every_subject_has_his_dossier(filed: Desk) -> None:
    listed = filed.dossiers()
    assert [row["dossier_id"] for row in listed] == sorted(row["dossier_id"] for row in listed)
    for row in listed:
        assert list(row) == DOSSIER
        assert row["dossier_id"].isascii()
        assert row["status"] in ("filed", "incomplete")
        assert row["complaint"] == "none"
    assert len(listed) == 139
    without = filed.rows(
        "SELECT m.kind FROM evaluation e JOIN membership m ON m.person_id = e.person_id"
        " WHERE e.id NOT IN (SELECT evaluation_id FROM dossier WHERE evaluation_id NOTNULL) ORDER BY 1"
    )
    assert without == [("exempt",), ("suspended",), ("transferred_out",)]
    for status in ("filed", "incomplete"):
        chosen = filed("dossier", "list", "--status", status, "--json").json
        assert chosen == [row for row in listed if row["status"] == status]
    cell = filed("dossier", "list", "--unit", "CBK3", "--kind", "member", "--period", "2018", "--json").json
    assert len(cell) == 8
    assert {row["unit"] for row in cell} == {"Chi bộ Khu 3"}


def test_the_store_and_the_chain_of_events_are_whole(filed: Desk) -> None:
    assert filed("verify", "--json").json == []
    assert "nguyên vẹn" in filed("verify").out
    chain = filed("events", "verify", "--json").json
    assert chain["broken"] == []
    assert chain["events"] == filed.rows("SELECT count(*) FROM event")[0][0]
    state = filed("status", "--json").json
    assert state["events_intact"]
    assert state["unfinished_filings"] == 0
    assert state["index"]["waiting"] == 0
    assert state["index"]["dossiers"] == 139


@pytest.mark.parametrize("damage", ["changed", "removed", "added"])
def test_damage_in_the_store_is_found(done: Desk, damage: str) -> None:
    dossier = done.dossier_of("DV049")
    folder = next(path for path in (done.root / "store").rglob("inventory.json") if dossier in str(path)).parent
    word = next(path for path in sorted(folder.rglob("*.docx")))
    if damage == "changed":
        data = bytearray(word.read_bytes())
        data[len(data) // 2] ^= 1
        word.write_bytes(data)
    elif damage == "removed":
        word.unlink()
    else:
        (word.parent / "more.txt").write_text("x")
    said = done("verify", "--json", code=1).json
    assert said
    assert dossier in json.dumps(said)


def test_names_are_found_with_and_without_marks_however_composed(filed: Desk) -> None:
    for name, plain in (("Đỗ Văn Chí", "do van chi"), ("Nguyễn Văn Bình", "nguyen van binh")):
        wanted = {row["dossier_id"] for row in filed.dossiers() if row["subject"] == name}
        assert wanted
        for query in (name, plain, plain.upper(), unicodedata.normalize("NFD", name)):
            hits = found(filed, query)
            assert wanted <= set(hits), query
            assert set(hits[: len(wanted)]) == wanted, query
    assert len([row for row in filed.dossiers() if row["subject"] == "Nguyễn Văn Bình"]) == 2


def test_filters_narrow_a_search(filed: Desk) -> None:
    listed = filed.dossiers()
    everything = set(found(filed, ""))
    assert everything == {row["dossier_id"] for row in listed}
    for option, column, value in (
        ("--level", "level", "good"),
        ("--kind", "kind", "leader_manager"),
        ("--status", "status", "incomplete"),
        ("--period", "period", "2018"),
    ):
        assert set(found(filed, "", option, value)) == {row["dossier_id"] for row in listed if row[column] == value}
    cell = {row["dossier_id"] for row in listed if row["unit"] == "Chi bộ Khu 1"}
    for unit in ("CBK1", "Chi bộ Khu 1", "chi bo khu 1", unicodedata.normalize("NFD", "Chi bộ Khu 1")):
        assert set(found(filed, "", "--unit", unit)) == cell
    assert found(filed, "", "--period", "2017") == []
    both = found(filed, "binh", "--unit", "CBK1", "--kind", "member", "--level", "good")
    assert {filed.dossier_of("DV049"), filed.dossier_of("DV050")} <= set(both)


@pytest.mark.parametrize(
    "query", ['"', "((", "a AND", "muc:", "-", "*", "<script>", "' OR 1=1 --", "x" * 5000, "\u202e"]
)
def test_any_text_is_a_query(filed: Desk, query: str) -> None:
    answer = filed("search", "--json", "--", query).json
    assert answer["total"] >= len(answer["hits"])


def test_a_history_joins_this_year_to_the_last(filed: Desk) -> None:
    answer = filed("history", "nguyen van binh", "--json").json
    assert len(answer["matches"]) == 2
    for match in answer["matches"]:
        assert {"person_id", "name", "birth_date", "unit", "results"} <= set(match)
        assert match["name"] == "Nguyễn Văn Bình"
        assert any(result["period"] == "2018" for result in match["results"])
        by_id = filed("history", match["person_id"], "--json").json["matches"]
        assert [one["person_id"] for one in by_id] == [match["person_id"]]
    assert len({match["birth_date"] for match in answer["matches"]}) == 2
    ((card,),) = filed.rows(
        "SELECT i.value FROM person_identifier i JOIN person p ON p.id = i.person_id"
        " WHERE p.reference = 'DV049' AND i.kind = 'card_number'"
    )
    assert [one["name"] for one in filed("history", card, "--json").json["matches"]] == ["Nguyễn Văn Bình"]
    assert filed("history", "Không Có Ai", "--json").json == {"matches": []}


def test_a_dossier_is_shown_copied_out_and_explained(done: Desk, tmp_path: Path) -> None:
    dossier = done.dossier_of("DV021")
    shown: dict[str, Any] = done("dossier", "show", dossier, "--json").json
    assert shown["subject"] == "Trương Công Đẳng"
    assert "Trương Công Đẳng" in done("dossier", "show", dossier).out
    done("dossier", "export", dossier, "-o", tmp_path / "out")
    out = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert out == {file["path"] for file in shown["files"]}
    for path in out:
        assert (tmp_path / "out" / path).read_bytes() == done.file(dossier, path)
    why = done("why", dossier, "--json").json
    assert [finding["rule_id"] for finding in why if finding["severity"] == "error"] == ["MEM-GOOD-02"]
    said = done("why", dossier).out
    assert "MEM-GOOD-02" in said
    assert "II.2.3.b" in said


def test_a_person_of_two_capacities_has_two_dossiers_with_one_self_review(filed: Desk) -> None:
    printed = []
    for capacity in ("member", "leader_manager"):
        dossier = filed.dossier_of("DV046", capacity)
        files = filed("dossier", "show", dossier, "--json").json["files"]
        (path,) = [file["path"] for file in files if file["item"] == "self_review"]
        lines = document_text(filed.file(dossier, path)).splitlines()
        ((evaluation,),) = filed.rows("SELECT evaluation_id FROM dossier WHERE id = ?", dossier)
        printed.append([line.replace(evaluation, "") for line in lines])
    assert printed[0] == printed[1]


def test_lists_for_other_programs_are_not_cut_to_the_screen(filed: Desk) -> None:
    lines = filed("dossier", "list").out.splitlines()
    for row in filed.dossiers():
        (line,) = [line for line in lines if line.startswith(row["dossier_id"])]
        assert row["subject"] in line


def test_campaign_status_says_where_each_unit_stands(filed: Desk, typed_in: Desk) -> None:
    units = {row["unit"]: row for row in filed("campaign", "status", "2018", "--json").json["units"]}
    assert set(units) == {"CBCQ", "CBTH", "CBK1", "CBK2", "CBK3", "DBX"}
    assert units["CBK3"]["filed"] == 10
    before = {row["unit"]: row for row in typed_in("campaign", "status", "2018", "--json").json["units"]}
    assert before["CBK3"]["filed"] == 0
    only = filed("campaign", "status", "2018", "--unit", "CBK3", "--json").json["units"]
    assert only == [units["CBK3"]]


def test_the_workbook_written_from_what_is_kept_comes_in_without_a_change(done: Desk, tmp_path: Path) -> None:
    done("workbook", "-o", tmp_path / "all.xlsx")
    before = done.kept()
    said = done("import", tmp_path / "all.xlsx", "--json").json
    assert (said["problems"], said["conflicts"], said["saved"]) == ([], [], False)
    assert done.kept() == before


def test_the_office_of_another_day_finds_its_index_made_anew(done: Desk) -> None:
    before = found(done, "binh")
    assert "139" in done("reindex").out
    assert found(done, "binh") == before

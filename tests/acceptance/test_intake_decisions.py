"""Papers of the sample decided about on the command line, and the sentences people read."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.journey import INTAKE, WORKBOOK, Desk

SCAN = "CBK2/scan0012.pdf"
DOUBTFUL = "CBK1/Bản kiểm điểm Nguyễn Văn Bình.docx"


def test_the_doubtful_papers_are_decided_in_the_call(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk("init")
    desk("import", WORKBOOK)
    refused = desk("intake", INTAKE, "--as", "DV082", SCAN, code=2)
    assert "MÃ:LOẠI" in refused.err
    refused = desk("intake", INTAKE, "--as", "DV082:self_review", "khong-co.pdf", code=2)
    assert "không có tệp “khong-co.pdf”" in refused.err
    assert desk.rows("SELECT count(*) FROM taken_paper") == [(0,)]
    told = desk(
        "intake", INTAKE, "--as", "DV083:annual_commitment", SCAN, "--as", "DV049:self_review", DOUBTFUL, "--json"
    ).json
    assert len(told["taken"]) == 81 and told["undecided"] == [] and len(told["refused"]) == 1
    decided = {one["file"]: one["subject"] for one in told["taken"] if one["matched_by"] == "decision"}
    assert decided[SCAN].startswith("DV083") and decided[DOUBTFUL].startswith("DV049")
    # What was decided once is not asked again.
    assert "81 đã nhận trước đây, 0 cần người quyết định" in desk("intake", INTAKE).out


def test_the_kinds_of_papers_are_listed_without_a_folder(tmp_path: Path) -> None:
    said = Desk(tmp_path / "none")("intake", "--kinds")
    assert "self_review: Bản tự kiểm điểm của cá nhân" in said.out.splitlines()
    assert not (tmp_path / "none").exists()

"""Word documents to PDF, many at a time: joined, converted once, cut apart and checked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pypdf.errors import PyPdfError

from generator.pdf import cutting
from generator.pdf.cutting import Span
from generator.pdf.errors import ConversionFailed, OfficeMissing
from generator.pdf.joining import Joint
from generator.pdf.office import Office, office_available
from generator.pdf.piece import NotJoinable, Piece, read_piece
from generator.pdf.safety import harmless

__all__ = ["ConvertedGroup", "PdfDocument", "convert", "convert_groups", "office_available"]

BATCH = 50
DEADLINE = 180.0
# Joined files that share one start of LibreOffice.
_TOGETHER = 4

Progress = Callable[[int], None]


@dataclass(frozen=True)
class PdfDocument:
    """One document as PDF and its number of pages."""

    data: bytes
    pages: int


@dataclass(frozen=True)
class ConvertedGroup:
    """Documents that belong together: one PDF of them all, and each for itself.

    Attributes:
        bundle: all documents in order, with their fonts in common.
        starts: the first page of each document in the bundle, counted from 0.
        documents: each document for itself.
    """

    bundle: bytes
    starts: list[int]
    documents: list[PdfDocument]


def convert(
    documents: Sequence[bytes],
    *,
    progress: Progress | None = None,
    deadline: float = DEADLINE,
    batch: int = BATCH,
) -> list[PdfDocument]:
    """The PDF of each Word document, in the order given.

    Args:
        documents: Word files.
        progress: called with the number of documents finished so far.
        deadline: seconds one run of LibreOffice may take.
        batch: most documents joined into one file.

    Raises:
        OfficeMissing: LibreOffice is not installed.
        NotADocument: one of the files is no plain .docx.
        ConversionFailed: LibreOffice did not manage a document, neither with others nor alone.
    """
    spans = _spans([[document] for document in documents], progress, deadline, batch)
    return [PdfDocument(cutting.write([span]), span.pages) for span in spans]


def convert_groups(
    groups: Sequence[Sequence[bytes]],
    *,
    progress: Progress | None = None,
    deadline: float = DEADLINE,
    batch: int = BATCH,
) -> list[ConvertedGroup]:
    """Each group of Word documents as one PDF, and each of its documents for itself.

    Arguments and errors as `convert`; a group is never divided between two runs, so its fonts are shared.
    """
    spans = iter(_spans(groups, progress, deadline, batch))
    return [_group([next(spans) for _ in group]) for group in groups]


def _group(spans: list[Span]) -> ConvertedGroup:
    starts = [sum(span.pages for span in spans[:number]) for number in range(len(spans))]
    documents = [PdfDocument(cutting.write([span]), span.pages) for span in spans]
    return ConvertedGroup(cutting.write(spans), starts, documents)


@dataclass
class _Task:
    """One document on its way: its place among all, its bytes, its parts if it may be joined, its pages at last."""

    index: int
    data: bytes
    piece: Piece | None
    span: Span | None = None


def _spans(groups: Sequence[Sequence[bytes]], progress: Progress | None, deadline: float, batch: int) -> list[Span]:
    if not any(groups):
        return []
    if not office_available():
        raise OfficeMissing
    tasks = _tasks(groups)
    flat = [task for group in tasks for task in group]
    with tempfile.TemporaryDirectory(prefix="hoso-pdf-", ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder), deadline)
        plans = iter([plan for plan in _plan(tasks, batch) if len(plan[1]) > 1])
        while together := list(islice(plans, _TOGETHER)):
            _convert_joints(office, together)
            _report(flat, progress)
        alone = [task for task in flat if task.span is None]
        for start in range(0, len(alone), batch):
            _convert_alone(office, alone[start : start + batch])
            _report(flat, progress)
    return [task.span for task in flat if task.span is not None]


def _report(tasks: Sequence[_Task], progress: Progress | None) -> None:
    if progress is not None:
        progress(sum(task.span is not None for task in tasks))


def _tasks(groups: Sequence[Sequence[bytes]]) -> list[list[_Task]]:
    tasks: list[list[_Task]] = []
    count = 0
    for group in groups:
        tasks.append([])
        for data in group:
            tasks[-1].append(_Task(count, data, _piece(data)))
            count += 1
    return tasks


def _piece(data: bytes) -> Piece | None:
    try:
        return read_piece(data)
    except NotJoinable:
        return None


def _plan(groups: Sequence[Sequence[_Task]], batch: int) -> Iterator[tuple[Joint, list[_Task]]]:
    """Files to join: groups in order, each whole, in the first open file that takes it."""
    waiting: list[tuple[Joint, list[_Task]]] = []
    for group in groups:
        members = [task for task in group if task.piece is not None]
        pieces = [task.piece for task in members if task.piece is not None]
        if not pieces:
            continue
        home = next((plan for plan in waiting if plan[0].takes(pieces)), None)
        if home is not None and len(home[1]) + len(members) > batch:
            waiting.remove(home)
            yield home
            home = None
        if home is None:
            if not Joint().takes(pieces):
                continue
            home = (Joint(), [])
            waiting.append(home)
        home[0].add(pieces)
        home[1].extend(members)
    yield from waiting


def _convert_joints(office: Office, plans: Sequence[tuple[Joint, list[_Task]]]) -> None:
    """Joined files, all in one run first; one that did not come out is tried once more by itself."""
    names = {f"joined{number}": plan for number, plan in enumerate(plans)}
    documents = {name: joint.document() for name, (joint, _) in names.items()}
    made = office.convert(documents)
    for name, (joint, members) in names.items():
        if name not in made:
            made |= office.convert({name: documents[name]})
        if name in made:
            for task, span in zip(members, cutting.cut(made[name], joint.pieces), strict=True):
                task.span = span


def _convert_alone(office: Office, tasks: Sequence[_Task]) -> None:
    """Each document as a file of its own: all in one run first, then those that failed one by one."""
    made = office.convert({f"{task.index}": harmless(task.data) for task in tasks})
    for task in tasks:
        name = f"{task.index}"
        pdf = made.get(name) or office.convert({name: harmless(task.data)}).get(name)
        if pdf is None:
            raise ConversionFailed(task.index, office.said)
        try:
            task.span = cutting.whole(pdf)
        except PyPdfError as error:
            raise ConversionFailed(task.index, str(error)) from error

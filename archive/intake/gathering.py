"""The files of a folder, and photographs of one paper's pages put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from generator.vietnamese import nfc

_LEFT_OUT = ("~$", ".")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_PICTURES = frozenset({".jpg", ".jpeg", ".png"})
# “… trang 2”, “…_tr.2”, “… page 2”; a bare “(2)” is what Windows calls a copy, not a page.
_PAGE = re.compile(r"^(?P<stem>.*?)[\s_.,–-]*\(?\b(?:trang|tr|page)[\s_.]*(?P<number>\d{1,3})\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """What was handed in: its name under the folder (NFC) and its files, several where each is a page.

    Args:
        missing: pages that are not there, though later ones are.
    """

    name: PurePath
    files: tuple[Path, ...]
    missing: tuple[int, ...] = ()

    @property
    def is_gathered(self) -> bool:
        """Whether it is made of several files."""
        return len(self.files) > 1


def gathered(folder: Path) -> list[Item]:
    """The papers in a folder and its subfolders, by name; lock files of Word and files of the system left out."""
    whole: list[Item] = []
    pages: dict[PurePath, dict[int, Path]] = {}
    for path in _files(folder):
        name = PurePath(nfc(str(path.relative_to(folder))))
        numbered = _PAGE.match(name.stem.replace("_", " ")) if name.suffix.lower() in _PICTURES else None
        stem = numbered.group("stem").strip() if numbered else ""
        if numbered and stem and not path.is_symlink():
            place = name.with_name(f"{stem}.pdf")
            if int(numbered.group("number")) not in pages.get(place, {}):
                pages.setdefault(place, {})[int(numbered.group("number"))] = path
                continue
        whole.append(Item(name, (path,)))
    for name, found in pages.items():
        missing = tuple(number for number in range(1, max(found) + 1) if number not in found)
        files = tuple(found[number] for number in sorted(found))
        # A single first page is a paper of one page.
        own = PurePath(nfc(str(files[0].relative_to(folder))))
        whole.append(Item(name if len(files) > 1 or missing else own, files, missing))
    return sorted(whole, key=lambda item: str(item.name))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: nfc(str(path))):
        is_paper = not path.name.startswith(_LEFT_OUT) and path.name.lower() not in _SYSTEM_FILES
        if is_paper and (path.is_file() or path.is_symlink()):
            yield path

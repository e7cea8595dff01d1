"""What was said at a meeting, out of the lines a secretary keyed in: who spoke, and what he said."""

from __future__ import annotations

import re

from archive.campaigns.papers.paper import Document, given, sentence

_NAME_AND_REASON = re.compile(
    r"^[-–•\s]*(?:[Đđ]ồng chí\s+)?(?P<name>[^:(–,;]+?)\s*(?:[:–(,;]\s*(?P<reason>.+?)\)?)?[.;,]?$"
)
_AND = re.compile(r"\s+và\s+đồng chí\s+")
_COMRADE = re.compile(r"^(?:Các )?[Đđ]ồng chí |^(?:Ông|Bà|Đại biểu|Đại diện|Bí thư|Phó|Chủ tịch|Trưởng) ")
# What stands between a name and the colon says how he spoke: “Đồng chí Bùi Thị Nhẹ tự phê bình: …”.
_MANNER = re.compile(r"(?P<who>.+?) (?P<manner>tự phê bình|góp ý|tiếp thu|giải trình|đề nghị|nhận lỗi)")
_LONGEST_NAME = 300


def lines_of(text: str | None) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def absences(text: str | None) -> list[Document]:
    """Who was absent and why, one a line: “Họ tên: lý do”, “Họ tên, lý do” or “Họ tên (lý do)”.

    “A và đồng chí B, lý do” is two rows.
    """
    found = []
    for line in lines_of(text):
        match = _NAME_AND_REASON.match(line)
        if match:
            name, reason = match["name"].strip(), sentence(match["reason"] or "")
            for one in _AND.split(name):
                found.append(given({"full_name": sentence(one), "reason": reason}))
        else:
            found.append({"full_name": line})
    return found


def _is_name(words: list[str]) -> bool:
    return 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words)


def _told(line: str) -> Document | None:
    """A line without a colon that tells what someone did: “Đồng chí Nguyễn Hữu Tỵ trình bày việc …”."""
    who, _, rest = line.partition("ồng chí ")
    if who not in ("Đ", "đ"):
        return None
    words = rest.split()
    length = next((number for number, word in enumerate(words) if not word[:1].isupper()), len(words))
    if not _is_name(words[:length]) or length == len(words) or words[length - 1].endswith((",", ";", ".")):
        return None
    return {"speaker": f"Đồng chí {' '.join(words[:length])}", "content": sentence(" ".join(words[length:]))}


def opinions(text: str | None) -> list[Document]:
    """The rows of a discussion keyed in line by line; what no one person said stands under the meeting itself."""
    found = []
    for line in lines_of(text):
        line = line.lstrip("-–• ")
        who, _, said = (part.strip() for part in line.partition(":"))
        if said and len(who) <= _LONGEST_NAME and (_COMRADE.match(who) or _is_name(who.split())):
            manner = _MANNER.fullmatch(who)
            speaker, content = (manner["who"], f"{sentence(manner['manner'])}: {said}") if manner else (who, said)
            found.append({"speaker": speaker, "content": sentence(content)})
        else:
            found.append(_told(line) or {"speaker": "Hội nghị", "content": line})
    return found

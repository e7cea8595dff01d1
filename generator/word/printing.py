"""How one value becomes text inside a Word part: letter for letter, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Undefined

from generator.vietnamese import forbidden_character
from generator.word.errors import UnprintableValue

PRESERVED = '<w:t xml:space="preserve">'


def plain(value: Any) -> str:
    """The text of a value: a string as it is, a whole number in digits; line ends of any system as a newline.

    Raises:
        UnprintableValue: it is neither (True, None, a list), or holds what no Word file can hold.
        jinja2.UndefinedError: there is no value.
    """
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        kind = type(value).__name__
        raise UnprintableValue(f"Mẫu chỉ in được chữ và số nguyên, không in được giá trị kiểu “{kind}”.")
    text = str(value)
    found = forbidden_character(text)
    if found:
        raise UnprintableValue(f"Có ký tự không ghi được vào văn bản Word ({found}). Hãy xóa ký tự đó và nhập lại.")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def escaped(text: str) -> str:
    """The text with the three signs escaped that XML text must not hold; quotes may stand."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def quoted(value: Any) -> str:
    """The value for any place in a part, attributes included; breaks and tabs are left as they are."""
    return escaped(plain(value)).replace('"', "&#34;")


def run_printer(properties: str, *, closes: bool) -> Callable[[Any], str]:
    """A function that prints values inside the text of a run: a newline breaks the line, a tab is a tab.

    Args:
        properties: the run's own `<w:rPr>` element, repeated for the runs a tab needs; may be empty.
        closes: whether it also writes the `>` of the text element's beginning and the element's end, because the
            value is all its text; an empty element is closed at once.
    """
    tab = f"</w:t></w:r><w:r>{properties}<w:tab/></w:r><w:r>{properties}{PRESERVED}"
    line_break = f"</w:t><w:br/>{PRESERVED}"

    def print_in_run(value: Any) -> str:
        text = escaped(plain(value)).replace("\t", tab).replace("\n", line_break)
        if closes:
            return f">{text}</w:t>".replace("></w:t>", "/>") if text else "/>"
        return text

    return print_in_run


def run_writer(properties: str, *, closes: bool) -> Callable[[Any], bytes]:
    """The same as `run_printer`, in UTF-8 and quicker for the usual value: one line of printable text."""
    print_in_run = run_printer(properties, closes=closes)

    def write_in_run(value: Any) -> bytes:
        # Nearly every value is one line of printable text, and both questions are answered in C.
        if value.__class__ is str and value.isprintable():
            if "&" in value or "<" in value or ">" in value:
                value = escaped(value)
            if closes:
                return b">%b</w:t>" % value.encode() if value else b"/>"
            return value.encode()  # type: ignore[no-any-return]
        return print_in_run(value).encode()

    return write_in_run

"""What a template may say: names, attributes, constants, loops and conditions; no calls, no arithmetic, no tests.

A template that passed needs no sandbox when it is rendered, because nothing in it can do more than read plain data.
"""

from __future__ import annotations

import re

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.errors import Place, Problem

FILTERS = frozenset({"upper"})
LOOP_ATTRIBUTES = frozenset({"index", "index0", "first", "last", "length"})

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
)
_FORBIDDEN: dict[type[nodes.Node], str] = {
    nodes.Call: "lời gọi hàm",
    nodes.Test: "phép thử “is”",
    nodes.Assign: "lệnh gán “set”",
    nodes.Include: "lệnh “include”",
    nodes.Import: "lệnh “import”",
    nodes.FromImport: "lệnh “import”",
    nodes.Extends: "lệnh “extends”",
    nodes.Block: "lệnh “block”",
    nodes.Macro: "lệnh “macro”",
    nodes.BinExpr: "phép tính",
    nodes.UnaryExpr: "phép tính",
    nodes.Concat: "phép nối “~”",
    nodes.Slice: "phép cắt",
}
_MARKUP = re.compile(r"<[^>]*>")
_LONGEST_SNIPPET = 60


def parse(environment: Environment, source: str, part: str) -> tuple[nodes.Template | None, list[Problem]]:
    """The syntax tree of one part's text and what in it is not allowed.

    Args:
        environment: jinja2's, for its syntax only; nothing is run.
        source: the part as docxtpl prepares it for jinja2.
        part: shown to the person as the place (“phần thân”, “đầu trang”).
    """
    # One line a paragraph, so that jinja2's line numbers are paragraph numbers.
    lines = re.sub(r"[\r\n]", " ", source).replace("<w:p ", "\n<w:p ").replace("<w:p>", "\n<w:p>")
    try:
        tree = environment.parse(lines)
    except TemplateSyntaxError as error:
        return None, [_problem("template.syntax", "thẻ viết sai", lines, error.lineno, part)]
    return tree, [
        _problem(code, what, lines, node.lineno, part) for node in _walk(tree) for code, what in _faults(node)
    ]


def faults(tree: nodes.Template) -> list[tuple[str, str]]:
    """What in a syntax tree is not allowed: a code for programs, and a Vietnamese clause."""
    return [fault for node in _walk(tree) for fault in _faults(node)]


def _walk(node: nodes.Node) -> list[nodes.Node]:
    found = [node]
    for child in node.iter_child_nodes():
        found += _walk(child)
    return found


def _faults(node: nodes.Node) -> list[tuple[str, str]]:
    if not isinstance(node, _ALLOWED):
        what = next((text for kind, text in _FORBIDDEN.items() if isinstance(node, kind)), "thẻ này")
        return [("template.forbidden", f"không được dùng {what} trong mẫu")]
    if isinstance(node, nodes.Filter):
        plain = node.name in FILTERS and not node.args and not node.kwargs and node.node is not None
        return [] if plain else [("template.filter", f"không được dùng bộ lọc “{node.name}”")]
    if isinstance(node, nodes.Getitem):
        constant = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, (int, str))
        return [] if constant else [("template.subscript", "trong ngoặc vuông chỉ được ghi số hoặc chữ cố định")]
    if isinstance(node, nodes.For):
        return _loop_faults(node)
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:
        return [("template.else", "biểu thức “if” phải có “else”")]
    return _name_faults(node)


def _loop_faults(node: nodes.For) -> list[tuple[str, str]]:
    if node.recursive or not isinstance(node.target, nodes.Name):
        return [("template.loop", "vòng lặp phải có dạng “for x in danh_sách”")]
    return []


def _name_faults(node: nodes.Node) -> list[tuple[str, str]]:
    name = node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""
    if name.startswith("_"):
        return [("template.name", f"tên “{name}” không được bắt đầu bằng dấu gạch dưới")]
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return [] if name in LOOP_ATTRIBUTES else [("template.loop", f"vòng lặp không có “loop.{name}”")]
    return []


def _problem(code: str, message: str, lines: str, number: int, part: str) -> Problem:
    """A problem with the text of the paragraph it stands in, since a clerk finds text and not line numbers."""
    rows = lines.split("\n")
    text = _MARKUP.sub("", rows[number - 1]).strip() if 0 < number <= len(rows) else ""
    snippet = text if len(text) <= _LONGEST_SNIPPET else text[:_LONGEST_SNIPPET] + "…"
    return Problem(code, Place(field=part), f"{message}, ở đoạn “{snippet}”" if snippet else message)

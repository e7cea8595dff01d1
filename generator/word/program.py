"""One part of a template (body, header, footer) as a program that writes the part's text for given values.

docxtpl writes a part by rendering its XML, resolving line breaks and tabs, parsing the result and serialising it
again. Where the XML is regular enough, the same text can be written at once; `compile_part` finds out whether it is,
and says `Irregular` where it is not, so that docxtpl itself does that template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame

from generator.word.errors import UnprintableValue
from generator.word.printing import run_printer, run_writer

_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)([^<>]*?)(/?)>")
_CONTROL = re.compile("[\t\n\r\a\f]")
# Their runs or ids are found by docxtpl in ways that depend on what stands around them.
_IRREGULAR_ELEMENTS = frozenset({"w:txbxContent", "mc:AlternateContent", "wp:docPr", "w:rPrChange"})
# docxtpl lets a template write braces that are no tags.
_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_TEXT_START = re.compile(r"<w:t(?: [^<>]*)?>\Z")
_EMPTY_TEXT = re.compile(b"></w:t>")
_CONTAINERS = frozenset({"w:body", "w:hdr", "w:ftr", "w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent"})


class Irregular(Exception):
    """The part cannot be shown to come out as docxtpl writes it; the message says why, for engineers."""


class _Missing(StrictUndefined):
    """A value that was not given; its error message is its bare name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class PlainEnvironment(Environment):
    """jinja2 over plain data: an attribute is a dictionary's entry, and what is missing fails when it is used."""

    def __init__(self, finalize: Callable[[Any], str] | None = None) -> None:
        super().__init__(undefined=_Missing, finalize=finalize)
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The entry `attribute` of a dictionary, or an attribute of jinja2's own loop variable."""
        if obj.__class__ is dict:
            return obj[attribute] if attribute in obj else _Missing(name=attribute)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else _Missing(name=attribute)
        if type(obj).__module__.startswith("jinja2."):
            return getattr(obj, attribute)
        return _Missing(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The entry of a dictionary or list."""
        if isinstance(obj, Undefined):
            return obj[argument]
        try:
            return obj[argument]
        except (KeyError, IndexError, TypeError):
            return _Missing(name=str(argument))


class _QuickGenerator(CodeGenerator):
    """jinja2's compiler for values that are all there and text that goes out as bytes.

    An attribute is a subscript, and fixed text is encoded once, when the template is loaded.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
        self.write(f".{node.attr}" if of_loop else f"[{node.attr!r}]")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> Any:
        if isinstance(node, nodes.TemplateData):
            return node.data.encode("utf-8")
        raise nodes.Impossible

    def _output_const_repr(self, group: Any) -> str:
        return repr(b"".join(group))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        pass

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        pass


class _QuickEnvironment(PlainEnvironment):
    code_generator_class = _QuickGenerator


@dataclass
class _Open:
    """An element that is open at some place of the part."""

    name: str
    branch: int
    run_properties: str = ""
    may_be_empty: bool = False
    has_fixed_child: bool = False


class _Reader:
    """Reads the fixed text of a syntax tree in document order and ties each printed value to its run."""

    def __init__(self, environment: PlainEnvironment) -> None:
        self.environment = environment
        self.open: list[_Open] = []
        self.branch = 0
        self.branches = 0
        self.printers: dict[tuple[str, bool], str] = {}
        # Text elements that may come out empty and are not closed by their own printer.
        self.loose = 0
        self.properties_from: int | None = None
        self.after_start_tag = False

    def read(self, body: list[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                node.nodes = [self._read_output(item) for item in node.nodes]
                self._join_elements(node.nodes)
            elif isinstance(node, nodes.If):
                self._read_branches([node.body, *(elif_.body for elif_ in node.elif_), node.else_])
            elif isinstance(node, nodes.For):
                self._read_branches([node.body, node.else_])
            else:
                raise Irregular(f"a {type(node).__name__} statement")

    def _read_branches(self, branches: list[list[nodes.Node]]) -> None:
        self._meet_tag()
        outer, depth = self.branch, len(self.open)
        for branch in branches:
            self.branches += 1
            self.branch = self.branches
            self.read(branch)
            self.after_start_tag = False
            if len(self.open) != depth:
                raise Irregular("an element opened in one branch and closed in another")
        self.branch = outer

    def _meet_tag(self) -> None:
        if self.properties_from is not None:
            raise Irregular("a tag inside run properties")
        if self.after_start_tag and self.open:
            self.open[-1].may_be_empty = True
        self.after_start_tag = False

    def _read_output(self, item: nodes.Expr) -> nodes.Expr:
        if isinstance(item, nodes.TemplateData):
            self._read_text(item.data)
            for written, meant in (*_BRACES, ("></w:t>", "/>")):
                item.data = item.data.replace(written, meant)
            return item
        self._meet_tag()
        if [element.name for element in self.open[-2:]] != ["w:r", "w:t"]:
            raise Irregular("a value outside the text of a run")
        printer = self._printer(self.open[-2].run_properties, closes=False)
        return nodes.Filter(item, printer, [], [], None, None, lineno=item.lineno)

    def _printer(self, properties: str, *, closes: bool) -> str:
        key = (properties, closes)
        if key not in self.printers:
            self.printers[key] = f"print{len(self.printers)}"
            self.environment.filters[self.printers[key]] = run_printer(properties, closes=closes)
        return self.printers[key]

    def _join_elements(self, items: list[nodes.Expr]) -> None:
        """Lets a value that fills its text element alone write the element's end, since an empty one ends otherwise."""
        known = {name: properties for (properties, closes), name in self.printers.items() if not closes}
        for before, value, after in zip(items, items[1:], items[2:], strict=False):
            if not isinstance(before, nodes.TemplateData) or not isinstance(after, nodes.TemplateData):
                continue
            if not isinstance(value, nodes.Filter) or not _TEXT_START.search(before.data):
                continue
            if after.data.startswith("</w:t>"):
                value.name = self._printer(known[value.name], closes=True)
                before.data = before.data[:-1]
                after.data = after.data.removeprefix("</w:t>")
                self.loose -= 1

    def _read_text(self, text: str) -> None:
        if _CONTROL.search(text):
            raise Irregular("a fixed tab or line end")
        position = 0
        for tag in _TAG.finditer(text):
            self._read_characters(text[position : tag.start()])
            closing, name, _, alone = tag.groups()
            if name in _IRREGULAR_ELEMENTS:
                raise Irregular(f"a {name} element")
            if closing:
                self._close(name, text, tag.end())
            else:
                self._start(name, bool(alone), tag.start())
            position = tag.end()
        self._read_characters(text[position:])

    def _read_characters(self, characters: str) -> None:
        if "<" in characters or ">" in characters:
            raise Irregular("a tag inside an element's attributes")
        if characters:
            self.after_start_tag = False
            if self.open and self.open[-1].name in _CONTAINERS:
                raise Irregular("text between elements")
            if self.open and self.open[-1].branch == self.branch:
                self.open[-1].has_fixed_child = True

    def _start(self, name: str, alone: bool, at: int) -> None:
        if self.open and self.open[-1].branch == self.branch:
            self.open[-1].has_fixed_child = True
        self.after_start_tag = not alone
        if alone:
            return
        if name == "w:rPr" and self.open and self.open[-1].name == "w:r":
            self.properties_from = at
        self.open.append(_Open(name, self.branch))

    def _close(self, name: str, text: str, end: int) -> None:
        if not self.open or self.open[-1].name != name or self.open[-1].branch != self.branch:
            raise Irregular("elements that do not nest within the template's branches")
        element = self.open.pop()
        self.after_start_tag = False
        if element.may_be_empty and not element.has_fixed_child:
            if name != "w:t":
                raise Irregular(f"a {name} that may come out empty")
            self.loose += 1
        if name == "w:rPr" and self.properties_from is not None:
            run = self.open[-1]
            if run.branch != self.branch:
                raise Irregular("run properties that depend on a condition")
            run.run_properties = run.run_properties or text[self.properties_from : end]
            self.properties_from = None


def compile_part(tree: nodes.Template, opening: str, closing: str) -> Callable[[dict[str, Any]], bytes]:
    """A function that writes the part's bytes for a context.

    Args:
        tree: the part's syntax tree, already found to hold only what is allowed. It is changed.
        opening: what the finished part begins with, instead of the fixed text up to its first element's end.
        closing: what the finished part ends with, after all its text.

    Raises:
        Irregular: docxtpl may write this part differently.
    """
    environment = PlainEnvironment()
    reader = _Reader(environment)
    reader.read(tree.body)
    if reader.open:
        raise Irregular("an element that is never closed")
    first = tree.body[0]
    if not isinstance(first, nodes.Output) or not isinstance(first.nodes[0], nodes.TemplateData):
        raise Irregular("no fixed beginning")
    first.nodes[0].data = opening + first.nodes[0].data.split(">", 1)[1]
    tree.body.append(nodes.Output([nodes.TemplateData(closing)]))
    careful = environment.from_string(tree)
    hasty = _QuickEnvironment()
    hasty.filters |= {
        name: run_writer(properties, closes=closes) for (properties, closes), name in reader.printers.items()
    }
    loose = reader.loose > 0
    quick = hasty.from_string(tree)

    def write(context: dict[str, Any]) -> bytes:
        try:
            data = b"".join(quick.root_render_func(quick.new_context(context)))  # type: ignore[arg-type]
        except (LookupError, TypeError, AttributeError):
            # Something is not as the template has it; the careful program finds out what.
            data = _write_carefully(careful, context).encode("utf-8")
        # Where a condition leaves an empty element, XML writers close it at once.
        return _EMPTY_TEXT.sub(b"/>", data) if loose else data

    return write


def _write_carefully(template: Template, context: dict[str, Any]) -> str:
    try:
        return "".join(template.root_render_func(template.new_context(context)))
    except TypeError as error:
        raise UnprintableValue("Mẫu so sánh hoặc lặp qua một giá trị không đúng loại.") from error

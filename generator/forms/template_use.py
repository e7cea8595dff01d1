"""How a template uses the names of its form: what it prints, what it asks, and where it names what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from generator.errors import Problem
from generator.forms.template_names import ANY, FLAG, LIST, LOOP, RECORD, TEXT, UNKNOWN, Shape
from generator.word import whitelist
from generator.word.program import PlainEnvironment
from generator.word.tags import LONGEST_TAG, Tag

_STATEMENTS = frozenset({"for", "endfor", "if", "elif", "else", "endif"})
_ENDS = {"for": "{% endfor %}", "if": "{% endif %}"}
_KINDS = {TEXT: "chữ", FLAG: "có hoặc không", LIST: "danh sách", RECORD: "nhóm nhiều mục"}

Path = tuple[str, ...]


@dataclass
class _Loop:
    variable: str
    shape: Shape
    path: Path


@dataclass
class Use:
    """What a template does with the names of its form.

    Attributes:
        problems: tags that are not allowed, or name what the form does not have.
        printed: paths of the names printed, loops passed through: `("members", "full_name")`.
        asked: paths that only a condition reads.
    """

    problems: list[Problem] = field(default_factory=list)
    printed: set[Path] = field(default_factory=set)
    asked: set[Path] = field(default_factory=set)


def use_of(tags: Sequence[Tag], names: Shape, labels: dict[str, str]) -> Use:
    """Follows a template's tags in reading order.

    Args:
        tags: those of one part follow one another.
        names: what the form offers, as `template_names.names` gives it.
        labels: name → the field's label, for hints.
    """
    made = Use()
    for part in dict.fromkeys(tag.part for tag in tags):
        walk = _Walk(made, names, labels)
        for tag in tags:
            if tag.part == part and tag.opener != "{#" and len(tag.text) <= LONGEST_TAG:
                walk.read(tag)
    return made


class _Walk:
    """One part of the template, with the loops open at the tag being read."""

    def __init__(self, use: Use, names: Shape, labels: dict[str, str]) -> None:
        self.use = use
        self.names = names
        self.labels = labels
        self.loops: list[_Loop] = []
        self.tag: Tag

    def read(self, tag: Tag) -> None:
        self.tag = tag
        word = tag.keyword
        if tag.opener == "{{":
            self._print(tag)
        elif word not in _STATEMENTS:
            self._tell("template.forbidden", f"không dùng được: mẫu chỉ có for, if, elif, else, không có “{word}”")
        elif word == "for":
            self._open_loop(tag)
        elif word in ("if", "elif"):
            self._ask(tag)
        elif word == "endfor" and self.loops:
            self.loops.pop()

    def _tell(self, code: str, message: str, remedy: str = "") -> None:
        self.use.problems.append(self.tag.problem(code, message, remedy))

    def _tree(self, source: str) -> nodes.Template | None:
        try:
            tree = PlainEnvironment().parse(source)
        except TemplateSyntaxError:
            self._tell("template.syntax", "viết sai", "Hãy xem cách viết trong mẫu gốc: “hoso template export”")
            return None
        faults = whitelist.faults(tree)
        for code, what in faults:
            self._tell(code, f"viết không đúng phép: {what}")
        return None if faults else tree

    def _print(self, tag: Tag) -> None:
        tree = self._tree(f"{{{{ {tag.body} }}}}")
        if tree is None:
            return
        for output in tree.find_all(nodes.Output):
            for node in output.nodes:
                shape = self._value(node, self.use.printed)
                if shape.kind not in (TEXT, ANY):
                    self._tell("template.kind", f"không in được: đây là {_KINDS[shape.kind]}, không phải chữ")

    def _ask(self, tag: Tag) -> None:
        condition = tag.body.removeprefix("el")
        tree = self._tree(f"{{% {condition} %}}{{% endif %}}")
        if tree is not None:
            for node in tree.find_all(nodes.If):
                self._value(node.test, self.use.asked)

    def _open_loop(self, tag: Tag) -> None:
        tree = self._tree(f"{{% {tag.body} %}}{_ENDS['for']}")
        loop = next(tree.find_all(nodes.For), None) if tree is not None else None
        if loop is None or not isinstance(loop.target, nodes.Name):
            self.loops.append(_Loop("", UNKNOWN, ()))
            return
        if not isinstance(loop.iter, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._tell("template.loop", "phải lặp theo một danh sách của biểu mẫu")
        self._check_nesting(loop.iter)
        paths: set[Path] = set()
        shape = self._value(loop.iter, paths)
        if shape.kind not in (LIST, ANY):
            self._tell("template.kind", f"không lặp được: đây là {_KINDS[shape.kind]}, không phải danh sách")
        path = next(iter(paths), ())
        self.loops.append(_Loop(loop.target.name, shape.item or UNKNOWN, path))
        if loop.test is not None:
            self._value(loop.test, self.use.asked)

    def _check_nesting(self, node: nodes.Node) -> None:
        """A loop within a loop goes through what hangs on the outer one's row; else one list would multiply another."""
        if not self.loops or (isinstance(node, nodes.Getattr) and node.attr == "options"):
            return
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            node = node.node
        if isinstance(node, nodes.Name) and node.name not in {loop.variable for loop in self.loops}:
            row = self.loops[-1].variable or "row"
            self._tell(
                "template.nested-loop",
                "nằm trong một vòng lặp khác mà lặp theo danh sách riêng, văn bản sẽ dài vô hạn",
                f"Vòng trong phải lặp theo dòng của vòng ngoài, ví dụ {{% for line in {row}.comment %}}",
            )

    def _value(self, node: nodes.Node, into: set[Path]) -> Shape:
        """What an expression gives; the paths of the names in it are noted."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            shape, path = self._named(node)
            if path:
                into.add(path)
            return shape
        if isinstance(node, nodes.CondExpr):
            self._value(node.test, self.use.asked)
            shapes = [self._value(part, into) for part in (node.expr1, node.expr2) if part is not None]
            return next((shape for shape in shapes if shape.kind not in (TEXT, ANY)), shapes[0])
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._value(node.node, into)
        if isinstance(node, nodes.Const):
            return Shape(FLAG if isinstance(node.value, bool) else TEXT)
        for child in node.iter_child_nodes():
            self._value(child, into)
        return Shape(FLAG)

    def _named(self, node: nodes.Node) -> tuple[Shape, Path]:
        if isinstance(node, nodes.Name):
            return self._first(node.name)
        if isinstance(node, nodes.Getattr):
            return self._entry(node.node, node.attr)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            if isinstance(node.arg.value, str):
                return self._entry(node.node, node.arg.value)
            shape, path = self._named(node.node)
            if shape.kind == LIST:
                # No form promises how many rows it has.
                self._tell("template.subscript", "chỉ đích danh một dòng của danh sách", "Hãy dùng vòng lặp for")
            return shape.item or UNKNOWN, path
        self._value(node, self.use.asked)
        return UNKNOWN, ()

    def _first(self, name: str) -> tuple[Shape, Path]:
        for loop in reversed(self.loops):
            if loop.variable == name:
                return loop.shape, loop.path
        if name == "loop" and self.loops:
            return LOOP, ()
        if name in self.names.entries:
            return self.names.entries[name], (name,)
        if any(not loop.variable for loop in self.loops):
            return UNKNOWN, ()
        self._unknown(name, name, [*self.names.entries, *(loop.variable for loop in self.loops)])
        return UNKNOWN, ()

    def _entry(self, holder: nodes.Node, name: str) -> tuple[Shape, Path]:
        shape, path = self._named(holder)
        if shape.kind == ANY:
            return UNKNOWN, (*path, name) if path else ()
        if shape.kind == RECORD and name in shape.entries:
            return shape.entries[name], (*path, name) if path else ()
        whole = ".".join((*path, name))
        if shape.kind == RECORD:
            self._unknown(name, whole, shape.entries)
        else:
            self._tell("template.unknown-field", f"không dùng được: “{'.'.join(path)}” là {_KINDS[shape.kind]}, "
                       f"không có mục con “{name}”")  # fmt: skip
        return UNKNOWN, path

    def _unknown(self, name: str, whole: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, list(known), n=1, cutoff=0.6)
        hint = ""
        if near:
            label = self.labels.get(near[0], "")
            hint = f"Có thể là “{near[0]}”{f' ({label})' if label else ''}"
        self._tell("template.unknown-field", f"có tên “{whole}” mà biểu mẫu không có", hint)

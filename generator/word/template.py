"""Word templates: loaded and checked once, rendered many times.

A template is compiled when it is loaded: its parts with tags become programs, every other part is packed once.
What cannot be shown to come out byte for byte as docxtpl writes it (`{%tc`, text boxes, pictures, tags in attributes or
in properties other than the identifier) is rendered by docxtpl itself, through the same `Template`.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, UndefinedError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from generator.errors import Problem
from generator.word import whitelist, zipping
from generator.word.errors import MissingField, NotADocument, NotATemplate, UnsafeTemplate
from generator.word.printing import escaped, plain, quoted
from generator.word.program import Irregular, PlainEnvironment, compile_part
from generator.word.reading import open_docx, relations

_KEPT_TEMPLATES = 64
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_IDENTIFIER = "property identifier"
# Stands for the identifier while the properties are saved, to find its place; no template can hold it.
_HERE = "\ue000identifier\ue000"
_CORE = "docProps/core.xml"
_EMPTY_CORE = (
    _DECLARATION + "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
).encode()

Program = Callable[[dict[str, Any]], bytes]


class Template:
    """A Word template ready to render.

    Attributes:
        digest: SHA-256 of the template file, in hexadecimal.
        compiled: whether it is rendered by its own programs; else docxtpl renders it.
        why_not_compiled: the reason, for engineers; empty when compiled.
        names: the top-level names its tags use.
    """

    def __init__(self, data: bytes, *, by_docxtpl: bool = False) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self._source = _with_core_properties(_checked(data))
        trees = _checked_trees(self._source)
        self.names = frozenset().union(*(meta.find_undeclared_variables(tree) for tree in trees.values()))
        self.why_not_compiled = ""
        self._kept: list[zipping.Member] = []
        self._programs: list[tuple[int, bytes, Program]] = []
        if by_docxtpl:
            self.why_not_compiled = "asked for, since a proof of equality failed"
            return
        try:
            self._compile(trees)
        except Irregular as reason:
            self.why_not_compiled = str(reason)

    @property
    def compiled(self) -> bool:
        """Whether the template is rendered by its own programs."""
        return not self.why_not_compiled

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The Word file for a context of plain dictionaries, lists, strings, whole numbers and truth values.

        The same context gives the same bytes. Every string comes out again letter for letter; a newline is a line
        break, a tab a tab.

        Raises:
            MissingField: a value the template prints or asks about is not in the context.
            UnprintableValue: a value is no text, or holds a character no Word file can hold.
        """
        try:
            if not self.compiled:
                return _render_by_docxtpl(self._source, dict(context))
            return self._render_compiled(dict(context))
        except UndefinedError as error:
            raise MissingField(error.message or "") from error

    def _render_compiled(self, context: dict[str, Any]) -> bytes:
        members = self._kept.copy()
        for index, name, program in self._programs:
            data = program(context)
            members[index] = zipping.member(name, data, zipping.deflate(data))
        return zipping.assemble(members)

    def _compile(self, trees: dict[str, nodes.Template]) -> None:
        document = _open(self._source)
        identifier = _only_name(trees[_IDENTIFIER])
        outside = [name for name, tree in trees.items() if name.startswith(("property ", "footnotes "))]
        if any(_is_tagged(trees[name]) for name in outside if not (identifier and name == _IDENTIFIER)):
            raise Irregular("a tag in the properties or footnotes")
        programs = {_body_name(document): _compile_body(document, trees["body"])}
        for relation, part in _headers_and_footers(document):
            tree = trees[f"part {relation}"]
            opening = document.get_part_xml(part).split(">", 1)[0] + ">"
            programs[part.partname[1:]] = compile_part(tree, _DECLARATION + opening, "")
        document.render_properties({identifier: _HERE} if identifier else {}, PlainEnvironment())
        saved = _saved_parts(document)
        if identifier:
            programs |= _identifying(saved, identifier)
        for index, (name, data) in enumerate(saved.items()):
            self._kept.append(zipping.member(name.encode(), data, zipping.deflate_small(data)))
            if name in programs:
                self._programs.append((index, name.encode(), programs[name]))


_loaded: OrderedDict[tuple[str, bool], Template] = OrderedDict()
_loading = Lock()


def load(source: bytes | Path, *, by_docxtpl: bool = False) -> Template:
    """The template of a .docx file, compiled once for the same bytes.

    Args:
        by_docxtpl: docxtpl shall render it, because its own programs once wrote something else.

    Raises:
        NotATemplate: it is no .docx without macros, or refers to files outside itself.
        UnsafeTemplate: a tag is not allowed or wrongly written; all such tags are named.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    key = (hashlib.sha256(data).hexdigest(), by_docxtpl)
    with _loading:
        if key in _loaded:
            _loaded.move_to_end(key)
            return _loaded[key]
    template = Template(data, by_docxtpl=by_docxtpl)
    with _loading:
        _loaded[key] = template
        while len(_loaded) > _KEPT_TEMPLATES:
            _loaded.popitem(last=False)
    return template


def prove_equal(template: Template, contexts: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every part of every rendered file is, byte for byte, what docxtpl writes for the same context."""
    for context in contexts:
        document = _open(template._source)
        document.render(dict(context), SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
        ours = open_docx(template.render(context))
        if list(_saved_parts(document).items()) != list(ours.items()):
            return False
    return True


def _checked(data: bytes) -> dict[str, bytes]:
    try:
        parts = open_docx(data)
    except NotADocument as error:
        raise NotATemplate(error.message) from error
    owners = [name for name in parts if name.endswith(".xml")]
    for owner in ("", *owners):
        for _, kind, target, external in relations(parts, owner):
            if external and kind != "hyperlink":
                raise NotATemplate(f"Mẫu có tham chiếu đến tệp bên ngoài ({target}), không nhận.")
            if not external and target not in parts:
                raise NotATemplate("Tệp Word bị hỏng: thiếu một phần bên trong. Hãy mở bằng Word và lưu lại.")
    return parts


def _with_core_properties(parts: dict[str, bytes]) -> bytes:
    """The file with core properties, since python-docx would add ones that hold the time of day."""
    if any(kind == "core-properties" for _, kind, _, _ in relations(parts, "")):
        return zipping.write(parts)
    types, rels = parts["[Content_Types].xml"], parts["_rels/.rels"]
    content_type = "application/vnd.openxmlformats-package.core-properties+xml"
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    override = f'<Override PartName="/{_CORE}" ContentType="{content_type}"/></Types>'
    relation = f'<Relationship Id="coreProperties" Type="{kind}" Target="{_CORE}"/></Relationships>'
    return zipping.write(
        {
            **parts,
            "[Content_Types].xml": types.replace(b"</Types>", override.encode()),
            "_rels/.rels": rels.replace(b"</Relationships>", relation.encode()),
            _CORE: _EMPTY_CORE,
        }
    )


def _open(source: bytes) -> DocxTemplate:
    document = DocxTemplate(io.BytesIO(source))
    document.render_init()
    return document


def _saved_parts(document: DocxTemplate) -> dict[str, bytes]:
    saved = io.BytesIO()
    document.docx.save(saved)
    return open_docx(saved.getvalue())


def _body_name(document: DocxTemplate) -> str:
    return str(document.docx.part.partname)[1:]


def _headers_and_footers(document: DocxTemplate) -> Iterator[tuple[str, Part]]:
    for address in (document.HEADER_URI, document.FOOTER_URI):
        yield from document.get_headers_footers(address)


def _texts(document: DocxTemplate) -> Iterator[tuple[str, str, str]]:
    """Everything docxtpl renders: our key, the place as shown, the text."""
    yield "body", "phần thân", document.patch_xml(document.get_xml())
    for relation, part in _headers_and_footers(document):
        place = "đầu trang" if part.partname.startswith("/word/header") else "chân trang"
        yield f"part {relation}", place, document.patch_xml(document.get_part_xml(part))
    for name in _PROPERTIES:
        yield f"property {name}", "thuộc tính của tệp", getattr(document.docx.core_properties, name)
    for part in document.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield f"footnotes {part.partname}", "chú thích", document.patch_xml(part.blob.decode("utf-8"))


def _checked_trees(source: bytes) -> dict[str, nodes.Template]:
    """The syntax tree of every text docxtpl renders; all that is not allowed is raised together."""
    environment = PlainEnvironment()
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    for key, place, text in _texts(_open(source)):
        tree, found = whitelist.parse(environment, text, place)
        problems += found
        if tree is not None:
            trees[key] = environment.parse(text)
    if problems:
        raise UnsafeTemplate(problems)
    return trees


def _is_tagged(tree: nodes.Template) -> bool:
    return any(not isinstance(item, nodes.TemplateData) for output in tree.body for item in output.iter_child_nodes())


def _only_name(tree: nodes.Template) -> str:
    """The name that is all a text prints (`{{ paper_code }}`); empty when it prints anything else."""
    items = [item for output in tree.body for item in output.iter_child_nodes()]
    return items[0].name if len(items) == 1 and isinstance(items[0], nodes.Name) else ""


def _identifying(saved: Mapping[str, bytes], name: str) -> dict[str, Program]:
    """The program of the part that holds the file's properties, with the value of `name` as its identifier."""
    part = next(part for part, data in saved.items() if _HERE.encode() in data)
    before, _, after = saved[part].partition(_HERE.encode())
    missing = PlainEnvironment().undefined(name=name)
    return {part: lambda context: before + escaped(plain(context.get(name, missing))).encode() + after}


def _compile_body(document: DocxTemplate, tree: nodes.Template) -> Program:
    root = document.docx._element
    root.replace(root.body, etree.fromstring(document.get_xml().split(">", 1)[0] + "/>"))
    outside = etree.tostring(root, encoding="UTF-8", standalone=True).decode()
    opening, body, closing = outside.partition("<w:body/>")
    if not body:
        raise Irregular("a body with attributes of its own")
    return compile_part(tree, f"{opening}<w:body>", closing)


class _CarefulDocxTemplate(DocxTemplate):  # type: ignore[misc]
    """docxtpl, but values that look like its escaped braces stay as they were given."""

    def render_xml_part(self, src_xml: str, part: Part, context: dict[str, Any], jinja_env: Any = None) -> str:
        tree = jinja_env.parse(src_xml)
        for data in tree.find_all(nodes.TemplateData):
            for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
                data.data = data.data.replace(written, meant)
        return str(self.resolve_listing(jinja_env.from_string(tree).render(context)))

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        # The properties are set through python-docx, which escapes them itself.
        super().render_properties(context, PlainEnvironment(plain))


def _render_by_docxtpl(source: bytes, context: dict[str, Any]) -> bytes:
    document = _CarefulDocxTemplate(io.BytesIO(source))
    document.render(context, PlainEnvironment(quoted))
    return zipping.write(_saved_parts(document))

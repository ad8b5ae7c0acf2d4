"""Templates in each language: fixed texts are translated when a template is compiled, not each time
it is rendered. A list page has a hundred of them, and looking each one up took half of its time."""

import html
from collections.abc import MutableMapping
from typing import Any, cast

import markupsafe
from babel.support import NullTranslations
from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

MARKERS = {"_", "gettext", "ngettext", "pgettext"}


class LeanGenerator(CodeGenerator):
    """Escapes each value with `escaped`. MarkupSafe would wrap each one in an object, which cost a
    tenth of a list page, only for Jinja to join them all into one text."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")
            if finalize.src is not None:
                self.write(finalize.src)


def escaped(value: object) -> str:
    """The value as it may stand in HTML; markup stands for itself."""
    kind = type(value)
    if kind is str:
        return html.escape(value)  # type: ignore[arg-type]
    return value if kind is Markup else markupsafe.escape(value)  # type: ignore[return-value]


class SpokenEnvironment(Environment):
    """`texts` is None for the source language, whose texts stand in the templates themselves."""

    code_generator_class = LeanGenerator
    escaped = staticmethod(escaped)
    texts: NullTranslations | None = None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = Translator(self.texts).visit(
            super()._parse(source, name, filename)
        )
        return parsed

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: Jinja compares its keys for each import of a component on each page, and
        with its chain of maps that took a twentieth of a list page. All globals are known before
        the first template is loaded."""
        return {**self.globals, **(d or {})}


class Translator(NodeTransformer):
    """`_("Text")` becomes the text in this language, `_("%(n)s Texte", n=…)` a formatting of it,
    and `ngettext("…", "…", n)` a choice between two: each language has a form for one and a form
    for all else. `pgettext("…", "Text")` tells apart what one word means in two places. As with
    gettext in Jinja's new style, the text is markup and the values are escaped, where the template
    escapes (letters do not)."""

    def __init__(self, texts: NullTranslations | None) -> None:
        self.texts = texts or NullTranslations()

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's word
        self.generic_visit(node)
        marker = node.node.name if isinstance(node.node, nodes.Name) else ""
        if marker not in MARKERS or node.dyn_args or node.dyn_kwargs:
            return node
        texts = node.args[:1] if marker in {"_", "gettext"} else node.args[:2]
        fixed = [text.value for text in texts if isinstance(text, nodes.Const)]
        values = {word.key: word.value for word in node.kwargs}
        if marker == "ngettext" and len(fixed) == 2 and len(node.args) == 3:
            return self._one_or_many(*fixed, number=node.args[2], values=values)
        if marker == "pgettext" and len(fixed) == len(node.args) == 2:
            return _text(str(self.texts.pgettext(*fixed)), values)
        if len(fixed) == len(node.args) == 1:
            return _text(self.texts.gettext(fixed[0]), values)
        return node

    def _one_or_many(
        self, one: str, many: str, *, number: nodes.Expr, values: dict[str, nodes.Expr]
    ) -> nodes.Node:
        values = {"num": number} | values
        return nodes.CondExpr(
            nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))]),
            _text(self.texts.ngettext(one, many, 1), values),
            _text(self.texts.ngettext(one, many, 2), values),
        )


def _text(text: str, values: dict[str, nodes.Expr]) -> nodes.Expr:
    if "%(" not in text:
        return nodes.MarkSafeIfAutoescape(nodes.Const(text % {}))
    pairs = [nodes.Pair(nodes.Const(key), value) for key, value in values.items()]
    return nodes.Mod(nodes.MarkSafeIfAutoescape(nodes.Const(text)), nodes.Dict(pairs))


def in_other_words(source: Environment, texts: NullTranslations) -> Environment:
    """The same environment in another language; filters, globals and loader are shared. Made when
    a page is first asked for in it, so that who reads German alone pays nothing for others."""
    spoken = cast(SpokenEnvironment, source.overlay())
    spoken.texts = texts
    return spoken

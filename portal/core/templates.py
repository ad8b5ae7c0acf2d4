"""Templates in each language: fixed texts are translated when a template is compiled, not each time
it is rendered. A list page has a hundred of them, and looking each one up took half of its time."""

from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

MARKERS = {"_", "gettext"}


class SpokenEnvironment(Environment):
    """`texts` is None for the source language, whose texts stand in the templates themselves."""

    texts: NullTranslations | None = None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = Translator(self.texts).visit(
            super()._parse(source, name, filename)
        )
        return parsed


class Translator(NodeTransformer):
    """`_("Text")` becomes the text in this language, `_("%(n)s Texte", n=…)` a formatting of it.
    As with gettext in Jinja's new style, the text is markup and the values are escaped, where the
    template escapes at all (letters do not)."""

    def __init__(self, texts: NullTranslations | None) -> None:
        self.texts = texts

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's word
        self.generic_visit(node)
        if not _is_fixed(node):
            return node
        literal = node.args[0]
        assert isinstance(literal, nodes.Const)
        text = self.texts.gettext(literal.value) if self.texts else literal.value
        if not node.kwargs:
            return nodes.MarkSafeIfAutoescape(nodes.Const(text % {}), lineno=node.lineno)
        pairs = [nodes.Pair(nodes.Const(word.key), word.value) for word in node.kwargs]
        markup = nodes.MarkSafeIfAutoescape(nodes.Const(text))
        return nodes.Mod(markup, nodes.Dict(pairs), lineno=node.lineno)


def _is_fixed(node: nodes.Call) -> bool:
    return (
        isinstance(node.node, nodes.Name)
        and node.node.name in MARKERS
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
        and node.dyn_args is None
        and node.dyn_kwargs is None
    )


def environments(app: Flask, source: Environment) -> dict[str, Environment]:
    """One environment for each offered language; filters, globals and loader are shared."""
    source_language, *others = app.config["LANGUAGES"]
    found: dict[str, Environment] = {source_language: source}
    for language in others:
        spoken: Any = source.overlay()
        spoken.texts = Translations.load(f"{app.root_path}/translations", [language])
        found[language] = spoken
    return found

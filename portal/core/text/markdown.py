"""Markdown: rendered once when it is saved, sanitised here and nowhere else."""

import re
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from portal.core.text.cleaning import clean_text

TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "h4", "blockquote", "a", "br", "hr", "code"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LOCAL_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def render_markdown(source: str) -> str:
    """The HTML of a Markdown text, safe to be shown as it is; headings start at h3."""
    tokens = _MARKDOWN.parse(clean_text(source))
    _lower_headings(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow ugc",
    ).strip()


def plain(markdown: str) -> str:
    """The words of a Markdown text without its signs, one line for each block."""
    blocks = [token.children or [] for token in _MARKDOWN.parse(clean_text(markdown))]
    lines = ("".join(_words_of(token) for token in inline) for inline in blocks)
    return "\n".join(line.strip() for line in lines if line.strip())


def _words_of(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _lower_headings(tokens: Sequence[Token]) -> None:
    """The page owns h1 and h2. The first heading is h3, and none skips a step."""
    top = 6
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1])
            top = min(top, level)
            token.tag = "h3" if level <= top else "h4"


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    leaves = value.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES))
    return value if leaves or LOCAL_PATH.fullmatch(value) else None


def _alt_text(
    _: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return escapeHtml(tokens[index].content)  # no page loads a foreign image


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    markdown.disable(["html_block", "html_inline", "code", "fence", "lheading"])
    markdown.add_render_rule("image", _alt_text)
    return markdown


_MARKDOWN = _markdown()

"""Text at the border: what is kept, slugs, Markdown."""

import re

import hypothesis
import pytest
from hypothesis import strategies as st

from portal.core.text import (
    clean_line,
    clean_text,
    is_invisible,
    plain,
    render_markdown,
    slugify,
    unique_slug,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Muster \t GmbH\n& Co. ", "Muster GmbH & Co."),
        ("Mus\0ter\x07\x1b\x7f\x9f", "Muster"),
        ("Mu\u200bs\u2060t\ufeffe\u00adr\u180e", "Muster"),
        ("\u202eretsuM\u2066\u2069\u200e\u200f\u061c", "retsuM"),
        ("e\u0301", "é"),
        ("z.\u00a0B.\u3000x", "z. B. x"),
        ("Mus\u200dter", "Muster"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("👩\u200d\u200d\u200c", "👩"),
        ("\ud800half \udfff", "half"),
        ("x\ufffe\uffff\ufdd0\ufffc", "x"),
        ("\U000e0041\U000e007f", ""),
        ("Z" + "\u0323" * 99, "Ẓ" + "\u0323" * 4),
        ("", ""),
    ],
)
def test_a_line_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_a_text_keeps_its_lines_indents_and_paragraphs() -> None:
    typed = "\r\n\r\nErste  Zeile \t\r\n\n\n\n- a\n  - b\u2028Ende\x0bneu\0\n\n"

    assert clean_text(typed) == "Erste Zeile\n\n- a\n  - b\nEnde\nneu"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u2060", "\u3164\u2800", "\0\u202e", "\u0301"]
)
def test_invisible_names_are_recognised(text: str) -> None:
    assert is_invisible(text)


@pytest.mark.parametrize("text", ["a", "\u200bä", "日", "😀", "-", "ا"])
def test_visible_names_are_recognised(text: str) -> None:
    assert not is_invisible(text)


@hypothesis.given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert "\0" not in clean_text(text)
    clean_text(text).encode()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Wärmenetz Hörde", "waermenetz-hoerde"),
        ("Straßenbeleuchtung", "strassenbeleuchtung"),
        ("STRAẞE Ä Ö Ü", "strasse-ae-oe-ue"),
        ("a\u0308rger", "aerger"),
        ("Bürger*innen und Bürger:innenrat", "buergerinnen-und-buerger-innenrat"),
        ("PuLS – Parken & Laden (2030)", "puls-parken-laden-2030"),
        ("Łódź, Ærø, Çelik, İzmir", "lodz-aero-celik-izmir"),
        ("Ⅷ ½ ﬁnal", "viii-1-2-final"),
        ("geht's? „ja“", "gehts-ja"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", "eintrag"),
        ("Москва", "eintrag"),
        ("😀", "eintrag"),
        ("\0\u202e", "eintrag"),
        ("", "eintrag"),
    ],
)
def test_slugs_are_german(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_slugs_are_cut_between_words() -> None:
    assert slugify("eins zwei drei", max_length=9) == "eins-zwei"
    assert slugify("eins zwei drei", max_length=8) == "eins"
    assert slugify("x" * 20_000) == "x" * 80


@hypothesis.given(st.text(), st.integers(10, 90))
def test_every_title_has_a_slug(title: str, length: int) -> None:
    slug = slugify(title, max_length=length)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= length


def test_a_taken_or_reserved_slug_gets_a_number() -> None:
    taken = {"solar", "solar-2"}

    assert unique_slug("Solar", taken.__contains__) == "solar-3"
    assert unique_slug("Neu", taken.__contains__, {"neu"}) == "neu-2"
    assert unique_slug("x" * 99, {"x" * 80}.__contains__) == "x" * 78 + "-2"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a*, **b** `c`", "<p><em>a</em>, <strong>b</strong> <code>c</code></p>"),
        ("Zeile\nZeile", "<p>Zeile<br>\nZeile</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> Zitat", "<blockquote>\n<p>Zitat</p>\n</blockquote>"),
        ("# Ziel", "<h3>Ziel</h3>"),
        ("### Ziel\n# Weg\n## Schritt", "<h3>Ziel</h3>\n<h3>Weg</h3>\n<h4>Schritt</h4>"),
        ("Strich\n---", "<p>Strich</p>\n<hr>"),
        ("    eingerückt", "<p>eingerückt</p>"),
        ("![Ein Bild](https://fremd.example/x.png)", "<p>Ein Bild</p>"),
        ("Null\0\u202e", "<p>Null</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_is_rendered(source: str, html: str) -> None:
    assert render_markdown(source) == html


@pytest.mark.parametrize(
    "address",
    ["https://a.example/b?c=d#e", "http://a.example", "mailto:a@b.example", "/projekte/x?seite=2"],
)
def test_links_are_marked_as_foreign_text(address: str) -> None:
    rel = 'rel="noopener nofollow ugc"'

    assert render_markdown(f"[mehr]({address})") == f'<p><a href="{address}" {rel}>mehr</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html;base64,PHN2Zz4=",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example",
        "//fremd.example",
        "relativ",
        "\x01javascript:alert(1)",
    ],
)
def test_other_addresses_do_not_become_links(address: str) -> None:
    assert "href" not in render_markdown(f"[x]({address})")
    assert "href" not in render_markdown(f"[x](<{address}>)")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import 'x'</style>",
    "<!-- <p> --> <![CDATA[<script>]]>",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    '[x](https://a.example "><img src=x onerror=alert(1)>")',
    "![x](x' onerror='alert(1))",
    "`<script>`",
    "[x]: javascript:alert(1)\n[x]",
    "<https://a.example/'onmouseover='alert(1)>",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_hostile_becomes_an_element(source: str) -> None:
    html = render_markdown(source)

    elements = set(re.findall(r"<\s*/?\s*([a-zA-Z!?]+)", html))
    attributes = set(re.findall(r'\s([a-z]+)="', "".join(re.findall(r"<[^>]*>", html))))
    assert elements <= {"p", "a", "code", "br"}
    assert attributes <= {"href", "rel"}


@hypothesis.given(st.text("<>&\"'()[]!*_`#-/\\:= \nabjsx\0"))
def test_only_listed_elements_ever_come_out(source: str) -> None:
    elements = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9!?]+)", render_markdown(source)))

    assert elements <= {
        "p", "ul", "ol", "li", "strong", "em", "h3", "h4", "blockquote", "a", "br", "hr", "code",
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["[", "](", "**_", "![", "> ", "- ", "`", "<", "&#", "a*", "(("])
def test_long_nonsense_is_rendered(sign: str) -> None:
    source = sign * (6_000 // len(sign))

    assert render_markdown(source)
    assert isinstance(plain(source), str)


def test_plain_gives_the_words_for_the_search() -> None:
    source = "# Ziel *eins*\n\n- a\n- `b`\n\nMehr [hier](https://a.example),\nneu ![Bild](x) <b>"

    assert plain(source) == "Ziel eins\na\nb\nMehr hier, neu Bild <b>"

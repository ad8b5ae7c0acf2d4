"""Prints: accessible PDF with our own typefaces, in which everything that people typed is text."""

import io
import re
import threading

import pypdf
import pytest

from portal.core.typesetting import Busy, qr, setting, typeset

SAMPLE = """#import "_frame.typ": *
#show: frame
#title()
#for text in data.texts [- #text #hexagon()
]
#qr-code(data.code, alt: "Zum Portal")
"""


@pytest.fixture
def folder(tmp_path):
    """A print of its own, with the frame of all prints."""
    (tmp_path / "_frame.typ").write_bytes((setting.TEMPLATES / "_frame.typ").read_bytes())
    (tmp_path / "sample.typ").write_text(SAMPLE)
    return tmp_path


def printed(folder, *texts, **more):
    code = qr("https://portal.test/allianzposter")
    data = {"title": "Probe für Dortmund", "lang": "de", "texts": texts, "code": code} | more
    return typeset("sample", data, folder=folder)


def read(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(pdf).pages))


def fonts_of(pdf):
    """Name and whether the font file is in the PDF."""
    found = set()
    for page in read(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            about = below["/FontDescriptor"]
            embedded = {"/FontFile2", "/FontFile3"} & set(about)
            found.add((about["/FontName"].partition("+")[2], bool(embedded)))
    return found


def test_print_is_a_tagged_pdf_for_everybody(folder):
    pdf = printed(folder, "Ein Satz")
    root = read(pdf).trailer["/Root"]

    assert pdf.startswith(b"%PDF-1.")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_data())


def test_print_says_what_it_is_and_who_made_it(folder):
    about = read(printed(folder, description="Wofür das gut ist")).metadata

    assert about.title == "Probe für Dortmund"
    assert about.author == "Allianz Smart City Dortmund"
    assert about.subject == "Wofür das gut ist"


def test_typefaces_are_those_of_the_web_design_and_travel_with_the_print(folder):
    fonts = fonts_of(printed(folder, "Größe", "Łódź", "Ελλάδα", "Москва", "Tiếng Việt"))

    assert fonts == {("FiraSans-Regular", True), ("FiraSans-ExtraBold", True)}


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1 + 1")',
        "$x^2$ *fett* _schräg_ `Code` <Marke> @Verweis // kein Kommentar",
        '#read("/etc/passwd")',
        "= Überschrift",
        "#set page(width: 1cm)",
        '"Anführung" \\ \\u{41} #{',
        "&lt;b&gt; <script>alert(1)</script>",
    ],
)
def test_what_looks_like_markup_comes_out_as_text(folder, text):
    assert text in text_of(printed(folder, text))


def test_other_scripts_and_signs_come_out_as_text(folder):
    text = text_of(printed(folder, "עברית", "العربية", "☺ ⬢ ₂", "naïve Œuvre"))

    assert "עברית" in text
    assert "العربية" in text
    assert "☺ ⬢ ₂" in text


def test_what_no_typeface_has_becomes_a_box_and_the_rest_stays(folder):
    text = text_of(printed(folder, "Licht 😀 und 华为", "A\u0001B", "\ud7ff\ufdd0"))

    assert "Licht □ und □□" in text
    assert "A□B" in text


def test_hundreds_of_unknown_signs_are_found_in_one_go(folder):
    hanzi = "".join(chr(0x4E00 + number) for number in range(600))

    assert text_of(printed(folder, hanzi)).count("□") == 600


def test_ten_thousand_characters_are_no_trouble(folder):
    words = text_of(printed(folder, "Größe " * 1666))

    assert words.count("Größe") + words.count("Grö\xad ße") == 1666
    assert "x" * 1000 in text_of(printed(folder, "x" * 10_000))


def test_german_words_are_hyphenated(folder):
    text = text_of(printed(folder, "Donaudampfschifffahrtsgesellschaft " * 12))

    assert "Donaudampfschiff\xad fahrtsgesellschaft" in text


def test_same_print_is_made_once(folder):
    first = printed(folder, "zweimal")

    assert printed(folder, "zweimal") is first
    assert printed(folder, "dreimal") is not first


def test_only_a_few_prints_are_kept(folder):
    for number in range(setting.KEPT + 3):
        printed(folder, f"Druck {number}")

    assert len(setting._kept) == setting.KEPT


def test_print_that_takes_too_long_is_given_up(folder):
    (folder / "endless.typ").write_text(
        '#import "_frame.typ": *\n#show: frame\n#for a in range(9999999) { let b = calc.sqrt(a) }'
    )

    with pytest.raises(Busy):
        typeset("endless", {"title": "x", "lang": "de"}, folder=folder, seconds=2)


def test_who_waits_too_long_for_the_place_is_told_so(folder):
    heard: list[int] = []
    with setting._place:
        waiting = threading.Thread(target=lambda: heard.append(refusal_of(folder)))
        waiting.start()
        waiting.join()

    assert heard == [503]
    assert refusal_of(folder, seconds=30) == 200


def test_third_at_once_is_sent_away_and_served_when_there_is_a_place(folder):
    with setting._hall, setting._hall:
        assert refusal_of(folder, seconds=30) == 503

    assert refusal_of(folder, seconds=30) == 200


def refusal_of(folder, seconds=0.1):
    data = {"title": "Warten", "lang": "de", "texts": [], "code": qr("https://portal.test")}
    try:
        typeset("sample", data, folder=folder, seconds=seconds)
    except Busy as busy:
        return busy.status
    return 200


def test_broken_template_is_our_fault_and_loud(folder):
    (folder / "broken.typ").write_text("#nothing-such()")

    with pytest.raises(RuntimeError, match="unknown variable"):
        typeset("broken", {}, folder=folder)


def test_templates_read_nothing_beyond_their_folder(folder):
    (folder / "nosy.typ").write_text('#read("../../../../../../../../etc/passwd")')

    with pytest.raises(RuntimeError, match="outside of the project root|escape|access"):
        typeset("nosy", {}, folder=folder)


def test_code_is_a_picture_of_the_address():
    drawn = qr("https://portal.test/allianzposter?art=verband&stand=2018-04-30")

    assert drawn.startswith("<svg ")
    assert qr("https://portal.test/") != drawn

"""A web address is kept in its normal spelling; what leads to no page of the web is none."""

import pytest

from portal.core.text import normalised_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("beispiel.de", "https://beispiel.de"),
        ("  WWW.Beispiel.de/  ", "https://www.beispiel.de"),
        ("http://beispiel.de/seite/", "http://beispiel.de/seite/"),
        ("https://beispiel.de:8443/a?b=c#d", "https://beispiel.de:8443/a?b=c#d"),
        ("https://xn--mnchen-3ya.de", "https://münchen.de"),
    ],
)
def test_normal_spelling(typed, kept):
    assert normalised_address(typed) == kept
    assert normalised_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "beispiel", "localhost", "192.168.0.1", "https://", "javascript:alert(1)",
        "ftp://beispiel.de", "//beispiel.de", "https://name:wort@beispiel.de", "https://a b.de",
        "https://beispiel.de:0", "https://beispiel.de:99999", 'https://beispiel.de/"><script>',
    ],
)  # fmt: skip
def test_leads_to_no_page(typed):
    assert normalised_address(typed) is None

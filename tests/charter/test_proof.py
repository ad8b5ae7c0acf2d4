"""The proof as PDF for own people and the office, and the page on which everybody checks it."""

import io
import re

import pypdf
import pytest

from portal.charter import services
from portal.core.codes import new_proof_code, normalised
from portal.core.database import db
from tests.charter.conftest import MINE, a_signature, publish

PROOF = f"{MINE}/nachweis.pdf"


@pytest.fixture
def signed(windwerk, petra, declaration):
    return a_signature(windwerk, declaration, petra)


def text_of(reply):
    pages = pypdf.PdfReader(io.BytesIO(reply.data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def check(signature):
    return f"/pruefen/{signature.shown_code}"


def test_proof_is_a_tagged_pdf_that_names_version_hash_and_check_page(client_of, petra, signed):
    reply = client_of(petra).get(PROOF)

    root = pypdf.PdfReader(io.BytesIO(reply.data)).trailer["/Root"]
    text = text_of(reply)
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "de"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert "Windwerk eG" in text and "Nr. 1" in text and signed.shown_code in text
    assert signed.sha256 in text.replace(" ", "")
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_name_stands_in_proof_and_check_page_with_the_signers_yes_only(
    client, client_of, petra, signed
):
    assert "Petra Probe" not in client.get(check(signed)).text
    assert "Petra Probe" not in text_of(client_of(petra).get(PROOF))

    signed.named_in_public = True
    db.session.commit()

    assert "Petra Probe, Vorstand" in client.get(check(signed)).text
    assert "Petra Probe, Vorstand" in text_of(client_of(petra).get(PROOF))


def test_proof_says_when_it_does_not_stand_any_more(client_of, petra, signed):
    services.withdraw(signed, by=petra, reason="Geheim.", seen_version=signed.version)
    db.session.commit()

    text = text_of(client_of(petra).get(PROOF))
    assert "zurückgezogen" in text and "Geheim" not in text


def test_proof_is_for_own_people_and_the_office(client, client_of, paul, stefan, olga, signed):
    assert client_of(paul).get(PROOF).status_code == 200
    assert client_of(olga).get(PROOF).status_code == 200
    assert client_of(stefan).get(PROOF).status_code == 404
    assert client.get(PROOF).status_code == 302
    assert client_of(olga).get("/mein/niemand/erklaerung/nachweis.pdf").status_code == 404


def test_without_a_signature_there_is_no_proof(client_of, petra, declaration):
    assert client_of(petra).get(PROOF).status_code == 404


def test_new_signature_has_a_new_proof(client_of, ada, windwerk, petra, signed):
    a_signature(windwerk, publish(ada, "Neu."), petra)

    assert "Nr. 2" in text_of(client_of(petra).get(PROOF))


def test_check_page_says_what_was_signed_and_is_not_indexed(client, signed):
    page = client.get(check(signed))

    assert page.status_code == 200
    for told in ("Windwerk eG", "Nr. 1", signed.sha256, signed.shown_code, "gilt"):
        assert told in page.text
    assert '<meta name="robots" content="noindex">' in page.text


def test_code_is_found_however_it_is_typed(client, signed):
    for typed in (signed.code, signed.code.lower(), signed.shown_code.lower()):
        assert client.get(f"/pruefen/{typed}").status_code == 200


@pytest.mark.parametrize("code", ["x", "A" * 16, "0000-0000-0000-0000", "ß" * 16, "A" * 500, "%00"])
def test_other_codes_lead_nowhere(client, signed, code):
    assert client.get(f"/pruefen/{code}").status_code == 404


def test_codes_are_long_and_never_twice():
    codes = {new_proof_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(normalised(code) == code for code in codes)


def test_names_that_look_like_markup_stay_text(client, client_of, windwerk, petra, declaration):
    windwerk.name = "#Wind *werk* $x$ <b>&amp;"
    signed = a_signature(windwerk, declaration, petra)

    assert "#Wind *werk* $x$ <b>&amp;" in text_of(client_of(petra).get(PROOF))
    assert "<b>&amp;amp;" not in client.get(check(signed)).text.replace("&lt;b&gt;", "")

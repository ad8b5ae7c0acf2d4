"""What may be kept by whom."""


def test_visitor_who_has_the_page_is_told_that_it_is_the_same(client) -> None:
    first = client.get("/partner")
    again = client.get("/partner", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.headers.get("Vary", "")


def test_star_is_no_page_that_somebody_has(client) -> None:
    assert client.get("/partner/nobody", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get("/partner", headers={"If-None-Match": "*"}).status_code == 200


def test_page_of_somebody_logged_in_is_kept_by_nobody(client_of, petra) -> None:
    for address in ("/partner", "/mein", "/konto"):
        answer = client_of(petra).get(address)

        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


def test_error_pages_are_kept_by_nobody(client) -> None:
    assert client.get("/nichts").headers["Cache-Control"] == "private, no-store"


def test_address_with_a_nul_is_not_found(client, client_of, olga) -> None:
    for address in ("/partner/%00", "/projekte/a%00b", "/termine/%00", "/aktuelles/%00"):
        assert client.get(address).status_code == 404
    assert client_of(olga).get("/mein/%00/projekte").status_code == 404

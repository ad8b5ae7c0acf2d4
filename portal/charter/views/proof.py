"""The proof of a signature as PDF, with a code that leads to its public check page."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.charter import queries
from portal.charter.models import Signature, SignatureState
from portal.charter.views.mine import bp
from portal.core.database import transaction
from portal.core.languages import language
from portal.core.pages import absolute
from portal.core.times import show_day, show_moment, today
from portal.core.typesetting import qr, typeset


@bp.get("/nachweis.pdf", endpoint="proof")
@signed_in
def proof(organisation: str) -> ResponseReturnValue:
    """For own people and the office. Set outside of the transaction: it takes its time."""
    with transaction(writing=False):
        signature = queries.proof_for(organisation, seen_by=me())
        data, name = _data(signature), f"allianzerklaerung-{signature.number}-{organisation}.pdf"
    answer = Response(typeset("proof", data), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename={name}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _data(signature: Signature) -> dict[str, Any]:
    address = absolute("charter.check", code=signature.shown_code)
    return {
        "lang": language(),
        "title": _("Unterschrift von %(name)s", name=signature.organisation_name),
        "kind": _("Nachweis"),
        "lead": _lead(signature),
        "rows": _rows(signature),
        "code": qr(address),
        "alt": _("QR-Code zur Prüfseite %(address)s", address=address),
        "check": _("Prüfen"),
        "how": _("Auf dieser Seite steht, ob die Unterschrift heute noch gilt:"),
        "address": address,
        "note": _(
            "Die Unterschrift ist eine aufgezeichnete Erklärung und keine qualifizierte"
            " elektronische Signatur. Die Prüfsumme gehört zum genauen Wortlaut der Fassung."
        ),
    }


def _lead(signature: Signature) -> str:
    stands = _("Diese Organisation steht zur Allianzerklärung in der genannten Fassung.")
    withdrawn = _("Die Organisation hat diese Unterschrift am %(day)s zurückgezogen.")
    revoked = _("Das Projektbüro hat diese Unterschrift am %(day)s widerrufen.")
    if signature.ended_at is None:
        return str(stands)
    ended = withdrawn if signature.state is SignatureState.WITHDRAWN else revoked
    return str(ended % {"day": show_day(signature.ended_at)})


def _rows(signature: Signature) -> list[tuple[str, str]]:
    """The name only with the signer's own yes: a proof goes from hand to hand."""
    signer = f"{signature.signer_name}, {signature.function}"
    unnamed = _("dem Projektbüro bekannt, nicht öffentlich genannt")
    moment = _("%(moment)s Uhr", moment=show_moment(signature.signed_at))
    return [
        (_("Organisation"), signature.organisation_name),
        (_("Unterzeichnet von"), signer if signature.named_in_public else unnamed),
        (_("Erklärung"), signature.declaration.title),
        (_("Fassung"), _("Nr. %(number)s", number=signature.number)),
        (_("Prüfsumme (SHA-256)"), f"{signature.sha256[:32]} {signature.sha256[32:]}"),
        (_("Unterzeichnet am"), moment),
        (_("Weg"), signature.way.label),
        (_("Stand"), f"{signature.state.label}, {show_day(today())}"),
        (_("Prüfnummer"), signature.shown_code),
    ]

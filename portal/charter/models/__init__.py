"""Versions of the declaration, the signatures bound to them, and the ways that lead to one."""

from portal.charter.models.declarations import Declaration, DeclarationState, sha256_of
from portal.charter.models.nominations import Nomination, NominationState
from portal.charter.models.occasions import (
    Occasion,
    OccasionState,
    ProvisionalSignature,
    ProvisionalState,
)
from portal.charter.models.signatures import Signature, SignatureState, Way

__all__ = [
    "Declaration",
    "DeclarationState",
    "Nomination",
    "NominationState",
    "Occasion",
    "OccasionState",
    "ProvisionalSignature",
    "ProvisionalState",
    "Signature",
    "SignatureState",
    "Way",
    "sha256_of",
]

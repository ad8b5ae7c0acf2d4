"""Prints: a template of templates/print/ and data become a tagged PDF (PDF/UA-1), and addresses
become QR codes."""

from portal.core.typesetting.setting import Busy, qr, typeset

__all__ = ["Busy", "qr", "typeset"]

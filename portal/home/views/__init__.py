"""The start page, /mein, the legal pages, and what machines ask for."""

from portal.home.views import machines, pages
from portal.home.views.blueprint import bp

__all__ = ["bp", "machines", "pages"]

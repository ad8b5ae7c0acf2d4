"""Lists in pages: `?seite=2`, with a count, and neighbours that keep the rest of the address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy import Select, func, select

from portal.core.database import db
from portal.core.errors import Hidden

T = TypeVar("T")
LAST_PAGE = 10_000


@dataclass
class Listing(Generic[T]):
    """One page of a list. `total` counts all items; `page` starts at 1."""

    items: list[T]
    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def prev_url(self) -> str | None:
        return self.url_for(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.url_for(self.page + 1) if self.page < self.pages else None

    def url_for(self, page: int) -> str:
        """The same address with another page; the first page carries no number."""
        path, rest = self._address
        query = "&".join(part for part in (rest, f"seite={page}" if page > 1 else "") if part)
        return f"{path}?{query}" if query else path

    @cached_property
    def _address(self) -> tuple[str, str]:
        """Path and query of this page, without its number."""
        arguments = request.args.to_dict(flat=False)
        arguments.pop("seite", None)
        path = url_for(request.endpoint or "", **(request.view_args or {}))
        return path, urlencode(arguments, doseq=True)

    def window(self) -> list[int | None]:
        """The first, the last and the neighbours; None stands for a gap."""
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        shown: list[int | None] = []
        for page in sorted(p for p in near if 1 <= p <= self.pages):
            last = shown[-1] if shown else 0
            if last is not None and page - last > 1:
                shown.append(None)
            shown.append(page)
        return shown


def page_number() -> int:
    """What the address asks for; nonsense is the first page."""
    asked = request.args.get("seite", "")
    if len(asked) > 6 or not (asked.isascii() and asked.isdigit()):
        return 1
    return max(1, int(asked))


def paginate(
    rows: Select[Any], *, page: int, per_page: int = 12, total: int | None = None
) -> Listing[Any]:
    """Reads one page in one statement, and counts in another unless `total` is known.
    Single columns and entities come as themselves, several as rows.
    Raises Hidden for a page behind the last one."""
    if total is None:
        count = select(func.count()).select_from(rows.order_by(None).subquery())
        total = db.session.scalar(count) or 0
    if page > 1 and (page - 1) * per_page >= total:
        raise Hidden(f"page {page} of {total} items")
    window = rows.limit(per_page).offset((page - 1) * per_page)
    single = len(rows.column_descriptions) == 1
    result: Any = db.session.scalars(window) if single else db.session.execute(window)
    return Listing(items=list(result), page=page, per_page=per_page, total=total)

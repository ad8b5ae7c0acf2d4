"""Themes are data that the office renames (the slug stays); districts are the city's."""

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base


class Nordwaerts(StrEnum):
    """Does the district belong to the nordwärts area? (domain.md, section 9)"""

    WHOLE = "ganz"
    PART = "teilweise"
    NONE = "nein"


class Theme(Base):
    __tablename__ = "theme"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    order: Mapped[int] = mapped_column("position")


class District(Base):
    """`x` and `y` place its hexagon on the tile map; one unit is the width of a tile."""

    __tablename__ = "district"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(4))
    order: Mapped[int] = mapped_column("position")
    x: Mapped[float]
    y: Mapped[float]
    nordwaerts: Mapped[Nordwaerts]

"""Themes, fields of action and competences are data that the office renames (the slug stays);
districts are the city's."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, Versioned


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


class ActionField(Base):
    """One of the fields of action that the city's own list of projects is ordered by."""

    __tablename__ = "action_field"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    order: Mapped[int] = mapped_column("position")


class Competence(Versioned, Base):
    """What a partner can do, in the office's words; the slug stays. An archived one is kept where
    it is used and offered no more; one that was merged leads to its successor."""

    __tablename__ = "competence"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    explanation: Mapped[str] = mapped_column(String(300), default="", server_default="")
    order: Mapped[int] = mapped_column("position")
    archived_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("competence.id"))


class District(Base):
    """`x` and `y` place its hexagon on the tile map; one unit is the width of a tile. `outline` is
    the path of its real shape in the drawing's units, where the operator imported one."""

    __tablename__ = "district"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(4))
    order: Mapped[int] = mapped_column("position")
    x: Mapped[float]
    y: Mapped[float]
    nordwaerts: Mapped[Nordwaerts]
    outline: Mapped[str] = mapped_column(Text, default="", server_default="")
    label_at: Mapped[str] = mapped_column(String(20), default="", server_default="")

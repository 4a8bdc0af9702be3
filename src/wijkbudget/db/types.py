# SPDX-License-Identifier: EUPL-1.2
"""The base of all tables, and column types that behave the same on every database."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Dialect, MetaData, Text, TypeDecorator, Uuid
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of every table class; private to its domain and never served."""

    metadata = MetaData(naming_convention=NAMING)
    personal: ClassVar[frozenset[str]]
    """Which columns hold personal data; every table says so, even when it is none."""


class Utc(TypeDecorator[datetime]):
    """Keeps times aware and in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Store in UTC; a naive time is a bug."""
        assert value is None or value.tzinfo is not None
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Put back the zone that SQLite drops; PostgreSQL gives that of the connection."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def amount(*, nullable: bool = False, **options: Any) -> Column[int]:
    """Return a column for an amount in any unit; 64 bits on every database."""
    return Column(BigInteger, nullable=nullable, **options)


def moment(*, nullable: bool = False) -> Column[datetime]:
    """Return a column for an aware moment in UTC."""
    return Column(Utc, nullable=nullable)


def text(*, nullable: bool = False, **options: Any) -> Column[str]:
    """Return a column for text without a length."""
    return Column(Text, nullable=nullable, **options)


def id_column(**options: Any) -> Column[UUID]:
    """Return a primary key that the desk's entropy fills; never a number that tells the order."""
    return Column(Uuid, primary_key=True, **options)

"""Picks the row that is the law on a day, and lets a school's own number stand where it may. No numbers live here."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sendhub.rules.provisions import assessment, ehc, records, register, school, support
from sendhub.rules.provisions.types import NotInForce, NotOurs, Provision, UnknownProvision

PROVISIONS: tuple[Provision, ...] = (
    ehc.ROWS + assessment.ROWS + school.ROWS + support.ROWS + register.ROWS + records.ROWS
)


@lru_cache(maxsize=8)
def _by_key(book: tuple[Provision, ...]) -> Mapping[str, tuple[Provision, ...]]:
    rows: defaultdict[str, list[Provision]] = defaultdict(list)
    for row in sorted(book, key=lambda row: row.in_force_from):
        rows[row.key].append(row)
    return {key: tuple(found) for key, found in rows.items()}


BY_KEY = _by_key(PROVISIONS)  # to look it up by the book costs a hash of each row, and Today asks twenty times


def keys(book: tuple[Provision, ...] = PROVISIONS) -> tuple[str, ...]:
    """Every key once, in the order of the book."""
    return tuple(dict.fromkeys(row.key for row in book))


def history(key: str, book: tuple[Provision, ...] = PROVISIONS) -> tuple[Provision, ...]:
    """All rows of a key, oldest first. Raises UnknownProvision."""
    rows = (BY_KEY if book is PROVISIONS else _by_key(book)).get(key)
    if rows is None:
        raise UnknownProvision(f"There is no provision called {key}.")
    return rows


def provision(
    key: str,
    on: date,
    overrides: Mapping[str, int] | None = None,
    *,
    book: tuple[Provision, ...] = PROVISIONS,
) -> Provision:
    """The provision as it stands on a day, with the school's own number in it where one is given and allowed.

    `overrides` holds a school's or council's numbers by key; keys other than the one asked for are not looked at.
    `book` is the rows to look in: a test or a preview of a coming law hands in its own.
    Raises UnknownProvision, NotInForce, or NotOurs when the law fixes the number; ValueError for a number below 1.
    """
    for row in history(key, book):
        if row.in_force(on):
            return _with_override(row, overrides or {})
    raise NotInForce(f"{key} is not in force on {on.isoformat()}.")


def _with_override(row: Provision, overrides: Mapping[str, int]) -> Provision:
    if row.key not in overrides or overrides[row.key] == row.value:
        return row
    if not row.changeable:
        raise NotOurs(f"{row.key} is fixed by law ({row.citation}); a school cannot change it.")
    if overrides[row.key] < 1:
        raise ValueError(f"{row.key} needs a number of at least 1")
    return replace(row, value=overrides[row.key], overridden=True)


def law_as_at(on: date, book: tuple[Provision, ...] = PROVISIONS) -> tuple[Provision, ...]:
    """Every row in force on a day, in the order of the book."""
    return tuple(row for row in book if row.in_force(on))

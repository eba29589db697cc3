"""Shorthand that the tests of these pages share."""

from tests.pupils.families import put_on, today
from tests.visits import inside, looks, oakfield, visit

__all__ = ["inside", "looks", "oakfield", "put_on", "today", "visit"]

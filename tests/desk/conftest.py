"""Shorthand that the tests of these pages share."""

from tests.visits import inside, looks, oakfield, visit

__all__ = ["inside", "looks", "oakfield", "visit"]

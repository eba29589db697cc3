"""Screens about people who work here, one module a noun."""

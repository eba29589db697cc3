"""Whole jobs in a real browser, as the person who does them."""

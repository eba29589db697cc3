"""Input of the staff screens, one module a noun."""

"""Formula injection in CSV: a cell that a spreadsheet would run is written with a quote, and read without it.

A name such as =HYPERLINK(...) typed into our form must not become a formula on the desk of whoever opens the export
(OWASP, CSV injection). Full-width signs count: Excel in some languages treats them as the plain ones.
"""

TRIGGERS = tuple("=+-@\t\r\n\0＝＋－＠")
QUOTE = "'"
_PADDING = " \ufeff\u00a0"


def runs_as_formula(value: str) -> bool:
    """Whether a spreadsheet might run the text. Quotes before it are looked through, so that unguard(guard(x)) == x."""
    return value.lstrip(QUOTE).lstrip(_PADDING).startswith(TRIGGERS)


def guard(value: str) -> str:
    return QUOTE + value if runs_as_formula(value) else value


def unguard(value: str) -> str:
    return value[1:] if value.startswith(QUOTE) and runs_as_formula(value) else value

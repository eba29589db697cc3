"""Reading and writing the tables that schools send us and ask of us: CSV and XLSX.

`read` looks at the content, never at the name, and refuses with a sentence that says what to do. What the columns
mean is not known here: each app's imports.py says that.
"""

from sendhub.tables.read import read
from sendhub.tables.sheet import Limits, Refused, Sheet, is_blank, normal, text
from sendhub.tables.write import ERROR_HEADER, with_error_column, write_csv, write_xlsx

__all__ = [
    "ERROR_HEADER",
    "Limits",
    "Refused",
    "Sheet",
    "is_blank",
    "normal",
    "read",
    "text",
    "with_error_column",
    "write_csv",
    "write_xlsx",
]

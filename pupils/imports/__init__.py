"""The entrance for files of a school's own system: `read_file`, `make_plan`, `apply_plan`, or all three, `bring_in`.

`kinds` knows headers, `rows` and `matching` pupils, and one module a kind (`pupils`, `contacts`, `classes`; the staff
list is in staff.imports) says what a file would do. Nobody is ever written to because of a file.
"""

from pupils.imports.run import Read, apply_plan, bring_in, make_plan, read_file, register_counts

__all__ = ["Read", "apply_plan", "bring_in", "make_plan", "read_file", "register_counts"]

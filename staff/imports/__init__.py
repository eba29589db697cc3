"""Bringing in files of a school's own system: what every kind of file shares, and the list of staff.

`columns` knows a kind by its header, `values` reads cells, `plan` is what would happen, `people` is the staff list.
Pupils, families and classes are in pupils.imports, which is also the entrance. Nothing here writes; actions do.
"""

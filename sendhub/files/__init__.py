"""Files that people give us about a child: looked into, kept under a random name, handed back safely.

What a file is follows from its bytes, never from its name: its first bytes and a parse must agree. Pictures are drawn
anew (pictures.py), which leaves behind where a photo was taken and whatever else was hidden in it; Office files and
PDFs are kept as they are when nothing in them runs or fetches anything (office.py, pdf.py).

    checked = files.look_into(upload.read(), upload.name)        # raises Refused: one sentence that says what to do
    name = files.keep(checked.data, school_id=3)                 # on the disk; then write the row that knows it
    return files.answer(files.path_of(name, school_id=3), "plan.pdf", "pdf")

Which child a file is about, and who may have it, is the business of the app that keeps the row (pupils.models.files).
docs/files.md says it all to the people who use it.
"""

from sendhub.files.look import ACCEPT, MOST, TOO_LARGE, Checked, clean_name, look_into
from sendhub.files.refused import Refused
from sendhub.files.serve import answer
from sendhub.files.store import NO_ROOM, forget_strays, keep, path_of, remove

__all__ = [
    "ACCEPT",
    "MOST",
    "NO_ROOM",
    "TOO_LARGE",
    "Checked",
    "Refused",
    "answer",
    "clean_name",
    "forget_strays",
    "keep",
    "look_into",
    "path_of",
    "remove",
]

"""What a file is, by its bytes; handed to the module that knows its kind. And the name that its copy gets."""

import unicodedata
from dataclasses import dataclass

from sendhub.files import office, pdf, pictures
from sendhub.files.refused import Refused
from sendhub.uploads import MOST

ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.heic"
EMPTY = "The file is empty. Open it on your computer, see that something is in it, and choose it again."
TOO_LARGE = "The file is larger than 10 MB. Make its pictures smaller or split it into parts, and choose it again."
NOT_TAKEN = (
    "This kind of file is not taken. Save it as PDF, Word (.docx) or Excel (.xlsx), or as a JPEG or PNG picture, and "
    "choose that."
)
OLD_OFFICE = "This is an old Office file or one with a password. Save it as .docx or .xlsx without one and choose that."
LONGEST_NAME = 80


@dataclass(frozen=True)
class Checked:
    """What may be kept: `kind` is pdf, docx, xlsx, png or jpg; `data` what to keep, which for a picture is not what
    came; `name` what a person's copy is called."""

    kind: str
    name: str
    data: bytes

    @property
    def picture(self):
        return self.kind in pictures.KINDS


def look_into(data: bytes, name: str, *, only_pictures=False, square=0) -> Checked:
    """Find out what it is and whether it may be kept. Raises Refused.

    `square` cuts a picture to a square of that many pixels, from its middle.
    """
    if not data:
        raise Refused(EMPTY)
    if len(data) > MOST:
        raise Refused(TOO_LARGE)
    kind = pictures.kind_of(data)
    if kind:
        kind, data = pictures.drawn_anew(data, kind, square=square)
    elif only_pictures:
        raise Refused(pictures.ONLY)
    elif data.startswith(b"%PDF-"):
        kind = pdf.check(data)
    elif data.startswith(b"PK\x03\x04"):
        kind = office.check(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(OLD_OFFICE)
    else:
        raise Refused(NOT_TAKEN)
    return Checked(kind, clean_name(name, kind), data)


def clean_name(name: str, kind: str) -> str:
    """The person's own name for the file without its path, signs that deceive the eye, and an ending that is not
    true: "../IMG_2041.HEIC" of a picture that is kept as JPEG becomes "IMG_2041.jpg"."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in unicodedata.normalize("NFC", last)
    )
    stem = " ".join(kept.split())
    head, dot, ending = stem.rpartition(".")
    if dot and head and len(ending) <= 5 and ending.isalnum():
        stem = head
    stem = stem.strip(' ."<>|:*?')[:LONGEST_NAME].strip() or "file"
    return f"{stem}.{kind}"

"""PDFs: kept as they are when nothing in them runs, opens another file or holds one. No reader of PDF is built here:
the file's own words are looked through, those in packed streams too, since what makes a PDF act has a name of its own
and a name can be written in few ways only (plain, or with #xx for a letter).

A PDF is always handed back as a download, never shown by us. One that does what is named in ACTS is refused all the
same: it would act on the computer of whoever opens it.
"""

import io
import re
import zipfile
import zlib

from sendhub.files.refused import Refused

ACTS = {
    b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData",
}  # fmt: skip
NAME = re.compile(rb"/((?:[!-\"$&'*-.0-;=?-Z\\^-z|~]|#[0-9A-Fa-f]{2}){3,60})")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"(?<!end)stream\r?\n")
FILTERS = re.compile(rb"/Filter\s*(\[[^\]]{0,200}\]|/[A-Za-z0-9#]+)")
UNPACKED = 50 * 1024 * 1024  # of all streams of objects together; each is some hundred kilobytes in a large file
BROKEN = "The PDF is cut off or damaged. Open it, save it again, and choose that."
LOCKED = "The PDF has a password or is locked. Print it to a new PDF and choose that."
ACTIVE = "The PDF runs something or holds another file. Print it to a new PDF and choose that."
UNSEEN = "The PDF is packed in a way that we can not look into. Print it to a new PDF and choose that."
TWO_IN_ONE = "The file is two kinds of file in one. Print it to a new PDF and choose that."


def check(data: bytes) -> str:
    """ "pdf". Raises Refused."""
    if not re.match(rb"%PDF-[12]\.\d", data):
        raise Refused(BROKEN)
    if not re.search(rb"startxref\s+\d+\s+%%EOF[\s\0]*\Z", data[-2048:]):
        raise Refused(TWO_IN_ONE if zipfile.is_zipfile(io.BytesIO(data)) else BROKEN)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(TWO_IN_ONE)
    look_at_names(data)
    texts = [data]
    for text in packed_objects(data):
        look_at_names(text)
        texts.append(text)
    if not any(b"/Page" in text for text in texts):
        raise Refused(BROKEN)
    return "pdf"


def look_at_names(text: bytes) -> None:
    names = {plain(found) for found in NAME.findall(text)}
    if names & ACTS:
        raise Refused(ACTIVE)
    if b"Encrypt" in names:
        raise Refused(LOCKED)


def plain(name: bytes) -> bytes:
    return HEX.sub(lambda found: bytes([int(found[1], 16)]), name) if b"#" in name else name


def packed_objects(data: bytes):
    """Each stream that holds objects, unpacked. What stands between one stream and the next is looked through whole: a
    dictionary may be written so that its beginning is not where it seems."""
    total, before = 0, 0
    for found in PACKED.finditer(data):
        head, before = data[before : found.start()], found.end()
        names = {plain(name) for name in NAME.findall(head)}
        if b"ObjStm" in names:
            look_at_packing(head, names)
            text = inflated(data, found.end(), UNPACKED - total)
            total += len(text)
            yield text


def look_at_packing(head: bytes, names: set[bytes]) -> None:
    """Objects packed in any way but the usual one are objects that we do not see."""
    filters = [re.findall(rb"/([A-Za-z0-9#]+)", found) for found in FILTERS.findall(head)]
    if any(named != [b"FlateDecode"] for named in filters) or not filters or b"Predictor" in names:
        raise Refused(UNSEEN)


def inflated(data: bytes, start: int, most: int) -> bytes:
    unpack = zlib.decompressobj()
    try:
        text = unpack.decompress(memoryview(data)[start:], max(most, 1))
    except zlib.error:
        raise Refused(UNSEEN) from None
    if not unpack.eof:
        raise Refused(UNSEEN)
    return text

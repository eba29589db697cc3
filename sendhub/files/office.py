"""Word and Excel files: a zip of XML. Looked at by the zip's own directory first, then by reading every part, with the
limits held while reading. Nothing is built from them and nothing of them is changed.

Refused: macros, controls and objects of other programs, anything fetched from elsewhere when the file is opened (a
link to press is only text), anything before or behind the zip, a declaration of entities. A workbook in a chart is
looked into as a file of its own.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from sendhub.files.refused import Refused

MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
NOT_OFFICE = (
    "This is not a Word or Excel file that we can read. Open it, save it as Word Document (.docx) or Excel Workbook "
    "(.xlsx), and choose that."
)
TOO_LARGE = "The file unpacks to far more than its size. Save it as PDF and choose that."
MACROS = "The file holds macros. Save it as Word Document (.docx) or Excel Workbook (.xlsx), without them."
OUTSIDE = "The file fetches something from elsewhere when it is opened. Save it as PDF and choose that."
OBJECTS = "The file holds something of another program in it. Save it as PDF and choose that."
LOCKED = "The file has a password. Take the password off and choose it again."
TWO_IN_ONE = "The file is two kinds of file in one. Open it, save it again under a new name, and choose that."
PIECE = 65_536
DEEPEST = 256


@dataclass(frozen=True)
class Limits:
    entries: int = 1_000
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 100
    small: int = 1024 * 1024  # a part no larger than this may be packed as tight as it likes


def check(data: bytes, limits: Limits = Limits(), inside: bool = False) -> str:
    """ "docx" or "xlsx". Raises Refused. `inside` is for a workbook that lies in another file."""
    # Counted before zipfile builds an object for each entry of the directory.
    if data.count(b"PK\x01\x02") > limits.entries:
        raise Refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_directory(archive, data, limits)
            look = Look(limits)
            for entry in archive.infolist():
                look.part(archive, entry, inside)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, expat.ExpatError) as error:
        raise Refused(NOT_OFFICE) from error
    if look.kind is None:
        raise Refused(NOT_OFFICE)
    return look.kind


def check_directory(archive, data, limits):
    """By what the zip says of itself. zipfile never unpacks a part beyond its stated size, so what is
    counted here holds while reading as well."""
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if "[content_types].xml" not in names or len(set(names)) < len(names):
        raise Refused(NOT_OFFICE)
    # Nothing before the first part, nothing behind the directory: 22 bytes end it.
    if min(entry.header_offset for entry in entries) != 0 or not ends_there(data):
        raise Refused(TWO_IN_ONE)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Refused(MACROS)
    if any(is_object(name) for name in names):
        raise Refused(OBJECTS)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(LOCKED)
    # Other methods (bzip2, LZMA) may ask for gigabytes to unpack anything; Office never writes them.
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise Refused(NOT_OFFICE)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Refused(TOO_LARGE)
    for entry in entries:
        if entry.file_size > limits.small and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Refused(TOO_LARGE)


def ends_there(data):
    """Whether the zip's own end record is the end of the file, right behind the directory that it names."""
    mark, *_, size, offset, comment = struct.unpack("<4s4H2LH", data[-22:])
    return mark == b"PK\x05\x06" and comment == 0 and offset + size + 22 == len(data)


def is_object(name):
    """A control, or something of another program that a press opens. A workbook behind a chart is none."""
    return "/activex/" in name or ("/embeddings/" in name and not name.endswith((".xlsx", "/")))


class Look:
    """Reads every part to its end, in pieces, and what is XML through expat."""

    def __init__(self, limits):
        self.limits, self.kind, self.depth = limits, None, 0

    def part(self, archive, entry, inside):
        name = entry.filename.lower()
        if "/embeddings/" in name and name.endswith(".xlsx"):
            if inside:
                raise Refused(OBJECTS)
            check(archive.read(entry), self.limits, inside=True)
            return
        with archive.open(entry) as source:
            piece = source.read(PIECE)
            parser = None
            if name.endswith((".xml", ".rels")):
                parser = self.parser(name)
            while piece:
                if parser:
                    parser.Parse(piece, False)
                piece = source.read(PIECE)
            if parser:
                parser.Parse(b"", True)

    def parser(self, name):
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        self.rels, self.types, self.depth = name.endswith(".rels"), name == "[content_types].xml", 0
        return parser

    def doctype(self, *_declaration):
        raise Refused(NOT_OFFICE)

    def end(self, _name):
        self.depth -= 1

    def start(self, name, attributes):
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(TOO_LARGE)
        name = name.rpartition(":")[2]
        if self.types and name in {"Override", "Default"}:
            self.content_type(attributes.get("ContentType", ""))
        elif self.rels and name == "Relationship":
            self.relationship(attributes)

    def content_type(self, value):
        if "macroenabled" in value.lower():
            raise Refused(MACROS)
        self.kind = MAIN.get(value, self.kind)

    def relationship(self, attributes):
        """A link that somebody may press is only text; anything else outside is fetched when the file is opened."""
        if attributes.get("TargetMode", "").lower() == "external" and not attributes.get("Type", "").endswith(
            "/hyperlink"
        ):
            raise Refused(OUTSIDE)

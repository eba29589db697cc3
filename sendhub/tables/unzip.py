"""Is this workbook safe to hand to openpyxl? Answered from the zip's directory first, then by streaming its XML.

Reading a workbook builds trees and strings before anyone can count them: a 300 kB file became one cell of 300 million
letters and 600 MB of memory. Besides, openpyxl 3.1 reads sheets and strings with the plain parser, not with defusedxml.
So all XML goes through expat here once, in pieces, and what is too long, too deep or declares a DTD is refused.
"""

import io
import zipfile
import zlib
from contextlib import suppress
from xml.parsers import expat

from sendhub.tables.sheet import Limits, Refused

NOT_WORKBOOK = (
    "This file is not a workbook that we can read. Open it in Excel, save it as Excel Workbook (.xlsx) and send that."
)
TOO_LARGE = (
    "The workbook unpacks to far more than its size. Copy the rows that are needed into a new workbook, as values, "
    "and send that."
)
LOCKED = "The file has a password. Take the password off and send it again."
MACROS = "The workbook holds macros. Save it as Excel Workbook (.xlsx), which holds none, and send that."
OUTSIDE = (
    "The workbook takes figures from other files. In Excel choose Data, then Edit Links, then Break Link, save it "
    "and send it again."
)
EMPTY_PARTS = (
    "The workbook has too many cells, most of them perhaps empty but coloured. Copy the rows that are needed into a "
    "new workbook, as values, and send that."
)
PIECE = 65_536
LONGEST_TOKEN = 8 * PIECE  # one tag with its attributes; expat keeps it whole in memory
DEEPEST = 64
LAST_ROW = 1_048_576  # Excel's own
CHILDREN = 100_000  # elements between two rows or two strings


def check(data: bytes, limits: Limits) -> int:
    """Refuse a workbook that is not safe to read. Returns how many formulas have no saved result."""
    # Counted before zipfile builds an object for each entry of the directory.
    if data.count(b"PK\x01\x02") > limits.entries:
        raise Refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_directory(archive, limits)
            scan = Scan(limits)
            for entry in archive.infolist():
                scan.part(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError) as error:
        raise Refused(NOT_WORKBOOK) from error
    return scan.unworked


def check_directory(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse by what the zip says of itself. zipfile never unpacks a part beyond its stated size."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names or len(set(names)) < len(names):
        raise Refused(NOT_WORKBOOK)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(MACROS)
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise Refused(OUTSIDE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(LOCKED)
    # Other methods (bzip2, LZMA) may ask for gigabytes to unpack anything; Excel never writes them.
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise Refused(NOT_WORKBOOK)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Refused(TOO_LARGE)
    for entry in entries:
        if entry.file_size > 1024 * 1024 and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Refused(TOO_LARGE)


class Scan:
    """Streams XML parts through expat and counts, over the whole workbook.

    Element names are taken without their prefix: what openpyxl would understand counts, and so does what it would not.
    """

    def __init__(self, limits: Limits):
        self.limits = limits
        self.cells = self.rows = self.chars = 0
        self.unworked = 0  # formulas whose result was never saved: they read as empty

    def part(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        with archive.open(entry) as source:
            piece = source.read(PIECE)
            # A picture is left alone; whatever expat could read as XML is not, be its name what it may.
            if not piece.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<"):
                return
            self.depth = self.children = self.run = 0
            self.formula = ""  # "f" after a formula, "v" inside its result
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = self.doctype
            parser.StartElementHandler = self.start
            parser.EndElementHandler = self.end
            parser.CharacterDataHandler = self.data
            fed = 0
            # Excel's own old drawings are not well formed. openpyxl stops at the same place, having seen no more.
            with suppress(expat.ExpatError):
                while piece:
                    parser.Parse(piece, False)
                    fed += len(piece)
                    if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                        raise Refused(TOO_LARGE)
                    piece = source.read(PIECE)
                parser.Parse(b"", True)

    def doctype(self, *_declaration):
        raise Refused(NOT_WORKBOOK)

    def start(self, name, attributes):
        name = name.rpartition(":")[2]
        self.depth += 1
        self.children += 1
        if name == "c":
            self.cells += 1
            self.formula = ""
        elif name == "f":
            self.unworked += 1
            self.formula = "f"
        elif name == "v":
            self.formula = self.formula and "v"
        elif name == "row":
            self.row(attributes.get("r", "1"))
        elif name == "si":
            self.children = 0
        else:
            self.chars += len("".join(attributes.values()))
        if name == "Relationship":
            self.relationship(attributes)
        if name not in {"t", "r"}:  # the runs of one text
            self.run = 0
        if self.cells > self.limits.cells or self.depth > DEEPEST or self.children > CHILDREN:
            raise Refused(EMPTY_PARTS)

    def row(self, number):
        self.rows += 1
        self.children = 0
        if self.rows > self.limits.all_rows:
            raise Refused(EMPTY_PARTS)
        # openpyxl makes every row that is left out: a far number would never end.
        if not number.isdecimal() or int(number[:9]) > LAST_ROW:
            raise Refused(NOT_WORKBOOK)

    def relationship(self, attributes):
        """A link in a cell (mailto:) is only text; anything else outside is something that would be fetched."""
        if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Refused(OUTSIDE)

    def end(self, _name):
        self.depth -= 1

    def data(self, piece):
        self.run += len(piece)
        self.chars += len(piece)
        if self.formula == "v":
            self.unworked -= 1
            self.formula = ""
        if self.run > self.limits.cell_chars:
            raise Refused(too_long(self.limits))
        if self.chars > self.limits.text_chars:
            raise Refused(TOO_LARGE)


def too_long(limits: Limits) -> str:
    return f"A cell is longer than {limits.cell_chars:,} characters. Shorten it and send the file again."

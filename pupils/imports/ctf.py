"""A Common Transfer File as plain records: XML in, one CtfPupil a pupil out. No database.

Elements go by their local name, whatever their namespace. The parser knows no document type and no entity, and the file
is read as a stream, a pupil at a time, so that nothing in it can fill the memory.
"""

import io
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sendhub.tables import Limits, Refused
from staff.imports.values import text

NO_CTF = (
    "This is XML, but not a transfer file (CTF). Bring in the file whose name has CTF in it, a CSV file or an Excel "
    "workbook."
)
BROKEN = "This transfer file is damaged or was changed by hand. Ask the school before for it again."
TOO_MUCH = "This transfer file holds too much. Ask the school before for one without assessments, or in parts."
NOBODY = "There is no pupil in this transfer file."
OTHER_VERSION = "The file is of version {} of the transfer file; we know 24 to 26. Look at what was read"
OTHER_SCHOOL = "The file was made for another school ({}). Check that these pupils come to you"
KNOWN_VERSIONS = ("24", "25", "26")
DEEPEST = 16
MOST_ELEMENTS = 300_000
MOST_PUPILS = 5_000
MOST_NAMES = 40  # of elements that are not read, in the sentence that names them

# What is read, by its place under Pupil. Anything else that holds something is named.
PUPIL = ("UPN", "Surname", "Forename", "DOB", "Sex", "Gender")
BASIC = ("FormerUPN", "PreferredSurname", "PreferredForename", "NCyearActual", "Languages/Type/LanguageType")
BASIC += ("Languages/Type/Language",)
CONTACT = ("Order", "Title", "Surname", "Forename", "Relationship", "Responsibility", "Email")
CONTACT += ("Phones/Phone/TelephoneType", "Phones/Phone/PhoneNo")
READ = frozenset(
    [
        *PUPIL,
        *(f"BasicDetails/{name}" for name in BASIC),
        "LookedAfter/InCare",
        "FSMhistory/FSMinstance/FSMstartDate",
        "FSMhistory/FSMinstance/FSMendDate",
        *(f"SENhistory/SEN/{name}" for name in ("StartDate", "EndDate", "SENprovision")),
        *(f"SENhistory/SENneeds/SENneed/{name}" for name in ("SENtypeRank", "SENtype")),
        *(f"Contacts/Contact/{name}" for name in CONTACT),
    ]
)
PARTLY = {path.partition("/")[0] for path in READ if "/" in path}


@dataclass
class CtfPupil:
    """One pupil as the file says, all of it text: basic columns, then lists of small records."""

    basic: dict[str, str]
    sen: list[dict[str, str]] = field(default_factory=list)
    needs: list[dict[str, str]] = field(default_factory=list)
    fsm: list[dict[str, str]] | None = None  # None: the file does not say
    languages: list[dict[str, str]] = field(default_factory=list)
    contacts: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Ctf:
    """The file: who made it for whom, its pupils, and the names of elements that hold something and are not read."""

    version: str
    made_for: str  # "302/4127"
    pupils: list[CtfPupil]
    unread: list[str]


def looks_like_xml(data):
    """Whether the bytes begin as XML does, in any of its encodings."""
    head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<?xml", b"<ctfile")) or bool(re.match(rb"<!doctype\s+(?!html)|<\w+:ctfile", head))


def read_ctf(data):
    """Raises Refused."""
    if len(data) > Limits().file_bytes:
        raise Refused(TOO_MUCH)
    try:
        return Reader().read(data)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(BROKEN) from None


class Reader:
    """Goes through the file once; a pupil is taken apart as soon as it ends, and then forgotten."""

    def __init__(self):
        self.path, self.seen = [], 0
        self.header, self.pupils, self.unread = {}, [], {}

    def read(self, data):
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                self.start(element)
            else:
                self.end(element)
        if not self.pupils:
            raise Refused(NOBODY)
        council, number = (self.header.get(f"Header/DestSchool/{name}", "") for name in ("LEA", "Estab"))
        made_for = f"{council}/{number}" if council and number else ""
        version = self.header.get("Header/CTFversion", "")
        return Ctf(version, made_for, self.pupils, list(self.unread)[:MOST_NAMES])

    def start(self, element):
        self.path.append(local(element))
        self.seen += 1
        if self.path[0] != "CTfile":
            raise Refused(NO_CTF)
        if len(self.path) > DEEPEST or self.seen > MOST_ELEMENTS:
            raise Refused(TOO_MUCH)

    def end(self, element):
        path = "/".join(self.path[1:])
        self.path.pop()
        if path.startswith("Header/") and not len(element):
            self.header[path] = text(element.text)[:40]
        elif path == "CTFpupilData/Pupil":
            self.take(element)
            element.clear()
        elif not path.startswith("CTFpupilData/Pupil/"):
            element.clear()

    def take(self, element):
        if len(self.pupils) == MOST_PUPILS:
            raise Refused(TOO_MUCH)
        leaves = list(leaves_of(element))
        for path, value in leaves:
            if value and path not in READ:
                top, _, rest = path.partition("/")
                self.unread[(rest.rpartition("/")[2] if top in PARTLY else top)[:40]] = True
        self.pupils.append(pupil_of(element))


def local(element):
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def leaves_of(element, above=""):
    """(path, text) of everything below that holds no elements."""
    for child in element:
        path = f"{above}{local(child)}"
        if len(child):
            yield from leaves_of(child, f"{path}/")
        else:
            yield path, text(child.text)


def inside(element, *names):
    """All elements at this path below, by local name."""
    found = [element]
    for name in names:
        found = [child for parent in found for child in parent if local(child) == name]
    return found


def records(element, *names):
    """Each element at this path as {name: text} of what stands directly in it."""
    return [{local(child): text(child.text) for child in found} for found in inside(element, *names)]


def pupil_of(element):
    basic = {local(child): text(child.text) for child in element if not len(child)}
    for group in ("BasicDetails", "LookedAfter"):
        for record in records(element, group):
            basic |= record
    pupil = CtfPupil(
        basic,
        sen=records(element, "SENhistory", "SEN"),
        needs=records(element, "SENhistory", "SENneeds", "SENneed"),
        languages=records(element, "BasicDetails", "Languages", "Type"),
    )
    if inside(element, "FSMhistory"):
        pupil.fsm = records(element, "FSMhistory", "FSMinstance")
    for contact in inside(element, "Contacts", "Contact"):
        record = {local(child): text(child.text) for child in contact if not len(child)}
        phones = records(contact, "Phones", "Phone")
        mobiles = [phone for phone in phones if phone.get("TelephoneType") == "M"]
        record["PhoneNo"] = next((phone["PhoneNo"] for phone in mobiles + phones if phone.get("PhoneNo")), "")
        pupil.contacts.append(record)
    return pupil

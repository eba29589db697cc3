"""A row of a pupil list as a PupilRow. It knows spellings, not pupils: nothing here asks the database."""

import re
from dataclasses import dataclass, field

from sendhub.rules import upn as upn_rules
from sendhub.rules.codes import parse_needs, parse_provision, parse_sex, parse_yes_no
from sendhub.rules.pupil_age import parse_year_group
from staff.imports.values import BadCell, day, last_of, name_key, short, split_name, text, whole

YES_NO = {
    "pupil_premium": "Pupil premium",
    "fsm": "Free meals",
    "fsm_ever6": "Free meals in six years",
    "eal": "EAL",
    "in_care": "Care",
}
# What a blank may empty, if somebody asks for it: the file's field -> the column.
EMPTIED = {name: name for name in ("form", "joined_on", *YES_NO)} | {
    "sex": "sex",
    "year": "year_code",
    "sen_need": "needs",
}
SLASHED = re.compile(r"\s*(\d\d?)[/.-](\d\d?)[/.-]\d{2,4}")
OLDEST, YOUNGEST = 26, 1  # years; a birthday outside is a slip of the keyboard


@dataclass
class PupilRow:
    """One pupil as the file says. An empty field (None, "") was blank or is not in the file.

    `provision` is "N", "K", "E" or ""; `needs` are codes, the main one first. `numbers` are the rows it came from.
    """

    numbers: list[int]
    upn: str = ""
    former_upn: str = ""
    mis_id: str = ""
    system: str = ""  # whose number that is (pupils.imports.numbers)
    legal_surname: str = ""
    legal_forename: str = ""
    surname: str = ""
    forename: str = ""
    born_on: object = None
    facts: dict = field(default_factory=dict)  # the other columns of Pupil
    provision: str = ""
    needs: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    plain: set = field(default_factory=set)  # "surname", "forename": of which nothing says whether it is the legal one
    notes: list[str] = field(default_factory=list)
    emptied: frozenset = frozenset()  # columns that the file has, blank here, and whose blanks count
    history: list = field(default_factory=list)  # of a transfer file: spans of the register, the oldest first
    contacts: list = field(default_factory=list)  # of a transfer file: columns of Contact

    @property
    def number(self):
        return self.numbers[0]

    @property
    def surnames(self):
        return {name_key(self.legal_surname), name_key(self.surname)} - {""}

    @property
    def forenames(self):
        return {name_key(self.legal_forename), name_key(self.forename)} - {""}

    @property
    def says(self):
        """What the row says, to see whether two rows say the same."""
        return (
            self.upn, self.mis_id, self.surnames, self.forenames, self.born_on, self.facts, self.provision, self.needs,
        )  # fmt: skip


def read_row(number, record, today, american=False, take_blanks=False):
    """Raises BadCell when a row can not be used: no name, a birthday or a provision that can not be read.

    `american` is what is_american says of the file; `take_blanks` lets a blank empty a column that may be empty.
    """
    row = PupilRow([number])
    read_names(row, record)
    read_numbers(row, record)
    row.born_on = day(record.get("born_on"), "date of birth", american)
    check_age(row, today)
    facts = read_facts(row, record, american)
    row.facts = {name: fact for name, fact in facts.items() if fact not in (None, "")}
    read_sen(row, record)
    if take_blanks:
        empty_blanks(row, record, facts)
    return row


def check_age(row, today):
    if row.born_on and not YOUNGEST <= today.year - row.born_on.year <= OLDEST:
        raise BadCell("The date of birth is not that of a pupil.")


def empty_blanks(row, record, facts):
    """Let blank cells count. A blank SEN status is "not on the register"."""
    blank = {name for name, cell in record.items() if not text(cell)}
    row.emptied = frozenset({EMPTIED[name] for name in blank if name in EMPTIED})
    row.facts |= {name: fact for name, fact in facts.items() if name in row.emptied}
    if "sen_status" in blank:
        row.provision = "N"


def is_american(columns, rows):
    """Whether the file's dates have the month first, which a date such as 11/17/2013 shows: then 03/04/2013 is not
    3 April either, and no such date of the file is believed."""
    months, days = 0, 0
    for place in columns.places.get("born_on", []) + columns.places.get("joined_on", []):
        for _, cells in rows:
            found = SLASHED.match(cells[place]) if isinstance(cells[place], str) else None
            if found:
                first, second = int(found[1]), int(found[2])
                months += first <= 12 < second
                days += second <= 12 < first
    return months > days


def read_names(row, record):
    """Legal and spoken names. A plain "Forename" is the legal one unless the file has that as well."""
    cells = {
        name: short(record.get(name), "name", 80)
        for name in (
            "legal_surname",
            "legal_forename",
            "preferred_surname",
            "preferred_forename",
            "surname",
            "forename",
        )
    }
    if record.get("name") and not ((cells["surname"] or cells["legal_surname"]) and cells["forename"]):
        surname, forename = split_name(short(record["name"], "name", 80))
        cells["surname"] = cells["surname"] or surname
        cells["forename"] = cells["forename"] or forename
    row.legal_surname = cells["legal_surname"] or cells["surname"]
    row.legal_forename = cells["legal_forename"] or cells["forename"]
    row.surname = cells["preferred_surname"] or (cells["surname"] if cells["legal_surname"] else "")
    row.forename = cells["preferred_forename"] or (cells["forename"] if cells["legal_forename"] else "")
    row.plain = {part for part in ("surname", "forename") if not (cells[f"legal_{part}"] or cells[f"preferred_{part}"])}
    if not (row.legal_surname and row.legal_forename):
        raise BadCell("The forename or the surname is missing.")


def read_numbers(row, record):
    row.mis_id = short(record.get("mis_id"), "school number", 20)
    verdict = upn_rules.validate(text(record.get("upn")))
    if not verdict.upn:
        return
    if verdict.ok or "first letter" in verdict.message:
        row.upn = verdict.upn
    if not verdict.ok:
        row.notes.append(verdict.message + ("" if row.upn else " It was left out."))


def read_facts(row, record, american=False):
    """Columns of Pupil that stand by themselves. A spelling that nobody knows is left out and noted."""
    year_text = last_of(record.get("year"))
    year = parse_year_group(year_text) if year_text else None
    if year_text and year is None:
        row.notes.append("The year group was not understood and was left out.")
    sex = parse_sex(text(record.get("sex")))
    if text(record.get("sex")) and sex is None:
        row.notes.append("The sex was not understood and was left out.")
    facts = {
        "year_code": year.code if year else "",
        "form": short(last_of(record.get("form")), "form", 20),
        "sex": sex,
        "joined_on": day(record.get("joined_on"), "admission date", american),
    }
    for name, title in YES_NO.items():
        facts[name] = parse_yes_no(text(record.get(name)))
        if text(record.get(name)) and facts[name] is None:
            row.notes.append(f"{title}: neither yes nor no, left out.")
    return facts


def read_sen(row, record):
    status = text(record.get("sen_status"))
    if status:
        provision = parse_provision(status)
        if provision is None:
            raise BadCell("The SEN status is not one that we know.")
        row.provision = provision.now
        if provision.now != provision.code:
            row.notes.append("An old SEN status was read as today's: S as E, A and P as K.")
    read = parse_needs(text(record.get("sen_need")))
    row.needs = [need.code for need in read.needs]
    if read.unknown:
        row.notes.append("A type of need is not one that we know and was left out.")
    rank = whole(text(record.get("need_rank")), 99)
    row.ranks = [99 if rank is None else rank] * len(row.needs)


def one_a_pupil(rows):
    """Arbor writes one row a need: rows of one pupil that differ in nothing else become one, needs by rank."""
    found = {}
    for row in rows:
        key = row.upn or (row.mis_id and f"#{row.mis_id}") or (*sorted(row.surnames | row.forenames), row.born_on)
        first = found.setdefault(key, [])
        same = next((other for other in first if other.says[:-1] == row.says[:-1]), None)
        if same is None:
            first.append(row)
            continue
        same.numbers += row.numbers
        same.notes += row.notes
        pairs = [*zip(same.ranks, same.needs, strict=True), *zip(row.ranks, row.needs, strict=True)]
        ranked = dict.fromkeys(code for _, code in sorted(pairs, key=lambda pair: pair[0]))
        same.ranks, same.needs = [rank for rank, _ in sorted(pairs)][: len(ranked)], list(ranked)
    return [row for rows in found.values() for row in rows]

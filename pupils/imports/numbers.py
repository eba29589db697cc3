"""Whose number is it? Each system counts its pupils by itself, so a number is looked up among those of its own system.

Which system that is, the heading of the column says. A number that a person typed, or that was here before numbers had
systems, counts in all of them.
"""

from pupils.models import PupilNumber
from staff.imports.columns import squeeze
from staff.imports.values import number_key

ADMISSION = "admission"
# Headings that name their system. Any other heading is a system of its own, called as it is spelled.
NAMED = {
    **dict.fromkeys(("adno", "admissionnumber", "admno", "admissionno"), ADMISSION),
    "arborstudentid": "arbor",
}
SYSTEMS = frozenset(NAMED.values())


def system_of(columns):
    """The system of the file's school numbers; "" when it has none, or several columns of them."""
    headings = [columns.header[place] for place in columns.places.get("mis_id", ())]
    if len(headings) != 1:
        return ""
    said = squeeze(headings[0])[: PupilNumber._meta.get_field("system").max_length]
    return NAMED.get(said, said)


def rows_of(school):
    """[(pupil id, system, number)] of everything known."""
    return PupilNumber.objects.filter(school=school).values_list("pupil_id", "system", "number")


class Numbers:
    """The numbers of a school's pupils, by system."""

    def __init__(self, rows, everybody, standing):
        """`rows` as rows_of gives them, `everybody` the records; `standing` gives the pupil whom a record is of, which
        for one that was merged is another."""
        self.held = {}  # (system, number) -> pupil
        self.by_number = {}  # number -> [(system, pupil)]
        self.shown = {}  # number -> pupil: those that stand on a record
        self.loose = {}  # the same, of those whose system nobody knows
        for pk, system, number in rows:
            self.keep(standing(pk), system, number)
        known = {(pk, number) for pk, _, number in rows}
        for said in everybody:
            if key := number_key(said.mis_id):
                self.shown.setdefault(key, standing(said))
                if (said.pk, key) not in known:
                    self.loose.setdefault(key, standing(said))
        self.systems = {system for system, _ in self.held}

    def keep(self, pupil, system, number):
        self.held[system, number] = pupil
        self.by_number.setdefault(number, []).append((system, pupil))

    def find(self, system, number):
        """The pupil of this number, or None. In a system of which no number is known yet it is whoever alone has that
        number; but what one named system calls a pupil says nothing in another."""
        key = number_key(number)
        found = self.held.get((system, key)) or self.loose.get(key)
        if found or system in self.systems:
            return found
        others = self.by_number.get(key, ())
        owners = {pupil.pk: pupil for other, pupil in others if not {system, other} <= SYSTEMS}
        return next(iter(owners.values())) if len(owners) == 1 else None

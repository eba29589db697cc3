"""Which pupil is a row about? By UPN, then school number, then surname, forename and birthday. Two pupils never become
one without a person: whatever points two ways, or at somebody who is otherwise different, is a doubt."""

from dataclasses import dataclass

from pupils.imports.numbers import Numbers, rows_of
from pupils.models import Pupil
from sendhub.rules.names import same
from staff.imports.values import name_key

SURNAME = "The surname is another one. Is this the same pupil?"
OTHER_PERSON = "The UPN is that of a pupil here with another name or birthday."
TWO_WAYS = "The UPN points at one pupil, the name and birthday at another."
UPN_DIFFERS = "A pupil here has this name and birthday, and another UPN."
NUMBER_DIFFERS = "The school number is that of a pupil here, but the rest differs."
ALIKE = "More than one pupil here has this name and birthday."
LOST = "Letters of the name were lost (“?”), and no number says who this is."
LEFT = "This pupil is marked as a leaver here. Are they back?"
TWICE = "Two rows are about one pupil and differ."


@dataclass
class Match:
    """`pupil` is None for somebody new; a `doubt` is a sentence, and then nothing may be written."""

    pupil: Pupil | None = None
    doubt: str = ""


class Known:
    """All pupils of a school, leavers too, found by number and by name. What a record that was merged into another
    is called and numbered finds that other one."""

    def __init__(self, school, everybody=None, numbers=()):
        """`everybody` and `numbers` (as rows_of gives them), if not what the database has."""
        if everybody is None:
            everybody, numbers = list(Pupil.objects.filter(school=school).order_by("id")), list(rows_of(school))
        for pupil in everybody:
            pupil.school = school  # or each one would be asked for its own
        self.by_id = {pupil.pk: pupil for pupil in everybody}
        self.all = [pupil for pupil in everybody if pupil.merged_into_id is None]
        self.by_upn = {pupil.upn: pupil for pupil in self.all if pupil.upn}
        self.by_name = {}
        everybody = sorted(everybody, key=lambda pupil: pupil.merged_into_id is not None)
        for pupil in everybody:
            self.learn(pupil, self.standing(pupil))
        self.numbers = Numbers(numbers, everybody, self.standing)

    def standing(self, pupil):
        """Whom a record (or its id) is of."""
        pupil = self.by_id.get(pupil, pupil)
        while pupil.merged_into_id is not None:
            pupil = self.by_id[pupil.merged_into_id]
        return pupil

    def learn(self, said, pupil):
        """What is said of one record leads to `pupil`. An earlier UPN counts where it is nobody's today."""
        for upn in (said.upn, said.former_upn):
            if upn:
                self.by_upn.setdefault(upn, pupil)
        for surname in surnames(said):
            for forename in forenames(said):
                alike = self.by_name.setdefault((surname, forename, said.born_on), [])
                if pupil not in alike:
                    alike.append(pupil)

    def decided(self, whom):
        """A match that a person made: nothing is doubtful about it."""
        return Match(self.standing(whom) if whom else None)

    def named(self, row):
        """Pupils who share one of the row's surnames, one of its forenames, and the birthday."""
        found = {}
        for surname in row.surnames:
            for forename in row.forenames:
                for pupil in self.by_name.get((surname, forename, row.born_on), ()):
                    found[pupil.pk] = pupil
        return list(found.values())

    def match(self, row):
        alike = self.named(row) if row.born_on else []
        pupil = self.by_upn.get(row.upn) if row.upn else None
        if pupil:
            found = Match(pupil, self.doubt_by_upn(row, pupil, alike))
        else:
            found = self.match_by_number(row, alike) or self.match_by_name(row, alike)
        if found.pupil and found.pupil.left_on and not found.doubt:
            found.doubt = LEFT
        return found

    @staticmethod
    def doubt_by_upn(row, pupil, alike):
        if alike and pupil not in alike:
            return TWO_WAYS
        born = row.born_on in (None, pupil.born_on)
        forename = shares_forename(row, pupil)
        if not shares_surname(row, pupil):
            return SURNAME if born and forename else OTHER_PERSON
        return "" if born or forename else OTHER_PERSON

    def match_by_number(self, row, alike):
        """By school number, where birthday and name agree. None when the number says nothing: the same number in
        another system is another child."""
        pupil = self.numbers.find(row.system, row.mis_id) if row.mis_id else None
        if pupil is None:
            return None
        born = row.born_on in (None, pupil.born_on)
        surname, forename = shares_surname(row, pupil), shares_forename(row, pupil)
        if row.upn and pupil.upn:
            return Match(pupil, UPN_DIFFERS) if born and surname and forename else None
        if born and surname and forename:
            return Match(pupil) if pupil in alike or not alike else Match(pupil, ALIKE)
        if born and (surname or forename):
            return Match(pupil, SURNAME if forename else NUMBER_DIFFERS)
        return Match(pupil, NUMBER_DIFFERS) if surname and forename else None

    @staticmethod
    def match_by_name(row, alike):
        if len(alike) > 1:
            return Match(None, ALIKE)
        if alike:
            pupil = alike[0]
            return Match(pupil, UPN_DIFFERS if row.upn and pupil.upn else "")
        if not row.upn and "?" in row.legal_surname + row.legal_forename:
            return Match(None, LOST)
        return Match(None)


def surnames(pupil):
    return {name_key(pupil.surname), name_key(pupil.legal_surname)}


def forenames(pupil):
    return {name_key(pupil.forename), name_key(pupil.legal_forename)}


def shares_surname(row, pupil):
    return bool(row.surnames & surnames(pupil)) or same(row.legal_surname, pupil.legal_surname)


def shares_forename(row, pupil):
    return bool(row.forenames & forenames(pupil)) or same(row.legal_forename, pupil.legal_forename)

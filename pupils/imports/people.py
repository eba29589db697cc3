"""The pupils of a school, found by the numbers in a list of contacts, classes or attendance."""

from pupils.imports.numbers import Numbers, rows_of, system_of
from pupils.models import Pupil
from sendhub.rules.upn import validate
from staff.imports.values import BadCell, name_key, text

NO_PUPIL = "No pupil here has this UPN or school number."
OTHER_PUPIL = "The pupil with this number has another surname."
TWO_PUPILS = "The UPN is one pupil's and the school number another's."
BY_NAME = "No number says who this is. Is it the pupil of this name?"
TWO_NAMED = "No number says who this is, and more than one pupil here has this name."
COLUMNS = (
    "id",
    "school_id",
    "upn",
    "former_upn",
    "mis_id",
    "surname",
    "forename",
    "legal_surname",
    "legal_forename",
    "form",
    "left_on",
    "merged_into_id",
)


class Pupils:
    """The school's pupils by UPN, earlier UPN and the school number of the file's system; those of a record that is
    part of another one find that other one."""

    def __init__(self, school, columns):
        self.system = system_of(columns)
        everybody = list(Pupil.objects.filter(school=school).only(*COLUMNS))
        self.all = [pupil for pupil in everybody if pupil.merged_into_id is None]
        self.by_id = {pupil.pk: pupil for pupil in self.all}
        hidden = [(said, self.by_id[said.merged_into_id]) for said in everybody if said.merged_into_id]
        self.by_id |= {said.pk: pupil for said, pupil in hidden}
        self.by_upn = {said.upn: pupil for said, pupil in hidden if said.upn}
        self.by_upn |= {pupil.former_upn: pupil for pupil in self.all if pupil.former_upn}
        self.by_upn |= {pupil.upn: pupil for pupil in self.all if pupil.upn}
        everybody = [*self.all, *(said for said, _ in hidden)]
        self.numbers = Numbers(list(rows_of(school)), everybody, lambda said: self.by_id[getattr(said, "pk", said)])
        self.by_name = {}
        for said, pupil in [*((pupil, pupil) for pupil in self.all), *hidden]:
            for key in {names(said.surname, said.forename), names(said.legal_surname, said.legal_forename)}:
                alike = self.by_name.setdefault(key, [])
                if pupil not in alike:
                    alike.append(pupil)

    def find(self, record, decision):
        """(pupil, doubt): a pupil beside a doubt is the one whom it may be. Raises BadCell when nobody has the number.
        With both numbers given the UPN decides, unless the other one is somebody else's whose name is the one in the
        row. Somebody's decision that it is a pupil stands over all that."""
        if decision.what == "same" and decision.whom in self.by_id:
            return self.by_id[decision.whom], ""
        upn, number = text(record.get("upn")), text(record.get("mis_id"))
        pupil = self.by_upn.get(validate(upn).upn) if upn else None
        other = self.numbers.find(self.system, number) if number else None
        found = pupil or other
        named = text(record.get("pupil_name"))
        if found is None:
            return self.find_by_name(named)
        if not named:
            return found, TWO_PUPILS if pupil and other and pupil is not other else ""
        surname = name_key(named.split(",")[0])
        if surname not in {name_key(found.surname), name_key(found.legal_surname)}:
            return found, OTHER_PUPIL
        return found, ""

    def find_by_name(self, named):
        """A name alone is a doubt, however well it fits."""
        surname, _, forename = named.partition(",")
        alike = self.by_name.get(names(surname, forename), []) if forename else []
        if not alike:
            raise BadCell(NO_PUPIL)
        return (alike[0], BY_NAME) if len(alike) == 1 else (None, TWO_NAMED)


def names(surname, forename):
    return name_key(surname), name_key(forename)

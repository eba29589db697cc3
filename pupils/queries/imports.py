"""What the pages of an import read: the earlier files, one file's lines by state, whom a row may be about."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from pupils.import_words import CIRCUMSTANCES, SEN
from pupils.imports.batches import field_words
from pupils.imports.lines import CIRCUMSTANCES as CIRCUMSTANCE_LABELS
from pupils.imports.lines import LABELS
from pupils.imports.matching import SURNAME
from pupils.imports.sen import HISTORY, NEEDS, PROPOSAL, PROVISION, WITHDRAWN
from pupils.models import ImportBatch, ImportLine, ProvisionProposal, Pupil, PupilNumber, RegisterMove
from pupils.words import day_words
from sendhub.access import Permission
from sendhub.rules.pupil_age import parse_year_group
from sendhub.rules.upn import validate
from staff.imports.values import BadCell, day, last_of, name_key, number_key, split_name, text

DOUBT, ABSENT, FAILED = "in_doubt", "absent", "failed"
ABOUT_PUPILS = {"pupils", "needs", "transfer"}
SEN_LABELS = {LABELS[name] for name in (PROVISION, PROPOSAL, WITHDRAWN, NEEDS, HISTORY)}
# What tells one pupil from another: a field of the file, and our column.
IDENTITY = (
    ("legal_surname", "legal_surname"),
    ("surname", "surname"),
    ("preferred_surname", "surname"),
    ("legal_forename", "legal_forename"),
    ("forename", "forename"),
    ("preferred_forename", "forename"),
    ("name", "name"),
    ("pupil_name", "name"),
    ("born_on", "born_on"),
    ("upn", "upn"),
    ("mis_id", "mis_id"),
    ("year", "year_code"),
    ("form", "form"),
)


def batches(school_id):
    """The files of the school, newest first, with who brought them and what can be undone."""
    return ImportBatch.objects.filter(school_id=school_id).select_related("member__user", "job", "operation")


def decisions(batch):
    """{decision: how many lines of the batch have it}; "" are the doubts that nobody has settled. One query."""
    lines = ImportLine.objects.filter(school_id=batch.school_id, batch=batch)
    lines = lines.filter(Q(state=DOUBT) | Q(state=ABSENT, decision=ImportLine.Decision.LEFT))
    return dict(lines.order_by().values_list("decision").annotate(Count("id")))


def waiting_after(school_id):
    """How many proposals nobody has decided, and of how many moves nobody can tell whether the family was told."""
    here = {"school_id": school_id, "pupil__left_on__isnull": True, "pupil__merged_into__isnull": True}
    proposals = ProvisionProposal.objects.filter(**here, state=ProvisionProposal.State.OPEN)
    untold = RegisterMove.objects.filter(**here, told=RegisterMove.Told.CANNOT_TELL)
    return {"proposals": proposals.count(), "untold": untold.values("pupil_id").distinct().count()}


def lines_of(batch, state):
    """The lines of one tab, in the order of the file."""
    lines = ImportLine.objects.filter(school_id=batch.school_id, batch=batch, state=state)
    return lines.select_related("pupil", "staff").order_by("row", "id")


def open_doubts(batch):
    return lines_of(batch, DOUBT).filter(decision=ImportLine.Decision.OPEN)


def changed_surnames(batch):
    """Doubts that nobody has settled and that are about nothing but another surname: they can be accepted at once."""
    return open_doubts(batch).filter(words__startswith=SURNAME, pupil__isnull=False)


def hidden_fields(member):
    """The fields of a file whose values this member may not see: the register, and circumstances."""
    hidden = set() if member.can(Permission.CIRCUMSTANCE_VIEW) else set(CIRCUMSTANCES)
    return hidden if member.can(Permission.PUPIL_RECORD) else hidden | SEN


def hidden_changes(member):
    """What stands in a line's changes (pupils.imports.lines) that this member may not see."""
    hidden = set() if member.can(Permission.CIRCUMSTANCE_VIEW) else set(CIRCUMSTANCE_LABELS)
    return hidden if member.can(Permission.PUPIL_RECORD) else hidden | SEN_LABELS


def cells_of(batch, line, hidden):
    """[(header, cell)] of the rows as the file has them, without blanks and without the `hidden` fields."""
    return [
        (header, text(cell))
        for cells in line.cells
        for (header, name), cell in zip(batch.columns, cells, strict=False)
        if text(cell) and name not in hidden
    ]


@dataclass
class Side:
    """Somebody here whom a row may be about, in the words that the row's own cells stand beside."""

    name: str
    pupil: Pupil | None = None
    values: list = field(default_factory=list)

    @property
    def pk(self):
        return self.pupil.pk if self.pupil else ""

    @property
    def plain(self):
        """Not one of our pupils: a member of staff, a contact, a place."""
        return self.pupil is None


@dataclass
class Doubt:
    """One doubtful row: what the file says, and everybody here whom it may be about."""

    line: ImportLine
    labels: list
    file: list
    sides: list[Side]
    bound: object = None  # the form's field, put there by the page

    @property
    def choices(self):
        """[(pupil id or "", words)] for "the same": which of ours it is."""
        if len(self.sides) == 1:
            return [(self.sides[0].pk, "The same" if self.sides[0].plain else "The same pupil")]
        return [(side.pk, f"The same as {side.name}") for side in self.sides]

    @property
    def rows(self):
        """[(what, the file's value, [(ours, whether it is the same)])]."""
        return [
            (label, said, [(side.values[at], same(said, side.values[at])) for side in self.sides])
            for at, (label, said) in enumerate(zip(self.labels, self.file, strict=True))
        ]


def same(ours, theirs):
    return name_key(ours) == name_key(theirs)


def doubts_about(batch, lines):
    """The doubts of a page about pupils, each with the pupils here that it may mean. One query."""
    records = {line.pk: record_of(batch, line) for line in lines}
    near = pupils_near(batch, lines, records)
    found = []
    for line in lines:
        record = records[line.pk]
        sides = [pupil for pupil in near if line.pupil_id == pupil.pk or may_be(record, pupil)]
        sides.sort(key=lambda pupil: (pupil.pk != line.pupil_id, pupil.pk))
        asked = [(name, column) for name, column in IDENTITY if record.get(name)]
        found.append(
            Doubt(
                line,
                [field_words(name) for name, _ in asked],
                [shown(name, record[name]) for name, _ in asked],
                [
                    Side(side_name(pupil), pupil, [ours(pupil, column, record[name]) for name, column in asked])
                    for pupil in sides
                ],
            )
        )
    return found


def side_name(pupil):
    place = f", {pupil.form}" if pupil.form else ""
    left = f" (left on {day_words(pupil.left_on)})" if pupil.left_on else ""
    return f"{pupil.forename} {pupil.surname}{place}{left}"


def plain_doubt(batch, line, hidden):
    """A doubt about a contact, a member of staff or a place: the row's own cells, and whom it may be about by name."""
    pairs = cells_of(batch, line, hidden)
    about = line.staff or line.pupil
    name = f"{about.forename} {about.surname}" if about else ""
    sides = [Side(name, None, [""] * len(pairs))] if about else []
    return Doubt(line, [header for header, _ in pairs], [said for _, said in pairs], sides)


def record_of(batch, line):
    """field -> the first cell with something in it, as the row says."""
    record = {}
    for cells in line.cells:
        for (_, name), cell in zip(batch.columns, cells, strict=False):
            if name and text(cell):
                record.setdefault(name, text(cell))
    return record


def pupils_near(batch, lines, records):
    """Everybody who shares a number or a birthday with one of the rows."""
    said = records.values()
    upns = {validate(record["upn"]).upn for record in said if record.get("upn")}
    numbers = {record["mis_id"] for record in said if record.get("mis_id")}
    keys = {number_key(number) for number in numbers}
    born = {born_on(record) for record in said} - {None}
    wanted = Q(pk__in=[line.pupil_id for line in lines if line.pupil_id]) | Q(born_on__in=born)
    known = PupilNumber.objects.filter(school_id=batch.school_id, number__in=keys)
    wanted |= Q(upn__in=upns - {""}) | Q(mis_id__in=numbers) | Q(pk__in=known.values("pupil_id"))
    near = Pupil.objects.filter(wanted, school_id=batch.school_id, merged_into__isnull=True).order_by("id")
    return list(near.annotate(known_as=ArrayAgg("numbers__number", default=[])))


def may_be(record, pupil):
    """Whether a number says that it is this pupil, or the birthday and a name do."""
    if record.get("upn") and pupil.upn and validate(record["upn"]).upn == pupil.upn:
        return True
    names = names_in(record)
    ours = {name_key(name) for name in (pupil.surname, pupil.legal_surname, pupil.forename, pupil.legal_forename)}
    if record.get("mis_id") and number_key(record["mis_id"]) in numbers_of(pupil):
        return bool(names & ours)
    return born_on(record) == pupil.born_on and len(names & ours) > 1


def numbers_of(pupil):
    """The school number that we show, and those that systems have for them, as they are compared."""
    return {number_key(pupil.mis_id), *pupil.known_as} - {""}


def names_in(record):
    names = {name_key(said) for name, said in record.items() if name.endswith(("surname", "forename"))}
    for whole in (record.get("name"), record.get("pupil_name")):
        names |= {name_key(part) for part in split_or_not(whole)} if whole else set()
    return names - {""}


def split_or_not(name):
    try:
        return split_name(name)
    except BadCell:
        return (name,)


def born_on(record):
    try:
        return day(record.get("born_on"), "date of birth")
    except BadCell:
        return None


def shown(name, said):
    """A cell as the page writes it: dates and years in words, so that the two sides read alike."""
    if name == "born_on" and (born := born_on({"born_on": said})):
        return day_words(born)
    if name in {"year", "form"}:
        said = last_of(said)
    year = parse_year_group(said) if name == "year" else None
    return year.label if year else said


def ours(pupil, column, said):
    if column == "mis_id" and number_key(said) in numbers_of(pupil):
        return said
    if column == "name":
        return f"{pupil.surname}, {pupil.forename}"
    if column == "year_code":
        return pupil.year_label
    value = getattr(pupil, column)
    return day_words(value) if column == "born_on" else value

"""What there is to read of a batch: whether it is open, its columns, whom a doubt may be about, its failed rows."""

from dataclasses import replace
from datetime import date

from pupils.imports import lines, run, store
from pupils.models import ImportBatch, ImportLine
from sendhub.kit.models import Job
from sendhub.tables import ERROR_HEADER, Refused, Sheet, normal, with_error_column, write_csv, write_xlsx
from staff.imports.plan import Choices, Decision, State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
GONE = "The file is not kept any more. Choose it again, and it is read anew."
SHUT = {
    ImportBatch.State.UPLOADED: "The file is still being read. Wait for that to end.",
    ImportBatch.State.APPLYING: "This file is being brought in already.",
    ImportBatch.State.APPLIED: "This file was brought in already.",
    ImportBatch.State.UNDONE: "This file was brought in and undone. Choose it again to bring it in again.",
    ImportBatch.State.DROPPED: "This file was put aside. Choose it again to bring it in.",
}
NOT_ROLL = "So it can not say who has left. Bring in a list of all pupils for that."
FIELD_WORDS = {
    "mis_id": "School number",
    "upn": "UPN",
    "name": "Name as “Surname, Forename”",
    "pupil_name": "The pupil's name",
    "born_on": "Date of birth",
    "eal": "English as another language",
    "fsm": "Free meals",
    "fsm_ever6": "Free meals in six years",
    "sen_status": "SEN status",
    "sen_need": "Type of need",
    "need_rank": "Rank of need",
    "group": "Class",
    "code": "Staff code",
    "percentage": "Attendance in per cent (not kept)",
    "suspended_days": "Days suspended",
}


def is_open(batch):
    """Whether it waits for a person. A batch whose job failed or was cancelled waits again; `batch.job.sentence` says
    why."""
    if batch.state == ImportBatch.State.READY:
        return True
    stopped = {Job.State.FAILED, Job.State.CANCELLED}
    return (
        batch.state in {ImportBatch.State.UPLOADED, ImportBatch.State.APPLYING}
        and batch.job is not None
        and batch.job.state in stopped
    )


def need_open(batch):
    """Raises Refused with the sentence that says why nothing can be changed any more."""
    if not is_open(batch):
        raise Refused(SHUT[batch.state])


def read_again(batch):
    """The file of a batch, read as the school calls its columns now. Raises Refused."""
    data = store.read(batch.file)
    if data is None:
        raise Refused(GONE)
    return run.read_file(data, batch.file_name, batch.school)


def fields_of(kind):
    """[(field, words)] that a column of this kind of file may be, for a choice on the page."""
    return [(name, field_words(name)) for name in run.kind_of(kind).spellings if name != "pupil" or kind != "staff"]


def field_words(name):
    return FIELD_WORDS.get(name, name.replace("_", " ").capitalize())


def unread(batch):
    """The headers of columns that are not read."""
    return [
        header for header, field in batch.columns if header and not field and normal(header) != normal(ERROR_HEADER)
    ]


def choices_of(batch, *, settled=False):
    """The batch's choices; with `settled` the decisions about its lines too."""
    found = batch.choices
    taken_on = found.get("taken_on")
    choices = Choices(
        whole_roll=bool(found.get("whole_roll")),
        take_names=bool(found.get("take_names")),
        take_blanks=bool(found.get("take_blanks")),
        taken_on=date.fromisoformat(taken_on) if taken_on else None,
    )
    if not settled:
        return choices
    decided = ImportLine.objects.filter(school_id=batch.school_id, batch=batch, state=State.IN_DOUBT)
    decisions = {
        line.row: Decision(line.decision, whom(batch, line) if line.decision == "same" else None)
        for line in decided.exclude(decision="")
    }
    return replace(choices, settled=decisions)


def whom(batch, line):
    return line.staff_id if batch.kind == "staff" else line.pupil_id


def taken_on_of(school, digest, today):
    """The day up to which this attendance file counts: the very same file counted up to a day once."""
    before = ImportBatch.objects.filter(school=school, digest=digest, state=ImportBatch.State.APPLIED)
    for choices in before.order_by("-applied_at").values_list("choices", flat=True)[:1]:
        return choices.get("taken_on") or today.isoformat()
    return today.isoformat()


def not_whole_roll(plan):
    """Why the file can not be the whole roll, or "". Asked of a plan of pupils."""
    if plan.kind != "pupils":
        return "Only a list of pupils can be the whole roll."
    absent = plan.missing
    if not absent:
        return ""
    there = [outcome for outcome in plan.outcomes if outcome.thing is not None]
    years = {outcome.thing.year_code for outcome in there}
    if plan.all_sen and any(plan.held.provision(pupil) == "N" for pupil in absent):
        return f"The file has pupils with SEN only. {NOT_ROLL}"
    if len(years) == 1 and {pupil.year_code for pupil in absent} - years:
        return f"The file has one year group only. {NOT_ROLL}"
    if len(there) < len(absent) or not there:
        return f"The file has fewer than half of the pupils here. {NOT_ROLL}"
    return ""


def failed_lines(batch):
    """Lines that come back to be mended: failed, and doubts that nobody settled or that somebody left."""
    kept = ImportLine.objects.filter(school_id=batch.school_id, batch=batch, state__in=lines.KEPT)
    return kept.exclude(decision__in=["same", "new"]).exclude(cells=[])


def failed_file(batch):
    """(bytes, name, content type) of the rows that were not brought in, with a column that says what to put right."""
    header = [head for head, _ in batch.columns]
    rows, errors = [], {}
    for line in failed_lines(batch):
        for cells in line.cells:
            errors[len(rows)] = line.words
            rows.append((cells + [""] * len(header))[: len(header)])
    heads, body = with_error_column(Sheet(header, rows), errors)
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    if batch.file_name.lower().endswith((".xlsx", ".xlsm")):
        return write_xlsx(heads, body, "To put right"), f"{stem} to put right.xlsx", XLSX
    return write_csv(heads, body), f"{stem} to put right.csv", CSV

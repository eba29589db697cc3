"""A file on its way in: uploaded, looked through, its doubts settled, applied or put aside.

What a page calls: upload_file, set_columns, set_choices, settle_line, apply_batch, drop_batch. Each raises
tables.Refused with a sentence for the person. What the file would do is worked out in pupils.imports. A batch that was
applied is undone through its operation (sendhub.kit.operations).
"""

import hashlib
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from pupils.actions.pupil import mark_left
from pupils.imports import batches, lines, run, store
from pupils.models import ImportBatch, ImportColumn, ImportLine
from sendhub.audit import Actor, action
from sendhub.kit import jobs, operations
from sendhub.tables import Refused
from staff.imports.columns import read_header, remembered_as
from staff.imports.plan import LEFT_OUT, State

AT_ONCE = 3_000  # rows that are looked through while the person waits: under half a second
Batch = ImportBatch.State
Decision = ImportLine.Decision
MAKES_NEW = {"pupils", "transfer", "contacts", "staff"}
NOT_IN_DOUBT = "This row is not in doubt."
TAKEN = "Another row of this file is about this person already. Leave one of the two rows out."


@action("import.upload")
def upload_file(*, school, data, file_name, by):
    """Keep the file and look through it, at once when it is short, else in a job. Raises Refused for a file that can
    not be read at all. `by` is a member, or an Actor."""
    read = run.read_file(data, file_name, school)
    batch = begin(school, data, file_name, read, by, Batch.UPLOADED)
    batch.file = store.keep(data)
    batch.save()
    look(batch, by, read)
    return batch


def begin(school, data, file_name, read, by, state, today=None):
    """An unsaved batch of this file."""
    digest = hashlib.sha256(data).hexdigest()
    choices = {"whole_roll": False, "take_names": False, "take_blanks": False}
    if read.kind == "attendance":
        choices["taken_on"] = batches.taken_on_of(school, digest, today or timezone.localdate())
    return ImportBatch(
        school=school,
        kind=read.kind,
        file_name=clean_name(file_name),
        digest=digest,
        state=state,
        columns=read.pairs(),
        choices=choices,
        member=None if isinstance(by, Actor) else by,
    )


def clean_name(file_name):
    """The last part of what the person's computer calls the file, without what could mislead a terminal or a page."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable()).strip(" .")[-120:] or "file"


def look(batch, by, read):
    """Look through the file now, or start the job that does."""
    if len(read.rows) <= AT_ONCE:
        look_through(batch, read)
        return
    batch.state = Batch.UPLOADED
    batch.job = jobs.start(
        school_id=batch.school_id,
        kind="import.read",
        params={"batch": batch.pk},
        by=by,
        title=f"Look through {run.kind_of(batch.kind).title}",
    )
    batch.save()


def look_through(batch, read):
    """Work out what the file would do and write it down line by line; doubts that were settled before stay settled."""
    today = timezone.localdate()
    choices = batches.choices_of(batch)
    plan = run.make_plan(batch.school, read, today, choices)
    if choices.whole_roll and (why := batches.not_whole_roll(plan)):
        raise Refused(why)
    decided = {
        (line.state, line.row, line.pupil_id if line.state == lines.ABSENT else None): line
        for line in ImportLine.objects.filter(school_id=batch.school_id, batch=batch).exclude(decision="")
    }
    found = lines.lines_of(plan, batch, read, leavers=choices.whole_roll)
    for line in found:
        before = decided.get((line.state, line.row, line.pupil_id if line.state == lines.ABSENT else None))
        if before:
            line.decision, line.pupil_id, line.staff_id = before.decision, before.pupil_id, before.staff_id
            line.last_day = before.last_day
    write_lines(batch, found)
    batch.columns = read.pairs()
    note(batch, plan, read)
    batch.state, batch.job = Batch.READY, None
    batch.save()


@action("import.read")
def read_batch(*, batch, by):
    """Look through a file that waits for it. What the job does; a second time it does nothing. Raises Refused."""
    fresh = locked(batch)
    if fresh.state == Batch.UPLOADED:
        look_through(fresh, batches.read_again(fresh))
    return fresh


def write_lines(batch, found):
    """Put these lines in the place of the batch's. Nothing is written when they are what stands there."""
    columns = [field.attname for field in ImportLine._meta.concrete_fields if not field.primary_key]
    there = ImportLine.objects.filter(school_id=batch.school_id, batch=batch)
    if list(there.order_by("id").values_list(*columns)) == [
        tuple(getattr(line, name) for name in columns) for line in found
    ]:
        return
    there.delete()
    ImportLine.objects.bulk_create(found, batch_size=2000)


def note(batch, plan, read):
    numbers = sum(is_news for *_, is_news in getattr(plan, "learnt", ()))
    batch.counts = plan.counts() | ({"numbers": numbers} if numbers else {})
    about_rows = [[sentence.rstrip("."), sorted(set(rows))] for sentence, rows in plan.notes.items()]
    batch.notes = [[sentence.rstrip("."), []] for sentence in read.notes] + about_rows


def locked(batch):
    """The batch as it is now; nobody else changes it until this transaction ends."""
    found = ImportBatch.objects.select_for_update(of=("self",)).select_related("school", "job")
    return found.get(school_id=batch.school_id, pk=batch.pk)


def opened(batch):
    """The batch as it is now, locked. Raises Refused when nobody may change it any more."""
    fresh = locked(batch)
    batches.need_open(fresh)
    return fresh


@action("import.columns")
def set_columns(*, batch, columns, by):
    """Read the headers named in `columns` as the fields given ("" for none), in this file and in later ones of its
    kind, and look through it again. Raises Refused when the file would not be one of its kind then."""
    batch = opened(batch)
    kind = run.kind_of(batch.kind)
    unknown = {field for field in columns.values() if field} - set(kind.spellings)
    if unknown or kind.fixed:
        raise Refused("A column can not be read as that.")
    own = run.remembered(batch.school).get(kind.name, {})
    own |= {remembered_as(header): field for header, field in columns.items()}
    read = read_header(kind, [header for header, _ in batch.columns], own)
    if not read.fits():
        raise Refused(f"This would not be {kind.title} any more, which needs {kind.wants}.")
    for header, field in columns.items():
        key = remembered_as(header)
        if key and (kind.field_of(header) or "") != field:
            ImportColumn.objects.update_or_create(
                school=batch.school, kind=kind.name, header=key, defaults={"field": field}
            )
        else:
            ImportColumn.objects.filter(school=batch.school, kind=kind.name, header=key).delete()
    look(batch, by, batches.read_again(batch))
    return batch


@action("import.choices")
def set_choices(*, batch, whole_roll=False, take_names=False, take_blanks=False, taken_on=None, by):
    """What this file may do, and look through it again. Raises Refused when it plainly is not the whole roll, or its
    attendance would be counted up to a day to come."""
    batch = opened(batch)
    batch.choices = {"whole_roll": whole_roll, "take_names": take_names, "take_blanks": take_blanks}
    if batch.kind == "attendance":
        batch.choices["taken_on"] = (taken_on or timezone.localdate()).isoformat()
        if taken_on and taken_on > timezone.localdate():
            raise Refused("Attendance can not be counted up to a day to come.")
    look(batch, by, batches.read_again(batch))
    return batch


@action("import.settle")
def settle_line(*, line, decision, by, pupil=None, staff=None, last_day=None):
    """Settle one doubt: "same" (as this pupil or member of staff; as the one that the line names, if none is given),
    "new", "leave"; an absent pupil as "left" with a last day (the day on which the file is brought in, if none is
    given); or take it back (""). Raises Refused."""
    batch = opened(line.batch)
    line = ImportLine.objects.select_for_update(of=("self",)).get(school_id=batch.school_id, pk=line.pk)
    decision = Decision(decision)
    absent = line.state == lines.ABSENT
    if line.state not in {State.IN_DOUBT, lines.ABSENT} or (decision and absent != (decision == Decision.LEFT)):
        raise Refused(NOT_IN_DOUBT)
    if decision == Decision.NEW and batch.kind not in MAKES_NEW:
        raise Refused("Nobody new comes from such a file. Say who it is, or leave the row out.")
    if decision == Decision.SAME:
        line.pupil, line.staff = pupil or line.pupil, staff or line.staff
        refuse_taken(batch, line)
    line.decision, line.last_day = decision, last_day if decision == Decision.LEFT else None
    line.save()
    return line


def refuse_taken(batch, line):
    """One pupil or person is one row's in such a file."""
    field = "staff" if batch.kind == "staff" else "pupil"
    whom = getattr(line, f"{field}_id")
    if whom is None:
        raise Refused("Say who it is.")
    if batch.kind in {"contacts", "classes"}:  # where one pupil has many rows
        return
    others = ImportLine.objects.filter(school_id=batch.school_id, batch=batch, **{f"{field}_id": whom})
    if others.filter(state__in=[State.CHANGED, State.UNCHANGED]).exists() or (
        others.filter(state=State.IN_DOUBT, decision=Decision.SAME).exclude(pk=line.pk).exists()
    ):
        raise Refused(TAKEN)


@action("import.start")
def apply_batch(*, batch, by):
    """Bring it in, in a job; returns the batch, whose `job` shows how far it is. Raises Refused the second time."""
    batch = opened(batch)
    batch.state = Batch.APPLYING
    batch.job = jobs.start(
        school_id=batch.school_id,
        kind="import.apply",
        params={"batch": batch.pk},
        by=by,
        title=f"Bring in {run.kind_of(batch.kind).title}",
    )
    batch.save()
    return batch


@action("import.finish")
def apply_now(*, batch, by, today=None, step=lambda done, of, sentence: None):
    """Write what the file says against the database as it is now; returns the batch. What the job does.

    Raises Refused.
    """
    run.alone(batch.school)
    batch = locked(batch)
    if batch.state != Batch.APPLYING:
        raise Refused(batches.SHUT.get(batch.state, NOT_IN_DOUBT))
    step(0, 3, "Reading the file")
    read = batches.read_again(batch)
    write(batch, read, by, today or timezone.localdate(), step)
    transaction.on_commit(lambda name=batch.file: store.remove(name))
    batch.file = ""
    batch.save()
    return batch


def write(batch, read, by, today, step, states=None):
    """Plan, write it as one operation, and keep what became of each line; returns the plan."""
    choices = batches.choices_of(batch, settled=bool(batch.pk))
    leaving = leavers(batch) if batch.pk else {}
    plan = run.make_plan(batch.school, read, today, choices)
    if leaving and (why := batches.not_whole_roll(plan)):
        raise Refused(why)
    absent = {pupil.pk: pupil for pupil in getattr(plan, "missing", []) if plan.kind == "pupils"}
    leaving = [(absent[pk], last_day) for pk, last_day in leaving.items() if pk in absent]
    step(1, 3, "Writing")
    title = said(plan, len(leaving))
    with operations.operation(school_id=batch.school_id, kind="import.apply", title=title, by=by) as operation:
        run.apply_plan(plan=plan, school=batch.school, by=by, today=today)
        for pupil, last_day in leaving:
            last_day = last_day or today
            mark_left(pupil=pupil, left_on=max(last_day, pupil.joined_on or last_day), by=by)
    step(2, 3, "Noting what was done")
    note(batch, plan, read)
    batch.state, batch.operation, batch.applied_at = Batch.APPLIED, operation, timezone.now()
    batch.columns = read.pairs()
    batch.save()
    found = lines.lines_of(plan, batch, read, states=states)
    why = dict(ImportLine.objects.filter(school_id=batch.school_id, batch=batch).values_list("row", "words"))
    for line in found:
        if line.words == LEFT_OUT:  # whoever mends the row wants to know what was doubtful about it
            line.words, line.decision = why.get(line.row, LEFT_OUT), Decision.LEAVE
    write_lines(batch, found)
    return plan


def leavers(batch):
    """{absent pupil whom somebody marked as having left: last day}."""
    chosen = ImportLine.objects.filter(school_id=batch.school_id, batch=batch, decision=Decision.LEFT)
    return dict(chosen.values_list("pupil_id", "last_day"))


def said(plan, left):
    """The operation's title: counts, never a name."""
    counts = plan.counts()
    parts = [f"{counts['new']:,} new", f"{counts['changed']:,} changed"]
    parts += [f"{left:,} marked as left"] if left else []
    title = run.kind_of(plan.kind).title
    return f"{title[:1].upper()}{title[1:]}: {', '.join(parts)}"


@action("import.bring_in")
def bring_in_file(*, school, data, file_name, by, today=None, taken_on=None):
    """(plan, sentences about the file): read and write a file in one go, its doubts left. What the command does.
    `taken_on` is the day up to which an attendance list counts, if not today. Raises Refused."""
    today = today or timezone.localdate()
    run.alone(school)
    read = run.read_file(data, file_name, school)
    batch = begin(school, data, file_name, read, by, Batch.APPLYING, today)
    if taken_on and "taken_on" in batch.choices:
        batch.choices["taken_on"] = taken_on.isoformat()
    plan = write(batch, read, by, today, lambda done, of, sentence: None, states=lines.KEPT)
    return plan, read.notes


@action("import.undone")
def mark_undone(*, operation, by):
    """Say of the batch that its operation was undone."""
    ImportBatch.objects.filter(school_id=operation.school_id, operation=operation).update(state=Batch.UNDONE)


@action("import.drop")
def drop_batch(*, batch, by):
    """Put the file aside: it and its lines go, nothing of it is brought in. Raises Refused when it was."""
    batch = opened(batch)
    write_lines(batch, [])
    transaction.on_commit(lambda name=batch.file: store.remove(name))
    batch.state, batch.file = Batch.DROPPED, ""
    batch.save()
    return batch

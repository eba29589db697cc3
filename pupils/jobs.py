"""Work about pupils that takes longer than a request: a list or letters to take away, a file brought in."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from pupils import actions
from pupils.documents import family_letters, pupil_story
from pupils.exports import columns_for, rows_for
from pupils.forms import wanted_of
from pupils.models import ImportBatch, Pupil
from pupils.queries import Facts, member_about
from pupils.queries.families import WAITING, letters_in
from pupils.queries.story import story_of
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.audit import Actor, log_access
from sendhub.kit import jobs
from sendhub.rules.audiences import Audience
from sendhub.tables import Refused, write_csv, write_xlsx

EXPORT = "pupils.export"
LETTERS = "pupils.letters"
STORY = "pupils.story"
MOST_LETTERS = 100  # in one file: a letter has two pages at most, and a file 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@jobs.job(EXPORT, needs=[Permission.PUPIL_LIST, Permission.REGISTER_EXPORT])
def pupil_export(job, step):
    """The file, made as the person who asked: their scope, their columns and their filters, as all of it is now, or
    stood on the day that the filter names."""
    member = job.member.throughout()
    wanted = wanted_of(QueryDict(job.params["filter"]), member)
    facts = Facts(member, wanted.get("at"))
    ids = facts.matching({**wanted, "ids": job.params["ids"]})
    total = len(ids)
    step(0, total, "Reading the list")
    heads, rows = columns_for(member, facts.then), rows_for(facts, ids)
    log_access(
        member,
        "pupil.export",
        school_id=job.school_id,
        filter=job.params["filter"],
        pupils=total,
        ids=ids,
        chosen=job.params["ids"] is not None,
        file=job.params["file"],
    )
    said = f"{count_words(total, 'pupil', 'pupils').capitalize()} in the file."
    if job.params["file"] == "csv":
        return jobs.Result(said, write_csv(heads, rows), f"pupils-{facts.day}.csv", "text/csv; charset=utf-8")
    return jobs.Result(said, write_xlsx(heads, rows, "Pupils"), f"pupils-{facts.day}.xlsx", XLSX)


@jobs.job("import.read", needs=[Permission.IMPORT_RUN])
def import_read(job, step):
    """Look through a long file that was uploaded."""
    batch = ImportBatch.objects.get(school_id=job.school_id, pk=job.params["batch"])
    step(0, 1, "Looking through the file")
    try:
        actions.read_batch(batch=batch, by=who_asked(job))
    except Refused as refused:
        raise jobs.Failed(refused.sentence) from None
    return jobs.Result("The file is ready to look at.")


@jobs.job("import.apply", needs=[Permission.IMPORT_RUN])
def import_apply(job, step):
    """Bring a file in: all of it or nothing."""
    batch = ImportBatch.objects.get(school_id=job.school_id, pk=job.params["batch"])
    try:
        batch = actions.apply_now(batch=batch, by=who_asked(job), step=step)
    except Refused as refused:
        raise jobs.Failed(refused.sentence) from None
    return jobs.Result(f"{batch.operation.title}.")


def who_asked(job):
    return job.member or Actor(job.by, job.title)


@jobs.job(LETTERS, needs=[Permission.PUPIL_RECORD, Permission.FAMILY_TELL])
def family_letters_print(job, step):
    """One PDF of the letters that still wait to be printed, each on a sheet of its own."""
    member = job.member.throughout()
    letters = list(letters_in(member, WAITING).filter(pk__in=job.params["ids"])[:MOST_LETTERS])
    if not letters:
        raise jobs.Failed("None of these letters waits to be printed any more.")
    step(0, len(letters), "Setting the letters")
    log_access(member, "letter.print", school_id=job.school_id, ids=[letter.pupil_id for letter in letters])
    made = family_letters(letters, member.school.name)
    rest = len(job.params["ids"]) - len(letters)
    said = f"{count_words(len(letters), 'letter', 'letters').capitalize()} in the file."
    said += f" {rest:,} more did not fit: print again when these are posted." if rest > 0 else ""
    said += " When they are in the post, mark them as posted."
    return jobs.Result(said, made, f"letters-{timezone.localdate()}.pdf", "application/pdf")


@jobs.job(STORY, needs=[Permission.PUPIL_RECORD, Permission.REGISTER_EXPORT])
def story_make(job, step):
    """The story of a case as a PDF, made anew: a name that came in since the choices were made stops it."""
    asked = job.params
    pupil = Pupil.objects.visible_to(job.member).filter(pk=asked["pupil"]).first()
    member = member_about(job.member, pupil) if pupil else None
    if member is None or not (member.can(Permission.PUPIL_RECORD) and member.can(Permission.REGISTER_EXPORT)):
        raise jobs.Failed("You may not open this record any more.")
    step(0, 1, "Writing the story")
    since = date.fromisoformat(asked["since"]) if asked["since"] else None
    audience, restricted = Audience(asked["audience"]), asked["restricted"]
    story = story_of(
        member, pupil, timezone.localdate(), audience, since=since, restricted=restricted, choices=asked["choices"]
    )
    if story.undecided(asked["choices"]):
        raise jobs.Failed("Names have come into the record since you decided. Open the story again and decide of them.")
    log_access(
        member, "story.make", school_id=job.school_id, pupil_id=pupil.pk, audience=audience, restricted=restricted
    )
    made = pupil_story(story, member.school.name)
    return jobs.Result("The story is made. Read it through before it goes.", made, "story.pdf", "application/pdf")

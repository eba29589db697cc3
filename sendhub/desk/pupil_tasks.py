"""What waits about pupils, as tasks: families, proposals, files, gaps, the census, reading. Counts only, no names."""

from django.utils import timezone

from pupils.queries import LACKS
from pupils.queries.waiting import reading_left, without_email
from pupils.words import count_words, day_words
from sendhub.access import Permission
from sendhub.desk.task import Task
from sendhub.rules import waiting as by_when
from sendhub.rules.census import census_gaps
from sendhub.rules.reading import pace

P = Permission
LIST = "pupils:pupil-list"
LINKS = ("pupils:pupil-links", (), "part=key_adult")


def family_tasks(counts, today):
    """Families who are not told, or of whom nobody can tell."""
    cannot, asked, letters = counts["cannot_tell"], counts["asked"], counts["letters"]
    tasks = []
    if cannot.number:
        tasks.append(
            Task(
                f"{count_words(cannot.number, 'family', 'families')} of whom nobody can tell if they were told",
                "These came in with a file. Say how and when they were told, or write to them.",
                by_when.family_told(None, today),
                ("pupils:told-list",),
                "Record it",
                "message-circle-question-mark",
                P.FAMILY_TELL,
            )
        )
    if asked.number:
        tasks.append(
            Task(
                f"{count_words(asked.number, 'family', 'families')} asked to ring and not told yet",
                f"The oldest move is of {day_words(asked.since, today)}. Record that they rang, or print the letter.",
                by_when.family_told(asked.since, today),
                ("pupils:told-list",),
                "Record it",
                "message-circle-warning",
                P.FAMILY_TELL,
            )
        )
    if letters.number:
        tasks.append(
            Task(
                f"{count_words(letters.number, 'letter', 'letters')} to families to print and post",
                f"The oldest is about a move of {day_words(letters.since, today)}.",
                by_when.family_told(letters.since, today),
                ("pupils:letter-list",),
                "Print",
                "printer",
                P.FAMILY_TELL,
            )
        )
    return tasks


def proposal_tasks(counts, today):
    found = counts["proposals"]
    if not found.number:
        return []
    return [
        Task(
            f"{count_words(found.number, 'change', 'changes')} that a file proposes for the register",
            f"The oldest is of {day_words(found.since, today)}. Nothing changes until somebody decides.",
            by_when.proposal_decided(found.since, today),
            ("pupils:proposal-list",),
            "Decide",
            "git-pull-request-arrow",
            P.REGISTER_MOVE,
        )
    ]


def file_tasks(counts, today):
    """Files that wait to be brought in, and what is left in doubt of those that were."""
    files, doubts = counts["files"], counts["doubts"]
    tasks = []
    if files.number:
        tasks.append(
            Task(
                f"{count_words(files.number, 'file waits', 'files wait')} to be brought in",
                f"Uploaded on {day_words(files.since, today)}. Nothing has changed yet.",
                by_when.file_brought_in(files.since, today),
                ("pupils:import-show", (files.pk,)) if files.pk else ("pupils:import-list",),
                "Look through it" if files.pk else "Look through them",
                "file-up",
                P.IMPORT_RUN,
            )
        )
    if doubts.number:
        tasks.append(
            Task(
                f"{count_words(doubts.number, 'doubt', 'doubts')} left from files that were brought in",
                "They were left out until somebody says who is who.",
                by_when.doubt_settled(doubts.since, today),
                ("pupils:import-show", (doubts.pk,)) if doubts.pk else ("pupils:import-list",),
                "Settle them",
                "circle-question-mark",
                P.IMPORT_RUN,
            )
        )
    return tasks


def gap_tasks(stand, today):
    """Gaps of the register in `stand` (the school's standings). The type of need is the census's; the rest is ours."""
    register = [standing for standing in stand.values() if standing.provision]
    found = {gap: sum(map(LACKS[gap], register)) for gap in LACKS}
    census = census_gaps(today, about_need=True)
    ours = by_when.when_there_is_time
    rows = [
        (
            "need",
            "without a type of need",
            "The census takes one for each of them." if census.due else census.anchor,
            census,
            "See who",
            "circle-question-mark",
            P.CENSUS_CHECK,
        ),
        (
            "key_adult",
            "without a key adult",
            "Nobody at school is named as the one who knows them.",
            ours("key_adult", "the law names no key adult"),
            "Link the adults",
            "user-plus",
            P.PUPIL_LINK,
        ),
        (
            "first_line",
            "with nothing to know yet",
            "Their teachers open an empty record.",
            ours("first_line", "one line helps each teacher"),
            "Write the first lines",
            "pencil",
            P.PUPIL_EDIT,
        ),
    ]
    return [
        Task(
            f"{count_words(found[gap], 'pupil', 'pupils')} on the register {what}",
            why,
            deadline,
            LINKS if gap == "key_adult" else (LIST, (), f"gap={gap}"),
            verb,
            icon,
            needs,
        )
        for gap, what, why, deadline, verb, icon, needs in rows
        if found[gap]
    ]


def email_tasks(school_id, today):
    """Pupils whose family cannot be reached by e-mail. One query."""
    without = without_email(school_id)
    if not without:
        return []
    return [
        Task(
            f"{count_words(without, 'pupil', 'pupils')} without an e-mail address for the family",
            "Their letters must be printed.",
            by_when.when_there_is_time("email", "an address spares a stamp"),
            (LIST, (), "gap=email"),
            "See who",
            "mail-x",
            P.CONTACT_VIEW,
        )
    ]


def reading_tasks(member, stand, today, marks=None):
    """The member's own reading queue, while it is not read through and its day has not gone, or they are
    at it. One query."""
    read, of = reading_left(member, stand, marks)
    plan = pace(of - read, timezone.localdate(member.started_at), today)
    if read == of or (plan.passed and not read):
        return []
    why = (
        "The day for it has gone: nobody is late."
        if plan.passed
        else f"{count_words(plan.a_week, 'pupil', 'pupils')} a week."
    )
    return [
        Task(
            f"Get to know the pupils: {read} of {of} read",
            why,
            by_when.known(None if plan.passed else plan.target),
            ("pupils:reading-list",),
            "Go on reading" if read else "Begin",
            "book-open",
            P.READING_KEEP,
        )
    ]

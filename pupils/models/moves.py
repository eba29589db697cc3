"""What happened on the register, and whether the family was told: moves, letters, flags, and what a file proposes.

A move is an event with a reason; the provision that holds since is a SENRecord. Flags never change the counts.
"""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.people import Contact
from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


class Provision(models.TextChoices):
    """What the census calls SEN provision. N has no row of its own in the register: it is the absence of one."""

    NONE = "N", "Not on the register"
    SUPPORT = "K", "SEN Support"
    PLAN = "E", "EHC plan"


@pghistory.track()
class RegisterMove(SchoolModel):
    """On to the register, to another provision, or off it. The family is told of every move (Children and Families
    Act 2014, section 68), so a person's move is not saved without a record of that or a letter on its way. Of a move
    that came in with a file nobody can tell."""

    class Source(models.TextChoices):
        PERSON = "person", "Somebody here"
        FILE = "file", "A file of the school's own system"
        TRANSFER = "transfer", "The school before"

    class Told(models.TextChoices):
        TOLD = "told", "Told"
        LETTER = "letter", "A letter is on its way"
        CANNOT_TELL = "cannot_tell", "Cannot tell"

    class How(models.TextChoices):
        MEETING = "meeting", "At a meeting"
        PHONE = "phone", "By phone"
        LETTER = "letter", "By letter"
        EMAIL = "email", "By e-mail"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="register_moves")
    before = models.CharField(max_length=1, choices=Provision)
    after = models.CharField(max_length=1, choices=Provision)
    on = models.DateField("first day")  # of what holds since
    on_known = models.BooleanField(default=True)  # False: first seen in a file; it may have begun earlier
    reason = models.CharField(max_length=300, blank=True)
    council_on = models.DateField("the council's date", null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.PERSON)
    told = models.CharField(max_length=11, choices=Told)
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=7, choices=How, blank=True)
    told_by = SchoolKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="move_moves"),
            models.CheckConstraint(
                condition=~Q(told="told") | (Q(told_on__isnull=False) & ~Q(told_how="") & Q(told_by__isnull=False)),
                name="move_told_when_how_by",
            ),
            models.CheckConstraint(
                condition=~Q(source="person") | (~Q(told="cannot_tell") & ~Q(reason="")),
                name="move_has_reason_and_told",
            ),
            models.CheckConstraint(
                condition=~Q(source="person")
                | ~(Q(before="E") | Q(after="E"))
                | Q(council_on__isnull=False, council_on=F("on")),
                name="move_plan_by_council",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "pupil", "-on"], name="move_by_pupil"),
            models.Index(fields=["school", "told"], condition=~Q(told="told"), name="move_not_told"),
        ]
        ordering = ["-on", "-id"]


@pghistory.track()
class FamilyLetter(SchoolModel):
    """A letter to one adult of a pupil's family about a move: drafted, then sent by e-mail or printed and posted.

    The words are the writer's own, so they are kept as written. By e-mail only a notice goes that says there is
    news; what is printed says it all.
    """

    class Way(models.TextChoices):
        EMAIL = "email", "By e-mail"
        POST = "post", "Printed"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="family_letters")
    move = SchoolKey(RegisterMove, models.CASCADE, related_name="letters")
    contact = SchoolKey(Contact, models.SET_NULL, null=True, related_name="letters")
    addressee = models.CharField(max_length=180)  # as it stood when the letter was written
    way = models.CharField(max_length=5, choices=Way)
    text = models.TextField(max_length=4000)
    written_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)  # posted, or handed to the mail service
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(withdrawn_on__isnull=True), name="letter_sent_or_withdrawn"
            )
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="letter_by_pupil")]
        ordering = ["written_on", "id"]

    def __str__(self):
        return f"letter {self.pk}"


@pghistory.track()
class PupilFlag(SchoolModel):
    """A concern, or an assessment by the council under way. Dated; beside the register and never part of it."""

    class Kind(models.TextChoices):
        CONCERN = "concern", "Concern"
        ASSESSED = "assessed", "Being assessed"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil", "kind"], condition=Q(ends_on__isnull=True), name="one_open_flag"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="flag_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="flag_by_pupil")]
        ordering = ["starts_on", "id"]


@pghistory.track()
class ProvisionProposal(SchoolModel):
    """A file says another provision than the register: accepted as a move, or set aside. Never by itself."""

    class State(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        ACCEPTED = "accepted", "Accepted"
        SET_ASIDE = "set_aside", "Set aside"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="proposals")
    before = models.CharField(max_length=1, choices=Provision)
    after = models.CharField(max_length=1, choices=Provision)
    seen_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    move = SchoolKey(RegisterMove, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil"], condition=Q(state="open"), name="one_open_proposal"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="proposal_moves"),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True) | (~Q(state="open") & Q(decided_on__isnull=False)),
                name="proposal_decided",
            ),
        ]
        ordering = ["-seen_on", "id"]


@pghistory.track()
class ReadingMark(SchoolModel):
    """One adult's "get to know" tag on a pupil, and when they read what there is to know."""

    member = SchoolKey("staff.Membership", models.CASCADE, related_name="reading_marks")
    pupil = SchoolKey(Pupil, models.CASCADE, related_name="reading_marks")
    tagged_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "member", "pupil"], name="one_mark_a_reader"),
            models.CheckConstraint(
                condition=Q(tagged_on__isnull=False) | Q(read_on__isnull=False), name="mark_says_something"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="mark_by_pupil")]

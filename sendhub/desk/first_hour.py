"""A new school's first hour: invite, import, terms, staff, links. Each step is worked out from what is there, never
ticked by hand; one may be left out for a reason, and is then the school's choice and not done."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from pupils.models import Contact, GroupPupil, Pupil, PupilAdult, SENRecord
from pupils.words import count_words, sentence_list
from sendhub.access import Permission, Role
from sendhub.rules.school_calendar import academic_year
from staff.models import GroupStaff, Membership, SetupChoice, TeachingGroup, Term
from staff.signin.batch import board

P = Permission
KEYS = ("people", "files", "terms", "staff", "links")
MOST_NAMES = 3


@dataclass(slots=True)
class Step:
    """One step as the page shows it. `needs` is who can do it; `url` is "" for a member who can not."""

    key: str
    title: str
    why: str
    minutes: int
    needs: Permission
    who: str
    url: str
    verb: str
    state: str = ""
    done: bool = False
    choice: SetupChoice | None = None
    names: str = ""
    may: bool = False

    @property
    def settled(self):
        return self.done or self.choice is not None


def blank_steps():
    """The steps in their order, without a state."""
    links = "pupils:group-links"
    return [
        Step("people", "Invite the two who help you first", "The office brings the files in; the head says who may do "
             "what.", 3, P.STAFF_INVITE, "The SENDCO, the head or the office", "staff:person-invite", "Invite them"),
        Step("files", "Bring in the school’s files", "Pupils, staff, classes and contacts, as your own system gives "
             "them.", 15, P.IMPORT_RUN, "The office brings them in, the SENDCO looks through",
             "pupils:import-list", "Bring in a file"),
        Step("terms", "Look through the terms and closures", "They are proposed for you; you correct what differs.", 4,
             P.YEAR_SET, "The office, the head or the SENDCO", "staff:year-plan", "Set the terms"),
        Step("staff", "Invite everybody else", "Roles are suggested from job titles; you check them before anything is "
             "sent.", 5, P.STAFF_INVITE, "The office sends; the head and the SENDCO give the wider roles",
             "staff:invitation-batch", "Check the invitations"),
        Step("links", "Say who looks after whom", "Form tutors, then key adults, many at once.", 6, P.GROUP_TIE,
             "The office ties forms and years; the SENDCO links key adults and assistants", links, "Link the adults"),
    ]  # fmt: skip


@dataclass(slots=True)
class Hour:
    """The steps, and the sentence that they come to."""

    steps: list
    facts: object

    @property
    def next(self):
        """The first step that is neither done nor left out."""
        return next((step for step in self.steps if not step.settled), None)

    @property
    def settled(self):
        return sum(1 for step in self.steps if step.settled)

    @property
    def minutes(self):
        return sum(step.minutes for step in self.steps if not step.settled)

    @property
    def sentence(self):
        if self.next is None:
            return "Everything is set up."
        return f"{self.settled} of {len(self.steps)} steps are settled. About {self.minutes} minutes are left."

    @property
    def works(self):
        """What now happens without the SENDCO, as sentences made of what is there."""
        facts, said = self.facts, []
        if facts.pupils:
            said.append(
                f"{count_words(facts.pupils, 'pupil is', 'pupils are')} here, each with the family to write to."
            )
        if facts.tutored:
            tutors = count_words(facts.tutored, "form has its tutor", "forms have their tutors")
            said.append(f"{tutors}, who open those pupils’ records and nobody else’s.")
        others = facts.places - 1
        if others > 0:
            said.append(
                f"{count_words(others, 'colleague signs', 'colleagues sign')} in without asking you for a list."
            )
        if facts.terms:
            said.append("The week of term and the school days count themselves.")
        return [words[:1].upper() + words[1:] for words in said]


class Facts:
    """What is there, for one school. Each fact is read once, when a step asks for it."""

    def __init__(self, member, day):
        self.member, self.school, self.day = member, member.school, day

    @cached_property
    def members(self):
        return list(Membership.objects.current().filter(school=self.school).select_related("user").order_by("pk"))

    @cached_property
    def board(self):
        return board(self.school, self.member, timezone.now())

    @cached_property
    def roles(self):
        """Roles that somebody has or is invited to."""
        asked = self.board.invited + self.board.lapsed
        return {role for row in [*self.members, *asked] for role in row.roles}

    @property
    def places(self):
        return len(self.members)

    @cached_property
    def pupils(self):
        return Pupil.objects.filter(school=self.school).on_roll().count()

    @cached_property
    def terms(self):
        return Term.objects.filter(school=self.school, year__starts=academic_year(self.day)).count()

    @cached_property
    def classes(self):
        """Whether a class list came in: pupils sit in classes, or a form has somebody who teaches it."""
        in_class = GroupPupil.objects.filter(school=self.school, group__kind=TeachingGroup.Kind.CLASS)
        return in_class.exists() or GroupStaff.objects.filter(school=self.school).exists()

    @cached_property
    def contacts(self):
        return Contact.objects.filter(school=self.school).exists()

    @cached_property
    def forms(self):
        year = academic_year(self.day)
        forms = TeachingGroup.objects.filter(school=self.school, kind=TeachingGroup.Kind.FORM, year__starts=year)
        return set(forms.order_by().values_list("pk", flat=True))

    @cached_property
    def tutored(self):
        ties = GroupStaff.objects.filter(school=self.school, part=GroupStaff.Part.TUTORS, group_id__in=self.forms)
        return len(set(ties.exclude(ends_on__lt=self.day).values_list("group_id", flat=True)))

    @cached_property
    def register(self):
        """(how many are on the register, how many of them have a key adult)."""
        held = SENRecord.objects.at(self.day).filter(school=self.school, pupil__left_on__isnull=True)
        ids = set(held.order_by().values_list("pupil_id", flat=True))
        ties = PupilAdult.objects.filter(school=self.school, part=PupilAdult.Part.KEY_ADULT, pupil_id__in=ids)
        return len(ids), len(set(ties.exclude(ends_on__lt=self.day).order_by().values_list("pupil_id", flat=True)))


def hour_of(member, day):
    """The first hour as this member sees it."""
    facts = Facts(member, day)
    choices = {choice.step: choice for choice in SetupChoice.objects.filter(school=member.school)}
    steps = blank_steps()
    for step in steps:
        step.state, step.done = STATES[step.key](facts)
        step.choice = None if step.done else choices.get(step.key)
        step.may = member.can(step.needs)
        step.names = names_of(facts, step.needs)
        route = "staff:person-list" if step.key == "people" and step.done else step.url
        step.url = reverse(route) if step.may else ""
    return Hour(steps, facts)


def names_of(facts, needed):
    """Who here can do a step, by name; those that come first only, where there are many."""
    names = [each.name for each in facts.members if each.can(needed)]
    rest = len(names) - MOST_NAMES
    return sentence_list(names if rest < 1 else [*names[:MOST_NAMES], count_words(rest, "other", "others")])


# --- the state of each step: (words, whether it is done) ---------------------------------------------------------
def people_state(facts):
    here, asked = facts.places, len(facts.board.invited) + len(facts.board.lapsed)
    words = f"{count_words(here, 'person', 'people').capitalize()} can sign in, {asked or 'nobody'} invited."
    return words, {Role.HEAD, Role.OFFICE} <= facts.roles


def files_state(facts):
    parts = {
        "pupils": facts.pupils,
        "staff": facts.board.listed > 0,
        "classes": facts.classes,
        "contacts": facts.contacts,
    }
    missing = [name for name, there in parts.items() if not there]
    here = f"{count_words(facts.pupils, 'pupil', 'pupils').capitalize()} here. "
    return here + (f"Still to come: {sentence_list(missing)}." if missing else "All four lists are in."), not missing


def terms_state(facts):
    return f"{count_words(facts.terms, 'half term', 'half terms').capitalize()} set for this year.", facts.terms > 0


def staff_state(facts):
    people = facts.board
    left = len(people.candidates) + len(people.lapsed)
    if not people.listed:
        return "The staff list is not here yet.", False
    words = f"{people.joined} can sign in, {len(people.invited)} invited, {left} left"
    return f"{words}, {len(people.without)} without an address.", left == 0


def links_state(facts):
    forms, (register, keyed) = len(facts.forms), facts.register
    words = f"{facts.tutored} of {count_words(forms, 'form has a tutor', 'forms have a tutor')}." if forms else ""
    if facts.member.can(Permission.PUPIL_RECORD):
        words += f" {keyed} of {register} on the register have a key adult."
    done = bool(forms) and facts.tutored == forms and keyed == register
    return words.strip() or "Forms come in with the pupils’ file.", done


STATES = {
    "people": people_state,
    "files": files_state,
    "terms": terms_state,
    "staff": staff_state,
    "links": links_state,
}

"""What records lack that somebody here can put in: one list a gap, each pupil one press from where it is mended.

A gap is shown to whoever may mend it. Who opens records sees gaps of the register and its families; the office, who
must not know who is on it, sees everybody's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Q

from pupils.models import Contact, Pupil
from pupils.queries.standings import LACKS, NOWHERE, standings
from pupils.words import PROVISIONS
from sendhub.access import Permission

P = Permission


class Family(NamedTuple):
    """The first contact's id; whether any has an e-mail address, parental responsibility, a language named."""

    first: int | None = None
    reached: bool = False
    parent: bool = False
    language: bool = False


class Known(NamedTuple):
    """What is looked at of one pupil."""

    pk: int
    name: str
    form: str
    upn: str
    eal: bool | None
    standing: object
    family: Family

    @property
    def words(self):
        return PROVISIONS[self.standing.provision] if self.standing.provision else ""


def at_pupil(route):
    return lambda known: (route, [known.pk])


def at_contact(known):
    """The first adult of the family, or a new one."""
    if known.family.first is None:
        return "pupils:contact-add", [known.pk]
    return "pupils:contact-change", [known.family.first]


@dataclass(frozen=True, slots=True)
class Gap:
    """`mend` gives the address for a pupil, `needs` who may go there. `everyone`: not only those on the register."""

    key: str
    title: str
    plain: str
    verb: str
    lacks: Callable
    mend: Callable
    needs: frozenset
    everyone: bool = False


COLUMNS = ("pk", "surname", "forename", "form", "upn", "eal")
RECORDS = frozenset({P.PUPIL_LIST, P.PUPIL_RECORD})
FAMILY = frozenset({P.PUPIL_LIST, P.CONTACT_VIEW, P.PUPIL_ADD})
GAPS = (
    Gap(
        "need", "No type of need", "The census takes one for each pupil on the register.", "Set the needs",
        lambda known: LACKS["need"](known.standing), at_pupil("pupils:needs-change"), RECORDS | {P.REGISTER_MOVE},
    ),
    Gap(
        "since", "Not known since when", "They came on to the register with a file that gave no day.", "Give the day",
        lambda known: not known.standing.since_known, at_pupil("pupils:days-change"), RECORDS | {P.REGISTER_MOVE},
    ),
    Gap(
        "key_adult", "No key adult", "Nobody at school is named as the one who knows them.", "Link an adult",
        lambda known: LACKS["key_adult"](known.standing), at_pupil("pupils:adult-link"), RECORDS | {P.PUPIL_LINK},
    ),
    Gap(
        "first_line", "Nothing to know yet", "Their teachers open an empty record.", "Write it",
        lambda known: LACKS["first_line"](known.standing), at_pupil("pupils:first-line-change"),
        RECORDS | {P.PUPIL_EDIT},
    ),
    Gap(
        "upn", "No UPN", "The census and the next school know a pupil by this number.", "Enter it",
        lambda known: not known.upn, at_pupil("pupils:pupil-change"), frozenset({P.PUPIL_LIST, P.PUPIL_ADD}),
        everyone=True,
    ),
    Gap(
        "parent", "No parental responsibility", "No adult is known to have it: nobody may be told or asked.",
        "Say who has it", lambda known: not known.family.parent, at_contact, FAMILY,
    ),
    Gap(
        "email", "No family e-mail", "Their letters must be printed.", "Enter it",
        lambda known: not known.family.reached, at_contact, FAMILY,
    ),
    Gap(
        "language", "No language named", "Another language is spoken at home. Say which, and whether the family needs"
        " an interpreter.", "Say which",
        lambda known: known.eal and not known.family.language, at_contact, FAMILY,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lacking:
    gap: Gap
    rows: list = field(default_factory=list)  # Known


def gaps_of(member):
    """The gaps that this member may mend, in their order."""
    return [gap for gap in GAPS if gap.needs <= member.permissions]


def lacking(member, day):
    """[Lacking], one a gap that the member may mend, those that nobody has too; pupils by name. Three queries."""
    found = [Lacking(gap) for gap in gaps_of(member)]
    opens = member.can(P.PUPIL_RECORD)
    for known in known_of(member, day, opens):
        for each in found:
            counts = each.gap.everyone or known.standing.provision or not opens
            if counts and each.gap.lacks(known):
                each.rows.append(known)
    return found


def known_of(member, day, opens):
    """Known of each pupil on roll whom the member sees, by name. Standings are read for those who open records."""
    stand = standings(member.school_id, day) if opens else {}
    families = families_of(member.school_id) if member.permissions >= FAMILY else {}
    pupils = Pupil.objects.visible_to(member, day).on_roll().order_by("sort_name", "id")
    return [
        Known(pk, f"{surname}, {forename}", form, upn, eal, stand.get(pk, NOWHERE), families.get(pk, Family()))
        for pk, surname, forename, form, upn, eal in pupils.values_list(*COLUMNS)
    ]


def families_of(school_id):
    """{pupil: Family}. One query."""
    rows = Contact.objects.filter(school_id=school_id).order_by().values_list("pupil_id")
    rows = rows.annotate(
        ids=ArrayAgg("id", order_by=["priority", "id"]),
        reached=BoolOr(~Q(email="")),
        parent=BoolOr(Q(parental_responsibility=True)),
        spoken=BoolOr(~Q(language="")),
    )
    return {pk: Family(ids[0], reached, bool(parent), spoken) for pk, ids, reached, parent, spoken in rows}

"""Records that may be about one child: who looks like a pupil that is being added, and pairs that look alike."""

import re
from dataclasses import dataclass

from django.db.models import Q

from pupils.models import Pupil, TwoPupils
from pupils.queries.find import fits
from sendhub.rules.names import alike, plain
from sendhub.rules.upn import slip

BORN = "The same birthday, and names that sound alike."
SLIP = "Their UPNs differ by one slip of the keyboard."
FORMER = "One has the UPN that the other had before."


@dataclass(frozen=True, slots=True)
class Pair:
    one: Pupil
    other: Pupil
    why: str


def likely_doubles(member, said):
    """Pupils whom the member may see, leavers too, who may be the one that `said` (not saved) describes. One query."""
    pupils = Pupil.objects.visible_to(member).filter(Q(born_on=said.born_on) | ~Q(upn="") | ~Q(former_upn=""))
    return [pupil for pupil in pupils.order_by("sort_name", "id") if why_alike(said, pupil)]


def pupils_named(member, text, but, most=10):
    """Pupils in scope who fit every word of `text` as in the search, leavers too. One query."""
    words = re.findall(r"[^\s,\0]+", plain(text))[:6]
    pupils = Pupil.objects.visible_to(member).exclude(pk=but.pk).filter(*(fits(word) for word in words))
    return list(pupils.order_by("sort_name", "id")[:most]) if words else []


def why_alike(one, other):
    """In words why two may be one child; empty when nothing says so."""
    if (one.upn and one.upn in (other.upn, other.former_upn)) or (other.upn and other.upn == one.former_upn):
        return FORMER
    if slip(one.upn, other.upn):
        return SLIP
    if one.born_on == other.born_on and names_alike(one, other):
        return BORN
    return ""


def names_alike(one, other):
    """Spoken or legal: a first name like a first name and a surname like a surname, or the two the other way about."""
    first, last = ({one.forename, one.legal_forename}, {one.surname, one.legal_surname})
    others = ({other.forename, other.legal_forename}, {other.surname, other.legal_surname})
    return (any_alike(first, others[0]) and any_alike(last, others[1])) or (
        any_alike(first, others[1]) and any_alike(last, others[0])
    )


def any_alike(names, others):
    return any(alike(name, other) for name in names for other in others)


def suggested_doubles(member, pupil=None):
    """[Pair] of records that may be about one child, without those of which somebody has said that they are two.
    With `pupil` only their own. Two queries."""
    pupils = list(Pupil.objects.visible_to(member).order_by("sort_name", "id"))
    said = TwoPupils.objects.filter(school_id=member.school_id).values_list("one_id", "other_id")
    told_apart = {frozenset(pair) for pair in said}
    found = {}
    for group in groups(pupils):
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                key = frozenset((one.pk, other.pk))
                if key in found or key in told_apart or (pupil and pupil.pk not in key):
                    continue
                why = why_alike(one, other)
                if why:
                    found[key] = Pair(one, other, why)
    return list(found.values())


def groups(pupils):
    """Only pupils of one group need be compared: the same birthday, or a UPN with one character masked, two
    neighbours in either order, or one that the other had before."""
    by_key = {}
    for pupil in pupils:
        keys = {pupil.born_on, *(("was", upn) for upn in (pupil.upn, pupil.former_upn) if upn)}
        upn = pupil.upn
        for place in range(len(upn)):
            keys.add((place, upn[:place] + upn[place + 1 :]))
            two = "".join(sorted(upn[place : place + 2]))
            keys.add((place, "two", upn[:place] + two + upn[place + 2 :]))
        for key in keys:
            by_key.setdefault(key, []).append(pupil)
    return [group for group in by_key.values() if len(group) > 1]

"""Coming, going and classes: the first and the last day here, and the classes of a day in one sentence."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import GroupPupil, Pupil
from pupils.queries.gather import About

KIND = Kind.PEOPLE
# A place without a first day holds from the day on which that year's groups begin to count.
FIRST = (
    "coalesce({0}.starts_on, (SELECT y.groups_from FROM staff_teachinggroup g"
    " JOIN staff_schoolyear y ON y.id = g.year_id WHERE g.id = {0}.group_id))"
)
NAMES = (
    "(SELECT string_agg(n.name, ', ' ORDER BY n.name) FROM pupils_grouppupil o"
    " JOIN staff_teachinggroup n ON n.id = o.group_id"
    " WHERE o.school_id = t.school_id AND o.pupil_id = t.pupil_id AND {} = {})"
)
HERE = About(Pupil, whose="id")


def joined(pupil, member, day):
    return Said("First day at this school.")


def left(pupil, member, day):
    return Said("Last day at this school.")


def placed(place, member, day):
    return Said(f"Put in {place.names}.")


def moved_out(place, member, day):
    return Said(f"Last day in {place.names}.")


def places(column):
    return About(GroupPupil, extra={"names": NAMES.format(column.format("o"), column.format("t"))})


HAPPENED = {
    "joined": Happening(HERE, "t.joined_on", joined),
    "left": Happening(HERE, "t.left_on", left),
    "placed": Happening(places(FIRST), FIRST.format("t"), placed, once_a_day=True),
    "moved_out": Happening(places("{0}.ends_on"), "t.ends_on", moved_out, once_a_day=True),
}

"""What the files do not say, so that each page of Oakfield has something to show: who leads, tutors and supports, key
adults, first things to know, next year's class, messages and saved views."""

from datetime import date, timedelta
from itertools import cycle

from pupils.actions import (
    change_first_line,
    change_pointer,
    link_adult,
    mark_read,
    place_pupils,
    record_told,
    save_adults,
    set_flag,
    tag_pupils,
)
from pupils.models import Pupil, PupilAdult, RegisterMove, SENNeed, SENRecord
from sendhub.desk.demo import cast
from sendhub.desk.demo.away import away
from sendhub.desk.demo.concerns import raise_some
from sendhub.desk.demo.lines import first_lines
from sendhub.desk.demo.rights import write_down
from sendhub.desk.demo.support import support
from sendhub.desk.demo.words import write_words
from sendhub.kit.actions import save_view
from staff.actions import add_group, save_ties
from staff.models import GroupStaff, StaffMember, TeachingGroup

Part, Kind, Adult = GroupStaff.Part, TeachingGroup.Kind, PupilAdult.Part
LIST = "pupils:pupil-list"
KEY_ADULT_PUPILS = 40
POINTERS = 3
READ, TO_KNOW = 34, 5
TOLD_DAYS = 40
ASSESSED, ASSESSED_DAYS = 3, 40  # pupils, and since when the council was asked
VIEWS = (
    ("EHC plans in Year 11", "provision=E&year=11"),
    ("SEN Support in Year 9", "provision=K&year=9"),
    ("Autism", "provision=register&need=ASD"),
)


def tie(school, year, following, members, today, by):
    """`members` are the cast's memberships by surname."""
    register = on_register(school, today)
    lead_and_tutor(school, year, members, by)
    open_next_year(school, year, following, members, by)
    give_adults(school, year, register, members, today, by)
    sendco = members["Nair"]
    for pupil, words in first_lines(register):
        change_first_line(pupil=pupil, text=words, version=pupil.version, by=sendco)
    for pupil in Pupil.objects.filter(school=school, pk__in=[pupil.pk for pupil, _ in register[5 : 5 + POINTERS]]):
        change_pointer(pupil=pupil, speak_to_dsl=True, by=members["Farrow"])
    write_words(register, members, today)
    get_to_know(school, register, members, today)
    support(register, members, today)
    tell_families(school, register, today, sendco)
    supported = set(SENRecord.objects.at(today).filter(school=school, provision="K").values_list("pupil_id", flat=True))
    asked = [pupil for pupil, _ in register if pupil.pk in supported][:ASSESSED]
    set_flag(pupils=asked, kind="assessed", starts_on=today - timedelta(days=ASSESSED_DAYS), by=sendco)
    raise_some(school, members, cast.TEACHER_FORM, today)
    away(school, register, members, today)
    write_down(school, register, members, today)
    for name, query in VIEWS:
        save_view(by=sendco, name=name, page=LIST, query=query, shared=True)
    save_view(by=members["Whitlock"], name="My form", page=LIST, query=f"provision=all&form={cast.TEACHER_FORM}")


def get_to_know(school, register, members, today):
    """The SENDCO has read about some of the register, youngest first, and tagged a few; the leader has begun."""
    youngest = sorted(
        (pupil for pupil, _ in register), key=lambda pupil: (pupil.year_sort, pupil.form, pupil.sort_name)
    )
    for pupil in youngest[:READ]:
        mark_read(pupil=pupil, on=today, by=members["Nair"])
    tag_pupils(pupils=youngest[READ : READ + TO_KNOW], on=today, by=members["Nair"])
    for pupil in [pupil for pupil, _ in register if pupil.year_code == "9"][:TO_KNOW]:
        mark_read(pupil=pupil, on=today, by=members["Osei"])


def tell_families(school, register, today, sendco):
    """Of everybody but the newest year it is on record that the family was told, at the meetings of the autumn."""
    older = [pupil.pk for pupil, _ in register if pupil.year_code != "7"]
    moves = list(RegisterMove.objects.filter(school=school, pupil_id__in=older))
    day = today - timedelta(days=TOLD_DAYS)
    record_told(moves=moves, told_on=day, told_how=RegisterMove.How.MEETING, told_by=sendco.staff, by=sendco)


def on_register(school, today):
    """(pupil, main need) of everybody on the register, Year 9 first, so that the cast's pupils are among them."""
    main = dict(SENNeed.objects.at(today).filter(school=school, rank=1).values_list("pupil_id", "code"))
    held = SENRecord.objects.at(today).filter(school=school).values("pupil_id")
    pupils = Pupil.objects.filter(school=school, pk__in=held).order_by("sort_name", "id")
    return [(pupil, main.get(pupil.pk, "")) for pupil in sorted(pupils, key=lambda pupil: pupil.form != "9C")]


def lead_and_tutor(school, year, members, by):
    """Dan shares four English classes and tutors a form, Ruth leads Year 9; other teachers have the rest."""
    groups = {(group.kind, group.name): group for group in TeachingGroup.objects.filter(school=school, year=year)}
    teachers = cycle(StaffMember.objects.filter(school=school, job_title="Teacher").order_by("code"))
    assistant = StaffMember.objects.filter(school=school, job_title="Teaching Assistant").order_by("code")[0]
    dan, ruth = members["Whitlock"].staff, members["Osei"].staff
    ties = [(groups[Kind.CLASS, name], dan, Part.TEACHES) for name in cast.TEACHER_CLASSES]
    ties.append((groups[Kind.CLASS, cast.SUPPORTED_CLASS], assistant, Part.SUPPORTS))
    for (kind, name), group in groups.items():
        if kind == Kind.FORM:
            ties.append((group, dan if name == cast.TEACHER_FORM else next(teachers), Part.TUTORS))
        elif kind == Kind.YEAR:
            ties.append((group, ruth if name == cast.LEADER_YEAR else next(teachers), Part.LEADS))
    rows = [GroupStaff(school=school, group=group, staff=staff, part=part) for group, staff, part in ties]
    save_ties(new=rows, ended=[], last_day=year.groups_from, by=by)


def open_next_year(school, year, following, members, by):
    """This year's 9C is a class of Jo's next year: she sees its pupils when the school opens that year's groups."""
    group = add_group(year=following, kind=Kind.CLASS, name=cast.NEXT_YEAR_CLASS, subject="English", by=by)
    pupils = list(Pupil.objects.filter(school=school, form=cast.TEACHER_FORM))
    place_pupils(group=group, pupils=pupils, by=by)
    jo = GroupStaff(school=school, group=group, staff=members["Ellery"].staff)
    save_ties(new=[jo], ended=[], last_day=year.groups_from, by=by)


def give_adults(school, year, register, members, today, by):
    """Key adults for forty pupils since September, Kemi with six; the last few were linked today, so were told."""
    since = min(date(year.starts, 9, 8), today - timedelta(days=1))
    kemi, dan, mo = (members[name].staff for name in ("Oduya", "Whitlock", "Farrow"))
    helpers = StaffMember.objects.filter(school=school, job_title="Teaching Assistant").order_by("code")[:12]
    adults = cycle([dan, mo, kemi, *helpers])
    pupils = [pupil for pupil, _ in register]
    keyed = [(pupil, next(adults), Adult.KEY_ADULT) for pupil in pupils[: KEY_ADULT_PUPILS - 1]]
    helped = [(pupil, kemi, Adult.TA) for pupil in pupils[:3]]
    rows = [
        PupilAdult(school=school, pupil=pupil, staff=staff, part=part, starts_on=since)
        for pupil, staff, part in keyed + helped
    ]
    save_adults(new=rows, by=by)
    assistant = members["Hale"]
    for pupil in pupils[3:6]:
        link_adult(pupil=pupil, staff=kemi, part=Adult.TA, starts_on=today, by=assistant)
    link_adult(pupil=pupils[KEY_ADULT_PUPILS], staff=dan, part=Adult.KEY_ADULT, starts_on=today, by=assistant)

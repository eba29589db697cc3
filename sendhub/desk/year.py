"""Where in the school's year a day lies, in one sentence; says so when nobody has told us the terms."""

from sendhub.rules.school_calendar import SchoolCalendar
from sendhub.rules.school_calendar import Term as Stretch
from staff.models import Term

NO_TERMS = "We cannot tell the week of term: no term dates are set for this day."


def week_words(school_id, day):
    """ "Autumn 1, week 4 of 7.", "School holiday." or NO_TERMS. One query."""
    terms = Term.objects.filter(school_id=school_id).order_by("starts_on")
    stretches = tuple(Stretch(term.name, term.starts_on, term.ends_on) for term in terms)
    try:
        calendar = SchoolCalendar(stretches)
    except ValueError:  # two terms overlap: which week it is can not be told
        return NO_TERMS
    term = calendar.term_of(day)
    if term:
        return f"{term.name}, week {calendar.week_of_term(day)} of {calendar.week_of_term(term.last)}."
    return "School holiday." if calendar.knows(day) else NO_TERMS

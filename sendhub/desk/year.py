"""Where in the school's year a day lies, in one sentence, and the dates ahead. Says so when nobody has told us the
terms: nothing is guessed."""

from sendhub.rules.census import next_census
from sendhub.rules.school_calendar import SchoolCalendar
from sendhub.rules.school_calendar import Term as Stretch
from staff.models import Closure, Term

NO_TERMS = "We cannot tell the week of term: no term dates are set for this day."
MOST_DATES = 4


def terms_of(school_id):
    """The terms of every year that is set, in order. One query."""
    terms = Term.objects.filter(school_id=school_id).order_by("starts_on")
    return tuple(Stretch(name, first, last) for name, first, last in terms.values_list("name", "starts_on", "ends_on"))


def week_words(terms, day):
    """ "Autumn 1, week 4 of 7.", "School holiday." or NO_TERMS."""
    try:
        calendar = SchoolCalendar(terms)
    except ValueError:  # two terms overlap: which week it is can not be told
        return NO_TERMS
    term = calendar.term_of(day)
    if term:
        return f"{term.name}, week {calendar.week_of_term(day)} of {calendar.week_of_term(term.last)}."
    return "School holiday." if calendar.knows(day) else NO_TERMS


def dates_ahead(school_id, terms, day):
    """[(day, what)]: the next few among the ends and beginnings of terms, closures and the census. One query."""
    closures = Closure.objects.filter(school_id=school_id, on__gte=day).order_by("on")[:MOST_DATES]
    found = [(closure.on, f"Closed to pupils: {closure.reason}") for closure in closures]
    found += [(term.first, f"{term.name} begins") for term in terms] + [
        (term.last, f"{term.name} ends") for term in terms
    ]
    found.append((next_census(day).day, "School census day"))
    return sorted(date for date in found if date[0] >= day)[:MOST_DATES]

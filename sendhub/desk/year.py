"""Where in the school's year a day lies, in one sentence, and the dates ahead. Says so when nobody has told us the
terms: nothing is guessed."""

from sendhub.asking import planned_once
from sendhub.rules.census import next_census
from sendhub.rules.school_calendar import Closure as Shut
from sendhub.rules.school_calendar import SchoolCalendar
from sendhub.rules.school_calendar import Term as Stretch
from staff.models import Closure, Term

NO_TERMS = "We cannot tell the week of term: no term dates are set for this day."
MOST_DATES = 4

# One statement for both, since Today is opened all day.
YEAR = """
SELECT name, starts_on, ends_on FROM staff_term WHERE school_id = %(school)s
UNION ALL
(SELECT reason, "on", NULL FROM staff_closure WHERE school_id = %(school)s AND "on" >= %(day)s
 ORDER BY "on" LIMIT %(most)s)
ORDER BY 2
"""


def year_of(school_id, day):
    """(the terms of every year that is set, the next few closures as (day, reason)), both in order. One query."""
    with planned_once() as cursor:
        cursor.execute(YEAR, {"school": school_id, "day": day, "most": MOST_DATES})
        rows = cursor.fetchall()
    terms = tuple(Stretch(name, first, last) for name, first, last in rows if last)
    return terms, [(on, reason) for reason, on, last in rows if last is None]


def calendar_of(school_id):
    """The school's terms and closures as rules take them; an empty one, that knows no day, where terms overlap."""
    terms = Term.objects.filter(school_id=school_id).order_by("starts_on").values_list("name", "starts_on", "ends_on")
    return calendar_from(terms, Closure.objects.filter(school_id=school_id).values_list("on", flat=True))


def calendar_from(terms, closures):
    """Of [(name, first, last)] in their order, and days."""
    try:
        return SchoolCalendar(tuple(Stretch(*term) for term in terms), tuple(Shut(on, on) for on in closures))
    except ValueError:
        return SchoolCalendar(())


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


def dates_ahead(terms, closures, day):
    """[(day, what)]: the next few among the ends and beginnings of terms, closures and the census."""
    found = [(on, f"Closed to pupils: {reason}") for on, reason in closures]
    found += [(term.first, f"{term.name} begins") for term in terms] + [
        (term.last, f"{term.name} ends") for term in terms
    ]
    found.append((next_census(day).day, "School census day"))
    return sorted(date for date in found if date[0] >= day)[:MOST_DATES]

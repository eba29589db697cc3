"""The school's own calendar, as the rules count with it."""

from datetime import date

from django.db import connection

from sendhub.rules.school_calendar import Closure, SchoolCalendar, Term

# Parts for sendhub.asking and for `extra` columns: a statement that asks something else brings the calendar along.
TERMS = "SELECT name, starts_on, ends_on FROM staff_term WHERE school_id = {school} ORDER BY starts_on"
CLOSURES = 'SELECT "on" FROM staff_closure WHERE school_id = {school}'
BOTH = (
    "SELECT (SELECT coalesce(json_agg(json_build_array(name, starts_on, ends_on)), '[]') FROM ({terms}) s),"
    " (SELECT coalesce(json_agg(\"on\"), '[]') FROM ({closures}) c)"
)


def calendar_sql(school):
    """A SELECT of two columns, for `calendar_from`; `school` is SQL of ours."""
    return BOTH.format(terms=TERMS.format(school=school), closures=CLOSURES.format(school=school))


def calendar_of(school_id):
    """The terms and closures of every year that is set. One query."""
    with connection.cursor() as cursor:
        cursor.execute(calendar_sql("%(school)s"), {"school": school_id})
        return calendar_from(*cursor.fetchone())


def calendar_from(terms, closures):
    """The calendar of what JSON has. Terms that overlap tell nothing: then no day is known."""
    day = date.fromisoformat
    try:
        return SchoolCalendar(
            tuple(Term(name, day(first), day(last)) for name, first, last in terms),
            tuple(Closure(day(on), day(on)) for on in closures),
        )
    except ValueError:
        return SchoolCalendar(())

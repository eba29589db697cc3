"""The school's own calendar, as the rules count with it."""

from datetime import date

from django.db import connection

from sendhub.rules.school_calendar import Closure, SchoolCalendar, Term

# Each as one column: a statement that asks something else brings the calendar along (`extra` of a gather.About).
TERMS = (
    "(SELECT coalesce(json_agg(json_build_array(name, starts_on, ends_on) ORDER BY starts_on), '[]')"
    " FROM staff_term WHERE school_id = {0})"
)
CLOSURES = "(SELECT coalesce(json_agg(\"on\"), '[]') FROM staff_closure WHERE school_id = {0})"


def calendar_columns(school):
    """{"terms": SQL, "closures": SQL}, for calendar_from; `school` is SQL of ours."""
    return {"terms": TERMS.format(school), "closures": CLOSURES.format(school)}


def calendar_sql(school):
    """A SELECT of the two columns."""
    return "SELECT " + ", ".join(f"{sql} AS {name}" for name, sql in calendar_columns(school).items())


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

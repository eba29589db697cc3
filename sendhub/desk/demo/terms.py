"""Plausible terms and closures for any school year: half terms round the last Monday of October and of May and the
third Monday of February, two weeks round Easter. A real school enters its own."""

from datetime import date, timedelta

from sendhub.rules.school_calendar import easter_sunday

WEEK = timedelta(days=7)


def monday_on_or_after(day):
    return day + timedelta(days=-day.weekday() % 7)


def friday_before(day):
    return day - timedelta(days=(day.weekday() - 5) % 7 + 1)


def last_monday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def half_terms(starts):
    """(name, first day, last day) of the six half terms of the year that starts in September of `starts`."""
    year = starts + 1
    october, may = last_monday(starts, 10), last_monday(year, 5)
    february = monday_on_or_after(date(year, 2, 15))
    easter = easter_sunday(year)
    early = easter <= date(year, 4, 10)  # the two weeks then begin with Good Friday, else they end with Easter Monday's
    september, january = date(starts, 9, 2), monday_on_or_after(date(year, 1, 4))
    return [
        ("Autumn 1", september if september.weekday() < 5 else monday_on_or_after(september), friday_before(october)),
        ("Autumn 2", october + WEEK, january - timedelta(days=17)),
        ("Spring 1", january, friday_before(february)),
        ("Spring 2", february + WEEK, easter - timedelta(days=3 if early else 9)),
        ("Summer 1", easter + timedelta(days=15 if early else 8), friday_before(may)),
        ("Summer 2", may + WEEK, friday_before(date(year, 7, 24))),
    ]


def closures(starts):
    """The five training days: (day, reason)."""
    terms = {name: (first, last) for name, first, last in half_terms(starts)}
    days = [
        terms["Autumn 1"][0],
        terms["Autumn 2"][0],
        terms["Spring 1"][0],
        terms["Summer 2"][0],
        terms["Summer 2"][1],
    ]
    return [(day, "Training day") for day in days]

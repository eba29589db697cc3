"""One school year as a page shows it: half terms, closures, bank holidays, advice, the picture. Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sendhub import charts
from sendhub.charts import year as picture
from sendhub.rules import year_plan as rules
from sendhub.rules.school_calendar import bank_holidays
from staff.models import Closure, SchoolYear, Term

TABLE_HEAD = ("Half term", "First day", "Last day", "Days with pupils", "Training days", "Closed")
DAY_FORMAT = "{0:%a} {0.day} {0:%b} {0.year}"
DAY = timedelta(days=1)


def span(starts):
    """The first and the last day of the school year that starts in September of `starts`."""
    return date(starts, 9, 1), date(starts + 1, 8, 31)


@dataclass
class Plan:
    """What is set for one year. `year` is None until something is."""

    starts: int
    year: SchoolYear | None
    terms: list
    closures: list

    @property
    def name(self):
        return f"{self.starts}/{(self.starts + 1) % 100:02}"

    @cached_property
    def days(self):
        return rules.days_open(self.terms, self.closures)

    @cached_property
    def advice(self):
        return rules.advice(self.starts, self.terms, self.closures)

    @property
    def bank_holidays(self):
        first, last = span(self.starts)
        both = {**bank_holidays(self.starts), **bank_holidays(self.starts + 1)}
        return [(day, name) for day, name in both.items() if first <= day <= last]

    @property
    def rows(self):
        """A row a half term, for the table: (name, first, last, days with pupils)."""
        return [(term.name, term.first, term.last, rules.days_open([term], self.closures)) for term in self.terms]

    def kinds(self):
        """What each working day is, by the words of charts.year."""
        first, last = span(self.starts)
        shut = {each.on: picture.TRAINING if each.training else picture.CLOSED for each in self.closures}
        banks = dict(self.bank_holidays)
        found = {}
        for number in range((last - first).days + 1):
            day = first + number * DAY
            if day.weekday() < rules.SATURDAY:
                in_term = any(term.first <= day <= term.last for term in self.terms)
                found[day] = (
                    picture.BANK if day in banks else shut.get(day, picture.OPEN) if in_term else picture.HOLIDAY
                )
        return found

    def chart(self):
        """What components/chart.html needs, or None without half terms."""
        if not self.terms:
            return None
        rows = [self.table_row(term) for term in self.terms]
        rows.append(("All year", "", "", self.days, sum(row[4] for row in rows), sum(row[5] for row in rows)))
        finding = f"Pupils are in for {self.days} days in {self.name}."
        drawn = charts.year_calendar(self.starts, self.kinds(), finding=finding, table=(TABLE_HEAD, rows))
        return {
            "title": drawn.heading,
            "finding": finding,
            "svg": drawn.svg,
            "table": {"head": drawn.table_header, "rows": drawn.table_rows},
        }

    def table_row(self, term):
        mine = [each for each in self.closures if term.first <= each.on <= term.last]
        training = sum(1 for each in mine if each.training)
        first, last = (DAY_FORMAT.format(day) for day in (term.first, term.last))
        return (term.name, first, last, rules.days_open([term], mine), training, len(mine) - training)


def plans(school, years):
    """{starts: Plan} for these years. Three queries."""
    held = {year.starts: year for year in SchoolYear.objects.filter(school=school, starts__in=years)}
    found = {starts: Plan(starts, held.get(starts), [], []) for starts in years}
    ids = {year.pk: starts for starts, year in held.items()}
    for term in Term.objects.filter(school=school, year_id__in=list(ids)):
        found[ids[term.year_id]].terms.append(rules.Period(term.name, term.starts_on, term.ends_on))
    days = span(min(years))[0], span(max(years))[1]
    for row in Closure.objects.filter(school=school, on__range=days):
        starts = row.on.year if row.on.month >= 9 else row.on.year - 1
        found[starts].closures.append(rules.Closed(row.on, row.reason))
    return found


def proposed_terms(starts, before):
    """(half terms, where they come from) to begin a year with: last year's, moved on, or else what is usual."""
    if before.terms:
        return rules.moved_terms(
            before.terms
        ), f"These are the half terms of {before.name}, moved to the same weekdays."
    return rules.usual_half_terms(starts), "These are usual half terms in England. Your council's list decides."


def proposed_closures(starts, before):
    """(training days, where they come from), likewise."""
    if any(each.training for each in before.closures):
        found = rules.moved_closures(before.closures, before.terms)
        return found, f"These are the training days of {before.name}, moved to the same weekdays."
    return rules.usual_training_days(starts), "Five training days, where many schools have them. Put in your own."

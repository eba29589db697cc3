"""Plain words for what the child's tables hold: dates, provisions, who someone is. No queries."""

from calendar import month_name

from django.utils import timezone

from sendhub.rules.school_calendar import academic_year

MONTHS = tuple(month_name)

YEARS = {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2"}
PROVISIONS = {"E": "EHC plan", "K": "SEN Support", None: "Not on the register", "": "Not on the register"}


def year_words(code):
    """ "Year 7", "Reception"."""
    return YEARS.get(code, f"Year {code}")


def day_words(day, today=None):
    """ "3 September", with the year when it is not in this school year (as the `day` filter); "" for no date."""
    if day is None:
        return ""
    words = f"{day.day} {MONTHS[day.month]}"
    same = academic_year(day) == academic_year(today or timezone.localdate())
    return words if same else f"{words} {day.year}"


def since_short(starts_on, start_known, today=None):
    """As `since_words`, for a column called Since: "3 Sep", "18 Oct 2025", "cannot tell"."""
    if starts_on is None:
        return ""
    if not start_known:
        return "cannot tell"
    month = MONTHS[starts_on.month]
    return day_words(starts_on, today).replace(month, month[:3])


def since_words(starts_on, start_known, today=None):
    """Since when a provision has stood; says so when the start was only first seen in a file."""
    if starts_on is None:
        return ""
    if not start_known:
        return "cannot tell when it began"
    return f"since {day_words(starts_on, today)}"


def count_words(number, one, many):
    """ "1 pupil", "12 pupils", "no pupils"."""
    if number == 0:
        return f"no {many}"
    return f"{number:,} {one if number == 1 else many}"


def sentence_list(parts):
    """ "a", "a and b", "a, b and c"."""
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"

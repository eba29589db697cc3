"""A day by which something is looked at again, as a mark with its words: for cards and for the pages behind them."""

from pupils.words import day_words
from sendhub.rules.deadline import Light


def due_mark(deadline, today, *, late="Was due {day}", due="By {day}", unsure="Cannot tell when it is due"):
    """(kind of tag, words) of an open deadline; ("", "") while it is far off, done, or no duty."""
    if not deadline.outstanding(today):
        return "", ""
    if deadline.due is None:
        return ("unsure", unsure) if unsure else ("", "")
    light = deadline.light(today)
    if light is Light.LATE:
        return "late", late.format(day=day_words(deadline.due, today))
    return ("due", due.format(day=day_words(deadline.due, today))) if light is Light.DUE else ("", "")

"""Dated SEN history from the school before: spans that do not overlap, and what of them is before what stands here."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupils.models import Provision
from sendhub.rules.codes import parse_provision
from staff.imports.values import BadCell, day

NONE = "N"
DAY = timedelta(days=1)
NO_START = "A part of the SEN history has no start date, or one that can not be read, and was left out"
NO_PROVISION = "A part of the SEN history has a provision that is not known and was left out"


@dataclass(frozen=True)
class Span:
    """A provision from a day until a day (None: since then). `cut`: it ends because what stands here begins."""

    provision: str
    starts_on: date
    ends_on: date | None = None
    cut: bool = False

    def words(self):
        said = f"{Provision(self.provision).label} "
        if self.ends_on is None:
            return f"{said}since {in_words(self.starts_on)}"
        return f"{said}{in_words(self.starts_on)} to {in_words(self.ends_on)}"


def in_words(when):
    return f"{when.day} {when:%B %Y}"


def spans_of(entries, born_on):
    """(spans, notes) from records of StartDate, EndDate and SENprovision. A span without end lasts until the next one
    begins; N ends what was; School Action and statements are read as what took their place."""
    found, notes = [], []
    for entry in entries:
        provision = parse_provision(entry.get("SENprovision", ""))
        if provision is None:
            notes.append(NO_PROVISION)
            continue
        try:
            starts, ends = (day(entry.get(name, ""), "date") for name in ("StartDate", "EndDate"))
        except BadCell:
            starts = None
        if starts is None or (born_on and starts < born_on) or (ends and ends < starts):
            notes.append(NO_START)
            continue
        found.append(Span(provision.now, starts, ends))
    return in_a_row(sorted(found, key=lambda span: (span.starts_on, span.provision == NONE))), notes


def in_a_row(found):
    spans = []
    for span in found:
        if spans and (spans[-1].ends_on is None or spans[-1].ends_on >= span.starts_on):
            last = spans.pop()
            if last.starts_on < span.starts_on:
                spans.append(replace(last, ends_on=span.starts_on - DAY))
        if span.provision == NONE:
            continue
        if spans and spans[-1].provision == span.provision and spans[-1].ends_on == span.starts_on - DAY:
            spans[-1] = replace(spans[-1], ends_on=span.ends_on)
        else:
            spans.append(span)
    return spans


def before(spans, first):
    """What of the spans lies before the day on which the first thing that stands here begins."""
    early = [span for span in spans if span.starts_on < first]
    return [
        replace(span, ends_on=first - DAY, cut=True) if span.ends_on is None or span.ends_on >= first else span
        for span in early
    ]


def moves_of(spans):
    """[(before, after, first day)]: on to the register, from one provision to another, off it."""
    found = []
    for number, span in enumerate(spans):
        last = spans[number - 1] if number else None
        follows = last is not None and last.ends_on == span.starts_on - DAY
        found.append((last.provision if follows else NONE, span.provision, span.starts_on))
        following = spans[number + 1] if number + 1 < len(spans) else None
        if span.ends_on and not span.cut and not (following and following.starts_on == span.ends_on + DAY):
            found.append((span.provision, NONE, span.ends_on + DAY))
    return found

"""What waits for other people: what this member knows of and cannot do, and what they have asked others for."""

from dataclasses import dataclass

from django.utils import timezone

from pupils.words import count_words, day_words
from sendhub.desk.task import BANDS, lines_of
from sendhub.rules.today import Band


@dataclass(frozen=True, slots=True)
class Waits:
    """One line: whose move it is and what, and a chip (kind, words)."""

    what: str
    sub: str
    kind: str
    chip: str


def waiting_lines(others, counts, invitations, leads, day):
    """`others` are tasks that are not this member's to do."""
    found = [with_the_sendco(line) for line in lines_of(others, day)]
    if leads:
        assessed = counts["assessed"]
        if assessed.number:
            what = f"Council: {count_words(assessed.number, 'assessment', 'assessments')} under way"
            found.append(Waits(what, "Asked for and not decided.", "plain", f"Since {day_words(assessed.since, day)}"))
    if invitations and invitations[1][0]:
        number, since = invitations[1]
        what = f"{count_words(number, 'person has', 'people have')} not taken up an invitation"
        since = day_words(timezone.localdate(since), day)
        found.append(Waits(what, "It works for 7 days.", "plain", f"Asked {since}"))
    return found


def with_the_sendco(line):
    kind = BANDS[line.band][1] if line.band in {Band.LATE, Band.TODAY} else "plain"
    chip = {Band.LATE: "Late", Band.TODAY: "Today", Band.WEEK: "This week", Band.LATER: "Later"}[line.band]
    return Waits(f"SENDCO: {line.what}", line.why, kind, chip)

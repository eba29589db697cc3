"""The child's own words and what they are good at: for the top of the record, and for their own page."""

from dataclasses import dataclass

from django.db.models import Prefetch

from pupils.models import AboutMe, PupilVoice
from pupils.queries.files import files_for
from pupils.queries.gather import STAFF_NAME, About
from sendhub.access import Permission

MOST_LINES = 4
# What stands at the top of a record: read with the record's own rows, in one statement.
TOP = {
    "about": About(AboutMe, most=1),
    "voices": About(
        PupilVoice,
        "t.withdrawn_on IS NULL AND t.said_on <= %(day)s",
        "t.said_on DESC, t.id DESC",
        {"of": "count(*) OVER ()", "taken_by_name": STAFF_NAME.format("taken_by_id")},
        most=MOST_LINES,
    ),
}


@dataclass(frozen=True, slots=True)
class Top:
    """`about` is an AboutMe or None, `quote` the latest words or None."""

    about: object
    quote: object

    @property
    def shown(self):
        return bool(self.quote or (self.about and (self.about.strengths or self.about.matters)))


def top_of(rows):
    quote = next((voice for voice in rows["voices"] if voice.words), None)
    return Top(rows["about"][0] if rows["about"] else None, quote)


def about_of(pupil):
    return AboutMe.objects.filter(school_id=pupil.school_id, pupil=pupil).first()


def voices_for(member, pupil):
    """Withdrawn ones only for whoever may see the history."""
    found = PupilVoice.objects.filter(school_id=pupil.school_id, pupil=pupil)
    return found if member.can(Permission.HISTORY_VIEW) else found.standing()


def voice_page(member, pupil):
    """(those that stand, those that were withdrawn), the latest first, with their pictures. Two queries."""
    found = voices_for(member, pupil).select_related("taken_by")
    found = list(found.prefetch_related(Prefetch("files", files_for(member, pupil), to_attr="attached")))
    return [v for v in found if v.withdrawn_on is None], [v for v in found if v.withdrawn_on is not None]

"""Concerns: raised, and each step that one took. What was written is for whoever decides of it."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import Concern, ConcernStep
from pupils.queries.gather import About
from pupils.words import day_words

KIND = Kind.CONCERNS
NAME = "(SELECT u.name FROM staff_membership m JOIN staff_user u ON u.id = m.user_id WHERE m.id = t.{})"
ABOUT = "(SELECT c.about FROM pupils_concern c WHERE c.id = t.concern_id AND c.school_id = t.school_id)"
WORDS = dict(Concern.About.choices)


def raised(concern, member, day):
    href = reverse("pupils:pupil-concerns", args=[concern.pupil_id])
    return Said(f"{concern.raised_by_name} raised a concern: {concern.get_about_display().lower()}.", href=href)


def moved(step, member, day):
    until = f" until {day_words(step.look_on, day)}" if step.look_on else ""
    about, stage = WORDS[step.about].lower(), step.get_after_display().lower()
    return Said(f"A concern ({about}): {stage}{until}.", f"By {step.taken_by_name}.")


HAPPENED = {
    "raised": Happening(
        About(Concern, "t.stage <> 'withdrawn'", extra={"raised_by_name": NAME.format("raised_by_id")}),
        "t.raised_on",
        raised,
    ),
    "moved": Happening(
        About(
            ConcernStep,
            "t.after NOT IN ('withdrawn', 'new')",
            extra={"taken_by_name": NAME.format("taken_by_id"), "about": ABOUT},
        ),
        't."on"',
        moved,
    ),
}

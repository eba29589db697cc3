"""Documents about pupils. The look is in templates/documents/; the making of PDF in sendhub.pdf."""

from django.utils import timezone

from pupils.queries import record_of
from sendhub import pdf
from sendhub.rules.audiences import AUDIENCES


def page_context(member, pupil):
    """What "Pupil on a page" says: the first thing to know before anything else; no family, no circumstances."""
    today = timezone.localdate()
    return {
        "pupil": pupil,
        "record": record_of(member, pupil, today),
        "school_name": member.school.name,
        "made_on": today,
        "for_whom": member.name,
    }


def pupil_page(member, pupil):
    """The PDF as bytes."""
    return pdf.render("documents/pupil_page.html", page_context(member, pupil), title=f"{pupil.name} on a page").bytes


def family_letters(letters, school_name):
    """One PDF of many letters to families, each beginning on a new page, as bytes."""
    context = {"letters": letters, "school_name": school_name, "made_on": timezone.localdate()}
    return pdf.render("documents/family_letters.html", context, title="Letters to families").bytes


def pupil_story(story, school_name):
    """The story of a case for one audience, as PDF bytes. Its title names nobody where the story does not."""
    row = AUDIENCES[story.audience]
    context = {"story": story, "row": row, "school_name": school_name, "made_on": timezone.localdate()}
    context["for_whom"] = row.title
    return pdf.render("documents/pupil_story.html", context, title=f"{story.name}: what happened").bytes

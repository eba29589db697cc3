"""Documents about one pupil. The look is in templates/documents/; the making of PDF in sendhub.pdf."""

from django.utils import timezone

from pupils.queries import record_of
from sendhub import pdf


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

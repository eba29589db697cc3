"""Which forms about pupils keep what has been typed (sendhub.kit.drafts)."""

from django.urls import reverse

from sendhub.access import Permission
from sendhub.kit import drafts

FIRST_LINE = "pupils.first_line"

drafts.allow(
    FIRST_LINE,
    title="The first thing to know",
    fields=["first_line", "version"],
    url=lambda pupil_id: reverse("pupils:first-line-change", args=[pupil_id]),
    needs=[Permission.PUPIL_EDIT],
)

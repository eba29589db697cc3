"""Which forms at the top keep what has been typed (sendhub.kit.drafts)."""

from django.urls import reverse

from sendhub.access import Permission
from sendhub.kit import drafts

BREACH, COMPLAINT, REQUEST = "desk.breach", "desk.complaint", "desk.request"
NEEDS = [Permission.RIGHTS_RUN]


def address(noun):
    """Of the form that adds one (0) or changes one."""
    return lambda pk: reverse(f"rights:{noun}-change", args=[pk]) if pk else reverse(f"rights:{noun}-add")


drafts.allow(
    BREACH,
    title="A breach",
    fields=[
        "aware_at", "what", "kinds", "people", "risk", "risk_why", "ico_told_at", "ico_reference", "late_why",
        "people_told_on", "people_told_how", "done", "closed_on", "version",
    ],
    url=address("breach"),
    needs=NEEDS,
)  # fmt: skip
drafts.allow(
    COMPLAINT,
    title="A complaint about data",
    fields=["received_on", "who", "about", "acknowledged_on", "answered_on", "outcome", "version"],
    url=address("complaint"),
    needs=NEEDS,
)
drafts.allow(
    REQUEST,
    title="The days of a request",
    fields=[
        "settled_on", "settled_how", "paused_from", "paused_until", "extended_on", "extended_why", "wants_record",
        "answered_on", "answered_how", "withdrawn_on", "withdrawn_why", "version",
    ],
    url=address("request"),
    needs=NEEDS,
)  # fmt: skip

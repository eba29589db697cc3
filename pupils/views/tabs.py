"""The pages that belong to the register, as tabs, as far as a member may open them."""

from django.urls import reverse

from sendhub.access import Permission

PAGES = [
    ("pupils:register-show", "Numbers", (Permission.COUNT_VIEW,)),
    ("pupils:told-list", "Families: told?", (Permission.PUPIL_RECORD, Permission.FAMILY_TELL)),
    ("pupils:letter-list", "Letters", (Permission.PUPIL_RECORD, Permission.FAMILY_TELL)),
    ("pupils:proposal-list", "From files", (Permission.PUPIL_RECORD, Permission.REGISTER_MOVE)),
    ("pupils:census-check", "Census check", (Permission.PUPIL_LIST, Permission.CENSUS_CHECK)),
    ("pupils:suspension-list", "Out of school", (Permission.PUPIL_RECORD, Permission.AWAY_VIEW)),
    ("pupils:gap-list", "Gaps", (Permission.PUPIL_LIST, Permission.PUPIL_ADD)),
]


def register_tabs(member, here):
    """For components/tabs.html; empty where there would be one alone."""
    tabs = [
        {"url": reverse(name), "label": label, "current": name == here, "count": None}
        for name, label, needs in PAGES
        if all(member.can(permission) for permission in needs)
    ]
    return tabs if len(tabs) > 1 else []

"""The frame round every page: what the navigation offers this person, and the banners above it.

It reads nothing that the request does not hold already, except whether the mail is late, for the few who can act.
"""

import functools

from django.conf import settings
from django.urls import get_script_prefix, reverse

from sendhub.access import Permission, Role
from sendhub.outbox.queries import delayed
from sendhub.outside import outside

# What stands in the navigation, in its order: route, words, icon, the permission that opens it (None: everyone).
NAV = [
    ("desk:today", "Today", "house", None),
    ("pupils:pupil-list", "Pupils", "users", Permission.PUPIL_LIST),
    ("pupils:reading-list", "Reading", "book-open", Permission.READING_KEEP),
    ("pupils:register-show", "Register", "chart-bar", Permission.COUNT_VIEW),
    ("pupils:support-list", "Support", "hand-helping", Permission.SUPPORT_KEEP),
    ("desk:light-list", "Compliance", "list-checks", Permission.COMPLIANCE_VIEW),
    ("pupils:import-list", "Bring in a file", "file-up", Permission.IMPORT_RUN),
    ("outbox:message-list", "Messages", "mail", Permission.MESSAGE_VIEW),
    ("rights:rights-home", "Rights", "scale", Permission.RIGHTS_RUN),
    ("staff:person-list", "People", "user-cog", Permission.STAFF_VIEW),
    ("staff:year-plan", "School year", "calendar-days", Permission.YEAR_SET),
    ("staff:school-edit", "School", "settings", Permission.SCHOOL_SET),
]


def frame(request):
    """Context processor: `nav`, `who_links`, `banners`. Outside a school only the demo's banner."""
    member = getattr(request, "member", None)
    if member is None:
        return {"nav": [], "who_links": [], "banners": demo_banner()}
    return {
        "nav": nav_of(request, member),
        "who_links": who_links(member),
        "banners": demo_banner() + mail_banner(request, member),
    }


def nav_of(request, member):
    match, offered = request.resolver_match, entries(get_script_prefix(), member.permissions)
    current = current_entry([entry["name"] for entry in offered], match.view_name if match else "")
    return [{**entry, "current": entry["name"] == current} for entry in offered]


@functools.lru_cache(maxsize=2048)
def entries(prefix, permissions):
    """What the navigation offers to whoever holds these permissions, at the school of this prefix (which
    `reverse` reads by itself: here it tells one school's addresses from another's). The same on every page, so worked
    out once."""
    return [
        {"name": name, "url": reverse(name), "label": label, "icon": icon}
        for name, label, icon, opens in NAV
        if opens is None or opens in permissions
    ]


# Pages that belong below another entry than the first of their section.
BELOW = (
    dict.fromkeys(["operate:backup-show", "operate:drill-record"], "staff:school-edit")
    | dict.fromkeys(
        [
            *["pupils:told-list", "pupils:told-record", "pupils:proposal-list", "pupils:proposal-set-aside"],
            *["pupils:suspension-list", "pupils:timetable-list", "pupils:placement-list"],
            *["pupils:letter-list", "pupils:letter-show", "pupils:letter-post"],
        ],
        "pupils:register-show",
    )
    | dict.fromkeys(
        [
            *["pupils:kind-list", "pupils:kind-add", "pupils:kind-change", "pupils:kind-end"],
            *["pupils:agency-list", "pupils:agency-add", "pupils:agency-change", "pupils:agency-end"],
            *["pupils:professional-add", "pupils:professional-change", "pupils:professional-end"],
        ],
        "pupils:support-list",
    )
)


def current_entry(names, here):
    """The entry that is this page; or else the one of its section about the same noun, or the first of its section,
    so that a page below a list keeps it lit."""
    here = BELOW.get(here, here)
    if here in names:
        return here
    section, noun = here.partition(":")[0], here.partition("-")[0]
    same = [name for name in names if name.partition(":")[0] == section]
    return next((name for name in same if name.partition("-")[0] == noun), same[0] if same else "")


def who_links(member):
    links = [
        {"url": reverse("kit:job-list"), "label": "Your work"},
        {"url": outside("account_extra:account"), "label": "Your account"},
    ]
    if Role.TRUST_LEAD in member.roles and member.school.trust_id:
        links.insert(0, {"url": outside("trust-show", member.school.trust.slug), "label": "Your trust"})
    return links


def demo_banner():
    if not settings.DEMO:
        return []
    return [{"kind": "", "icon": "info", "text": "This is a demo. Its people are invented."}]


def mail_banner(request, member):
    """One query at most, once a request, and only for those who can open the messages."""
    if not member.can(Permission.MESSAGE_VIEW):
        return []
    if not hasattr(request, "mail_late"):
        request.mail_late = delayed(member.school_id)
    if not request.mail_late:
        return []
    messages = {"url": reverse("outbox:message-list"), "label": "Messages"}
    return [{"kind": "warn", "icon": "mail-warning", "text": request.mail_late, **messages}]

"""What a job title and an address tell before anybody is invited: a likely role, or a doubt. Plain text in, no query.

A guess only: a person sees it and ticks. What the inviter may give is decided by sendhub.access.may_give.
"""

import re
from collections import Counter

from sendhub.access import Role

# The first pattern that fits decides, so the narrow ones stand before the wide ones.
TITLES = [
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in [
        (r"\b(assistant|deputy) send?co\b", Role.ASSISTANT_SENDCO),
        (r"\bsend?co\b", Role.SENDCO),
        (r"\b(send?|inclusion) (administrator|admin|clerk|officer|secretary)\b", Role.SEND_ADMIN),
        (r"\b(safeguarding lead|dsl)\b", Role.DSL),
        (r"\bgovernor\b", Role.GOVERNOR),
        (r"\b(head|lead|leader|director) of (year|key stage|phase|early years|house)\b", Role.LEADER),
        (r"\b(year|phase|key stage|early years|eyfs)( \d+)? (lead|leader|head|co-?ordinator)\b", Role.LEADER),
        (r"\b(deputy|assistant|vice|associate)[ -]*(head\b|head ?teacher|principal)", Role.LEADER),
        (r"\b(head ?teacher|head ?master|head ?mistress|principal|head of school)\b", Role.HEAD),
        (r"\b(teaching|learning support|classroom|support|send?) assistants?\b|\bhlta\b|\btas?\b|\blsas?\b", Role.TA),
        (
            r"\b(office|admin|administrat(or|ive)|secretary|receptionist|(data|business) manager|bursar)\b",
            Role.OFFICE,
        ),
        (r"\b(teacher|tutor|lecturer|instructor|ect|nqt|head of|lead(er)? of|subject lead(er)?)\b", Role.TEACHER),
    ]
]
SHARED = {
    "office",
    "admin",
    "info",
    "enquiries",
    "contact",
    "head",
    "reception",
    "school",
    "mail",
    "secretary",
    "senco",
}
PRIVATE = {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com"}
PRIVATE |= {"yahoo.co.uk", "icloud.com", "btinternet.com", "aol.com", "me.com", "msn.com", "sky.com"}


def likely_role(job_title):
    """The role that a job title speaks of, or None when it says nothing that we know."""
    return next((role for pattern, role in TITLES if pattern.search(job_title)), None)


def is_assistant(job_title):
    return likely_role(job_title) == Role.TA


def own_domain(addresses):
    """The part after the @ that more than half of the addresses share, or "" when there is none."""
    domains = Counter(address.rpartition("@")[2].lower() for address in addresses if address)
    most = domains.most_common(1)
    return most[0][0] if most and most[0][1] * 2 > sum(domains.values()) else ""


def doubt_about(address, times, domain):
    """Why an address should be looked at before anything is sent to it, or "". `times` people of the list have it;
    `domain` is own_domain's answer."""
    name, _, host = address.lower().rpartition("@")
    if times > 1:
        return "Two people have this address: an invitation is for one person."
    if name in SHARED:
        return "A shared mailbox: whoever opens it could sign in."
    if host in PRIVATE:
        return "A private address, not the school’s."
    if domain and host != domain:
        return f"Not at {domain}, as most are."
    return ""

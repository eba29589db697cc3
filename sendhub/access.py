"""Who may do what, and about whom. A head teacher could read this page; docs/permissions.md is made from it.

Two tables: what each role may do (permissions), and about which pupils (scope). Someone with two roles has both
roles' permissions, and the wider scope. Which pupils are "linked" to a person is a dated relation, kept in
`staff` (groups) and `pupils` (key adults), and read in `pupils.queries`.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied


class Role(StrEnum):
    SENDCO = "sendco"
    ASSISTANT_SENDCO = "assistant_sendco"
    SEND_ADMIN = "send_admin"
    TEACHER = "teacher"
    TA = "ta"
    LEADER = "leader"
    HEAD = "head"
    GOVERNOR = "governor"
    OFFICE = "office"
    DSL = "dsl"
    TRUST_LEAD = "trust_lead"
    DATA_LEAD = "data_lead"


class Scope(IntEnum):
    """About which pupils, narrow to wide."""

    NONE = 0
    LINKED = 1
    ALL = 2


class Permission(StrEnum):
    PUPIL_LIST = "pupil_list"
    PUPIL_RECORD = "pupil_record"
    PUPIL_EDIT = "pupil_edit"
    PUPIL_LINK = "pupil_link"
    CONTACT_VIEW = "contact_view"
    CIRCUMSTANCE_VIEW = "circumstance_view"
    DSL_POINTER = "dsl_pointer"
    NOTE_WRITE = "note_write"
    NOTE_RESTRICTED = "note_restricted"
    PUPIL_ADD = "pupil_add"
    PUPIL_MERGE = "pupil_merge"
    REGISTER_MOVE = "register_move"
    FAMILY_TELL = "family_tell"
    SUPPORT_KEEP = "support_keep"
    ATTENDANCE_VIEW = "attendance_view"
    AWAY_VIEW = "away_view"
    AWAY_KEEP = "away_keep"
    READING_KEEP = "reading_keep"
    CONCERN_TRIAGE = "concern_triage"
    CENSUS_CHECK = "census_check"
    REGISTER_EXPORT = "register_export"
    COUNT_VIEW = "count_view"
    COMPLIANCE_VIEW = "compliance_view"
    HISTORY_VIEW = "history_view"
    STAFF_VIEW = "staff_view"
    STAFF_INVITE = "staff_invite"
    GROUP_TIE = "group_tie"
    YEAR_SET = "year_set"
    SCHOOL_SET = "school_set"
    IMPORT_RUN = "import_run"
    MESSAGE_VIEW = "message_view"
    RIGHTS_RUN = "rights_run"


PERMISSION_WORDS: dict[Permission, str] = {
    Permission.PUPIL_LIST: "See the list of pupils, within scope",
    Permission.PUPIL_RECORD: "Open a pupil's record, within scope, and make its PDF",
    Permission.PUPIL_EDIT: "Change the first thing to know about a pupil",
    Permission.PUPIL_LINK: "Link adults to a pupil (key adult, teaching assistant)",
    Permission.CONTACT_VIEW: "See families' names, phone numbers and e-mail addresses",
    Permission.CIRCUMSTANCE_VIEW: "See, filter and export care, free meals and pupil premium",
    Permission.DSL_POINTER: "See and set the pointer 'speak to the safeguarding lead'",
    Permission.NOTE_WRITE: "Write notes on a pupil, the pupil’s own words, and what they are good at",
    Permission.NOTE_RESTRICTED: "Read and write restricted notes; nobody else sees that there is one",
    Permission.PUPIL_ADD: "Add a pupil by hand",
    Permission.PUPIL_MERGE: "Make one record of two that are about one pupil, and take that back",
    Permission.REGISTER_MOVE: "Put pupils on the register, move them, take them off; set concerns and assessments",
    Permission.FAMILY_TELL: "Record that a family was told, and write and print letters to families",
    Permission.SUPPORT_KEEP: "Keep healthcare plans, risk plans, adjustments, access arrangements and agencies",
    Permission.ATTENDANCE_VIEW: "See a pupil's attendance, and the hours of a reduced timetable",
    Permission.AWAY_VIEW: "See suspensions, why a timetable is reduced, and places outside school",
    Permission.AWAY_KEEP: "Record suspensions, reduced timetables, and places outside school",
    Permission.READING_KEEP: "Keep a list of pupils to get to know, and tick off whom one has read about",
    Permission.CONCERN_TRIAGE: "Decide what comes of a concern, about pupils of one’s own form or year, or of all",
    Permission.CENSUS_CHECK: "See the census check: who is on the register, with which codes",
    Permission.REGISTER_EXPORT: "Download lists of pupils, and make the story of a case",
    Permission.COUNT_VIEW: "See counts for the whole school, small numbers hidden",
    Permission.COMPLIANCE_VIEW: "See the five lights of compliance; names behind them only of pupils one may open",
    Permission.HISTORY_VIEW: "See who changed a record, who looked at it, and why they could",
    Permission.STAFF_VIEW: "See the people who work here and what they may do",
    Permission.STAFF_INVITE: "Invite people, change what they may do, end their access",
    Permission.GROUP_TIE: "Say who teaches, tutors, leads or supports which class, form or year",
    Permission.YEAR_SET: "Set term dates, closures, and when next year's classes begin to count",
    Permission.SCHOOL_SET: "Change the school's settings",
    Permission.IMPORT_RUN: "Bring in files from the school's own system",
    Permission.MESSAGE_VIEW: "See messages sent and waiting, and send again",
    Permission.RIGHTS_RUN: "Answer requests for a child's data, keep the logs of it, say what is kept and what goes",
}

P = Permission
EVERY_PUPIL_WORK = frozenset(
    {P.PUPIL_LIST, P.PUPIL_RECORD, P.ATTENDANCE_VIEW, P.COUNT_VIEW, P.STAFF_VIEW, P.READING_KEEP}
)
LEADS_SEND = EVERY_PUPIL_WORK | {
    P.PUPIL_EDIT,
    P.PUPIL_LINK,
    P.NOTE_WRITE,
    P.CONTACT_VIEW,
    P.CIRCUMSTANCE_VIEW,
    P.DSL_POINTER,
    P.NOTE_RESTRICTED,
    P.PUPIL_ADD,
    P.PUPIL_MERGE,
    P.REGISTER_MOVE,
    P.FAMILY_TELL,
    P.CONCERN_TRIAGE,
    P.SUPPORT_KEEP,
    P.AWAY_VIEW,
    P.AWAY_KEEP,
    P.CENSUS_CHECK,
    P.REGISTER_EXPORT,
    P.COMPLIANCE_VIEW,
    P.HISTORY_VIEW,
    P.STAFF_INVITE,
    P.GROUP_TIE,
    P.YEAR_SET,
    P.SCHOOL_SET,
    P.IMPORT_RUN,
    P.MESSAGE_VIEW,
}


@dataclass(frozen=True)
class RoleRow:
    """One line of the table: what the role is called, whom it is about, what it may do."""

    title: str
    scope: Scope
    permissions: frozenset[Permission]
    words: str


ROLES: dict[Role, RoleRow] = {
    Role.SENDCO: RoleRow("SENDCO", Scope.ALL, LEADS_SEND | {P.RIGHTS_RUN}, "Leads SEND: sees and does all of it."),
    Role.ASSISTANT_SENDCO: RoleRow(
        "Assistant SENDCO",
        Scope.ALL,
        LEADS_SEND - {P.SCHOOL_SET},
        "Works beside the SENDCO; does not change the school's settings.",
    ),
    Role.SEND_ADMIN: RoleRow(
        "SEND administrator",
        Scope.ALL,
        LEADS_SEND
        - {P.NOTE_RESTRICTED, P.DSL_POINTER, P.SCHOOL_SET, P.STAFF_INVITE, P.PUPIL_EDIT, P.HISTORY_VIEW}
        - {P.REGISTER_MOVE, P.PUPIL_MERGE, P.CONCERN_TRIAGE},
        "Does the paperwork; never sees restricted notes, and decides nothing about the register.",
    ),
    Role.TEACHER: RoleRow(
        "Teacher",
        Scope.LINKED,
        frozenset({P.PUPIL_LIST, P.PUPIL_RECORD, P.PUPIL_EDIT, P.NOTE_WRITE, P.ATTENDANCE_VIEW, P.CONCERN_TRIAGE}),
        "Sees the pupils in the classes and forms they teach or lead.",
    ),
    Role.TA: RoleRow(
        "Teaching assistant",
        Scope.LINKED,
        frozenset({P.PUPIL_LIST, P.PUPIL_RECORD, P.NOTE_WRITE}),
        "Sees the pupils they are linked to.",
    ),
    Role.LEADER: RoleRow(
        "Leader",
        Scope.LINKED,
        EVERY_PUPIL_WORK
        | {P.PUPIL_EDIT, P.NOTE_WRITE, P.CONTACT_VIEW, P.AWAY_VIEW, P.CONCERN_TRIAGE, P.COMPLIANCE_VIEW},
        "Leads a year group or a phase: sees its pupils, and counts for the school.",
    ),
    Role.HEAD: RoleRow(
        "Head",
        Scope.ALL,
        EVERY_PUPIL_WORK
        | {P.CONTACT_VIEW, P.CIRCUMSTANCE_VIEW, P.DSL_POINTER, P.NOTE_RESTRICTED, P.HISTORY_VIEW}
        | {P.STAFF_INVITE, P.GROUP_TIE, P.YEAR_SET, P.SCHOOL_SET, P.MESSAGE_VIEW, P.REGISTER_EXPORT, P.CENSUS_CHECK}
        | {P.NOTE_WRITE, P.AWAY_VIEW, P.AWAY_KEEP, P.CONCERN_TRIAGE, P.RIGHTS_RUN, P.COMPLIANCE_VIEW},
        "Sees everything; answers for it.",
    ),
    Role.GOVERNOR: RoleRow(
        "Governor",
        Scope.NONE,
        frozenset({P.COUNT_VIEW, P.COMPLIANCE_VIEW}),
        "Sees counts only, never a pupil; small numbers are hidden.",
    ),
    Role.OFFICE: RoleRow(
        "Office",
        Scope.ALL,
        frozenset({P.PUPIL_LIST, P.CONTACT_VIEW, P.STAFF_VIEW, P.STAFF_INVITE, P.IMPORT_RUN, P.MESSAGE_VIEW})
        | {P.PUPIL_ADD, P.GROUP_TIE, P.YEAR_SET, P.CENSUS_CHECK},
        "Brings in files, keeps contacts and invitations, checks the census; does not open SEND records.",
    ),
    Role.DSL: RoleRow(
        "Designated safeguarding lead",
        Scope.ALL,
        EVERY_PUPIL_WORK
        | {P.CONTACT_VIEW, P.CIRCUMSTANCE_VIEW, P.DSL_POINTER, P.NOTE_RESTRICTED, P.HISTORY_VIEW}
        | {P.NOTE_WRITE, P.AWAY_VIEW, P.AWAY_KEEP, P.CONCERN_TRIAGE},
        "Sees every record and sets the pointer to speak to them; the story stays in the safeguarding system.",
    ),
    Role.TRUST_LEAD: RoleRow(
        "Trust SEND lead",
        Scope.NONE,
        frozenset({P.COUNT_VIEW}),
        "Sees each school's counts, and no pupil until that school grants more.",
    ),
    Role.DATA_LEAD: RoleRow(
        "Data protection lead",
        Scope.NONE,
        frozenset({P.RIGHTS_RUN, P.STAFF_VIEW}),
        "Answers requests for a child's data and keeps the logs; opens no SEND page.",
    ),
}

# What a school may grant its trust's SEND lead beyond counts (School.trust_sees).
TRUST_GRANTED = RoleRow(
    "Trust SEND lead", Scope.ALL, EVERY_PUPIL_WORK - {P.READING_KEEP}, "The school has let them open records."
)


def scope_of(roles: Iterable[str], trust_granted: bool = False) -> Scope:
    """The widest scope among the roles."""
    return max((row.scope for row in rows_of(roles, trust_granted)), default=Scope.NONE)


def permissions_of(roles: Iterable[str], trust_granted: bool = False) -> frozenset[Permission]:
    """All that the roles together allow."""
    return frozenset().union(*(row.permissions for row in rows_of(roles, trust_granted)))


def rows_of(roles: Iterable[str], trust_granted: bool) -> list[RoleRow]:
    return [TRUST_GRANTED if trust_granted and role == Role.TRUST_LEAD else ROLES[Role(role)] for role in roles]


def may_give(own_roles: Iterable[str], role: str) -> bool:
    """Whether someone with `own_roles` may hand out `role`: never more than they hold themselves, with two
    exceptions. The office may invite teachers and assistants, whose reach comes from links and not from the office;
    the head appoints whom the school needs."""
    held = set(own_roles)
    own = permissions_of(held)
    if P.STAFF_INVITE not in own or role == Role.TRUST_LEAD:
        return False
    if Role.HEAD in held:
        return True
    row = ROLES[Role(role)]
    return row.permissions <= own or (row.scope == Scope.LINKED and role != Role.LEADER)


def require(*needed: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Refuse (403) a member who lacks any of the permissions. Stands directly above a view."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def run(request: Any, *args: Any, **kwargs: Any) -> Any:
            for permission in needed:
                if not request.member.can(permission):
                    raise PermissionDenied(PERMISSION_WORDS[permission])
            return view(request, *args, **kwargs)

        setattr(run, "needs", needed)  # noqa: B010  the sweep reads it
        return run

    return decorate

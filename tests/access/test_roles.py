"""The tables of access.py: what each role may do and give, and that the page made from them is the page we ship."""

import pytest
from django.conf import settings

from sendhub.access import PERMISSION_WORDS, ROLES, Permission, Role, Scope, may_give, permissions_of, scope_of
from sendhub.permission_page import page

P = Permission


def test_the_page_that_we_ship_is_made_from_the_tables():
    assert (settings.BASE_DIR / "docs" / "permissions.md").read_text() == page()


def test_every_role_and_permission_has_its_words():
    assert set(ROLES) == set(Role)
    assert set(PERMISSION_WORDS) == set(Permission)


@pytest.mark.parametrize(
    ("role", "never"),
    [
        (Role.SEND_ADMIN, {P.NOTE_RESTRICTED, P.DSL_POINTER}),
        (Role.TEACHER, {P.CONTACT_VIEW, P.CIRCUMSTANCE_VIEW, P.DSL_POINTER, P.NOTE_RESTRICTED, P.REGISTER_EXPORT}),
        (Role.TA, {P.CONTACT_VIEW, P.CIRCUMSTANCE_VIEW, P.DSL_POINTER, P.NOTE_RESTRICTED, P.PUPIL_EDIT}),
        (Role.GOVERNOR, set(Permission) - {P.COUNT_VIEW, P.COMPLIANCE_VIEW}),
        (Role.TRUST_LEAD, set(Permission) - {P.COUNT_VIEW}),
        (Role.OFFICE, {P.PUPIL_RECORD, P.CIRCUMSTANCE_VIEW, P.NOTE_RESTRICTED, P.DSL_POINTER}),
    ],
)
def test_what_a_role_may_never_do(role, never):
    assert ROLES[role].permissions & never == set()


@pytest.mark.parametrize(
    ("roles", "granted", "scope"),
    [
        (["teacher"], False, Scope.LINKED),
        (["governor"], False, Scope.NONE),
        (["governor", "teacher"], False, Scope.LINKED),
        (["teacher", "dsl"], False, Scope.ALL),
        (["trust_lead"], False, Scope.NONE),
        (["trust_lead"], True, Scope.ALL),
        ([], False, Scope.NONE),
    ],
)
def test_the_widest_scope_counts(roles, granted, scope):
    assert scope_of(roles, granted) == scope


def test_two_roles_have_both_roles_permissions():
    assert permissions_of(["teacher", "governor"]) == ROLES[Role.TEACHER].permissions | {
        P.COUNT_VIEW,
        P.COMPLIANCE_VIEW,
    }


def test_what_a_school_grants_its_trust_is_to_look_and_not_to_change():
    granted = permissions_of(["trust_lead"], trust_granted=True)
    assert granted == {P.PUPIL_LIST, P.PUPIL_RECORD, P.ATTENDANCE_VIEW, P.COUNT_VIEW, P.STAFF_VIEW}


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [
        ("sendco", "sendco", True),
        ("sendco", "teacher", True),
        ("sendco", "trust_lead", False),
        ("assistant_sendco", "sendco", False),  # has more than they do
        ("office", "teacher", True),
        ("office", "ta", True),
        ("office", "sendco", False),
        ("office", "head", False),
        ("office", "leader", False),
        ("head", "dsl", True),
        ("head", "sendco", True),  # who appoints the SENDCO, if not the head
        ("head", "trust_lead", False),  # the trust's to give
        ("teacher", "ta", False),
        ("governor", "governor", False),
    ],
)
def test_nobody_hands_out_more_than_they_hold(own, given, may):
    assert may_give([own], given) is may

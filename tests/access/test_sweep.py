"""Everybody tries every address of a school: each role, someone who has left, someone from elsewhere, nobody.

Own school, another school of the trust, a stranger's school; GET, HEAD and POST; ids that one may see, may not see,
that belong to another school, and that never were. One table (table.py) says what must happen. Each call is rolled
back, and the school's setting is cleared before it, so that no call lives off the one before.
"""

import re

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sendhub.access import Permission, Scope
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context, set_local
from tests.access import targets
from tests.access.table import DEMO, MEMBER, OWNER, SCHOOL
from tests.access.walk import addresses
from tests.cast import PEOPLE

ALLOWED_GET = {200, 302, 303}
ALLOWED_POST = {200, 201, 204, 302, 303, 400, 409, 422}
# What a GET may write: who looked, where one was, and the rate limits' counters. No domain row.
READ_MAY_WRITE = ("audit_accesslog", "django_session", "sendhub_cache", "usersessions_usersession")
CELLS = {"count": 0}


def call(browser, method, path, data=None, **options):
    """One request, rolled back: (status, body without its own address, SQL that wrote)."""
    written = []

    def watch(execute, sql, params, many, context):
        match = re.match(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', sql)
        if match and match[2] not in READ_MAY_WRITE:
            written.append(sql[:80])
        return execute(sql, params, many, context)

    CELLS["count"] += 1
    with transaction.atomic():
        set_local(school_id="", user_id="")
        with connection.execute_wrapper(watch):
            response = getattr(browser, method)(path, data or {}, **options)
            body = b"".join(response) if response.streaming else response.content.replace(path.encode(), b"(here)")
        transaction.set_rollback(True)
    return response.status_code, body, written


def expected(row, method, member, sees):
    """The statuses that are right for this member of this school."""
    needed = row.post if method == "post" else row.get
    if needed is None:
        return {405}
    if needed == OWNER:
        sees = sees and "sendco" in member.roles  # the stage's rows are hers
    elif (needed not in {MEMBER, DEMO} and not member.can(needed)) or (row.also and not member.can(row.also)):
        return {403} if sees else {403, 404}
    if row.keeper and not member.can(row.keeper):
        sees = sees and "sendco" in member.roles
    if row.ids and not sees:
        return {404}
    return ALLOWED_POST if method == "post" else ALLOWED_GET


def test_every_address_of_a_school_has_a_row():
    names = {address.name for address in addresses(settings.SCHOOL_URLCONF)}
    assert names == set(SCHOOL)


def test_no_two_addresses_share_a_name():
    names = [address.name for address in addresses(settings.SCHOOL_URLCONF)]
    assert sorted(names) == sorted(set(names))


@pytest.fixture
def stage(cast):
    return targets.Stage(cast)


@pytest.mark.parametrize("person", list(PEOPLE))
def test_what_each_person_may_do_in_their_own_school(stage, sign_in, person):
    member = stage.cast.oakfield.people[person]
    browser = sign_in(member, raise_request_exception=False)
    wrong = []
    for address in addresses(settings.SCHOOL_URLCONF):
        row = SCHOOL[address.name]
        for ids, sees in stage.variants(row, member):
            path = stage.path("oakfield", address, row, ids)
            for method in ("get", "head", "post"):
                status, _, written = call(browser, method, path)
                right = expected(row, method, member, sees)
                if status not in right:
                    wrong.append(f"{method} {address.name} ({ids or 'no id'}): {status}, not {sorted(right)}")
                if method != "post" and written:
                    wrong.append(f"{method} {address.name} wrote: {written}")
    assert wrong == []


@pytest.mark.parametrize("person", list(PEOPLE))
def test_in_another_school_everything_is_as_if_it_were_not_there(stage, sign_in, person):
    """The same 404 page for each address as for one that never was. The trust's lead is a member in the trust."""
    browser = sign_in(stage.cast.oakfield.people[person], raise_request_exception=False)
    wrong = []
    for slug in ("hillside", "brook"):
        if person == "trust_lead" and slug == "hillside":
            continue
        nothing = call(browser, "get", f"/s/{slug}/never/was/")[1]
        for address in addresses(settings.SCHOOL_URLCONF):
            row = SCHOOL[address.name]
            path = stage.path(slug, address, row)
            for method in ("get", "head", "post"):
                status, body, written = call(browser, method, path)
                if status != 404 or written or (method == "get" and body != nothing):
                    wrong.append(f"{method} {slug} {address.name}: {status}")
    assert wrong == []
    assert call(browser, "get", "/s/no-such-school/")[:2] == (404, nothing)


def test_the_trusts_lead_sees_no_more_in_the_other_school(stage, sign_in):
    """The lead is a member of both schools: counts there too, and nothing else."""
    lead = stage.cast.hillside.trust_lead
    browser = sign_in(lead, raise_request_exception=False)
    for address in addresses(settings.SCHOOL_URLCONF):
        row = SCHOOL[address.name]
        status, _, _ = call(browser, "get", stage.path("hillside", address, row))
        sees = row.about not in {"pupil", "concern", "job", "saved_view", "operation"}
        assert status in expected(row, "get", lead, sees) | {403}, address.name


def test_nobody_signed_in_is_sent_to_sign_in(stage, client):
    client.raise_request_exception = False
    wrong = []
    for slug in ("oakfield", "no-such-school"):
        for address in addresses(settings.SCHOOL_URLCONF):
            path = stage.path(slug, address, SCHOOL[address.name])
            for method in ("get", "head", "post"):
                status, _, written = call(client, method, path)
                if status not in {302, 401} or written:
                    wrong.append(f"{method} {slug} {address.name}: {status}")
    assert wrong == []


def test_someone_who_has_left_is_out_at_their_next_request(stage, sign_in):
    member = stage.cast.oakfield.sendco
    browser = sign_in(member, raise_request_exception=False)
    assert call(browser, "get", "/s/oakfield/")[0] == 200
    with school_context(member.school_id), acting(SYSTEM, "test"):
        member.ended_at = timezone.now()
        member.save()
    for address in addresses(settings.SCHOOL_URLCONF):
        path = stage.path("oakfield", address, SCHOOL[address.name])
        assert call(browser, "get", path)[0] == 404, address.name
        assert call(browser, "post", path)[0] == 404, address.name


def test_ids_in_forms_queries_and_json_may_not_reach_into_another_school(stage, sign_in):
    """Each id that a form or a query takes is swapped for a stranger's, and for one that never was."""
    browser = sign_in(stage.cast.oakfield.sendco, raise_request_exception=False)
    swapped, wrong = 0, []
    for address in addresses(settings.SCHOOL_URLCONF):
        row = SCHOOL[address.name]
        path = stage.path("oakfield", address, row)
        for key, value in row.body.items():
            if not str(value).startswith("{"):
                continue
            right = {name: stage.fill(given, "oakfield") for name, given in row.body.items()}
            assert call(browser, "post", path, right)[0] in {200, 204, 302, 303}, (address.name, right)
            for bad in (stage.fill(value, "brook"), "999999999"):
                swapped += 1
                status, _, _ = call(browser, "post", path, {**right, key: bad})
                if status not in {400, 403, 404, 422}:
                    wrong.append(f"{address.name} took {key}={bad}: {status}")
                status, _, written = call(browser, "post", path, {**right, key: bad}, content_type="application/json")
                if status >= 500 or written:
                    wrong.append(f"{address.name} took JSON {key}={bad}: {status}, {written}")
    assert wrong == []
    assert swapped > 0


def test_a_pupil_out_of_sight_and_one_that_never_was_give_the_same_page(stage, sign_in):
    browser = sign_in(stage.cast.oakfield.teacher, raise_request_exception=False)
    record = next(a for a in addresses(settings.SCHOOL_URLCONF) if a.name == "pupils:pupil-record")
    row = SCHOOL[record.name]
    pages = {i: call(browser, "get", stage.path("oakfield", record, row, i)) for i in ("hidden", "foreign", "never")}
    assert {page[:2] for page in pages.values()} == {pages["never"][:2]}
    assert pages["never"][0] == 404


def test_counts_are_all_that_a_role_without_pupils_gets(stage, sign_in):
    """No page shows a governor or the trust's lead a pupil's name, wherever they can go."""
    for person in ("governor", "trust_lead"):
        member = stage.cast.oakfield.people[person]
        assert member.scope == Scope.NONE
        assert not member.can(Permission.PUPIL_LIST)
        browser = sign_in(member, raise_request_exception=False)
        for address in addresses(settings.SCHOOL_URLCONF):
            row = SCHOOL[address.name]
            for ids, _ in stage.variants(row, member):
                _, body, _ = call(browser, "get", stage.path("oakfield", address, row, ids))
                for name in ("Aïsha", "Khan", "Leon", "Walker"):
                    assert name.encode() not in body, (person, address.name)

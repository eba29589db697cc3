"""Who acts: the key that is stored, and that an action names its writes, whoever calls it and from wherever."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from pupils.models import Pupil
from sendhub.audit import SYSTEM, Actor, action, actor_key, log_access
from sendhub.audit.models import AccessLog
from sendhub.tenancy import school_context


def now_acting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_metadata', true)")
        return json.loads(cursor.fetchone()[0] or "{}")


@action("test.outer")
def outer(*, by, then=None):
    """Calls `then`, and says who was acting before and after it."""
    before = now_acting()
    inside = then(by=by) if then else None
    return before, inside, now_acting()


@action("test.inner")
def inner(*, by):
    return now_acting()


def test_who_acts(cast):
    member = cast.oakfield.sendco
    assert actor_key(member) == f"user:{member.user_id}"
    assert actor_key(member.user) == f"user:{member.user_id}"
    assert actor_key(SYSTEM) == "system"
    assert str(Actor("link:7", "A parent")) == "A parent"


@pytest.mark.parametrize("nobody", [None, "", 7, AnonymousUser()])
def test_nobody_is_no_actor(nobody):
    with pytest.raises(TypeError):
        actor_key(nobody)


def test_an_action_names_its_writes_and_an_inner_one_its_own(db):
    before, nested, after = outer(by=SYSTEM, then=inner)
    assert before == after == {"actor": "system", "verb": "test.outer"}
    assert nested == {"actor": "system", "verb": "test.inner"}
    assert now_acting() == {}


def test_an_action_needs_to_know_who(db):
    with pytest.raises(TypeError):
        outer()


def test_an_error_in_an_action_takes_its_writes_back_and_comes_out_as_itself(cast):
    @action("test.fails")
    def fails(*, by, pupil):
        Pupil.objects.filter(pk=pupil.pk).update(first_line="half")
        raise ZeroDivisionError

    pupil = cast.oakfield.pupils["mei"]
    with school_context(cast.oakfield.school.pk):
        with pytest.raises(ZeroDivisionError):
            fails(by=SYSTEM, pupil=pupil)
        pupil.refresh_from_db()
    assert pupil.first_line == ""


def test_a_look_is_logged_with_why(cast):
    member, pupil = cast.oakfield.teacher, cast.oakfield.pupils["mei"]
    with school_context(cast.oakfield.school.pk):
        log_access(member, "pupil.open", school_id=pupil.school_id, pupil_id=pupil.pk, why="You teach 9C/En", rows=1)
        row = AccessLog.objects.get()
    assert (row.actor, row.verb, row.pupil_id, row.why, row.detail) == (
        f"user:{member.user_id}",
        "pupil.open",
        pupil.pk,
        "You teach 9C/En",
        {"rows": 1},
    )

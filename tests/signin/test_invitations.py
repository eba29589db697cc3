"""The only way in: one address, once, within seven days, until it is taken back."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from sendhub.access import Role
from sendhub.audit import SYSTEM
from sendhub.kit.links import LinkSpent
from sendhub.kit.models import Link
from sendhub.tenancy import school_context
from staff import actions
from staff.models import Invitation, Membership, StaffMember, User
from staff.signin.passwords import NotTheSchool
from tests.signin.conftest import PASSWORD, give_password, link_in, log_in, mails_of

NEW = "asha.rao@oakfield.example.org"


@pytest.fixture
def oakfield(cast):
    return cast.oakfield.school


def invite(cast, email=NEW, roles=(Role.TEACHER.value,), name="Asha Rao", **more):
    with school_context(cast.oakfield.school.pk):
        return actions.invite(
            school=cast.oakfield.school,
            email=email,
            name=name,
            roles=list(roles),
            by=cast.oakfield.sendco,
            **more,
        )


def open_link(client, path):
    """Follow the mailed link to the page that it ends at."""
    return client.get(path, follow=True)


def join(client, **fields):
    return client.post("/join/", {"name": "Asha Rao", "password1": PASSWORD, "password2": PASSWORD, **fields})


def place_of(email, school):
    with school_context(school.pk):
        return Membership.objects.current().filter(school=school, user__email=email).first()


def test_join_makes_the_account_and_the_place_that_was_waiting(client, cast, oakfield):
    with school_context(oakfield.pk):
        staff = actions.add_staff(school=oakfield, forename="Asha", surname="Rao", by=SYSTEM)
    invite(cast, staff=staff)
    [letter] = mails_of(oakfield)
    assert letter.to == NEW
    assert letter.subject == "Your invitation to SendHub"
    page = open_link(client, link_in(letter))
    assert page.request["PATH_INFO"] == "/join/"
    assert "Join Oakfield Secondary School" in page.content.decode()
    answer = join(client)
    assert answer.headers["Location"] == "/s/oakfield/"
    place = place_of(NEW, oakfield)
    assert (place.roles, place.staff_id, place.user.name) == (["teacher"], staff.pk, "Asha Rao")
    assert place.user.check_password(PASSWORD)
    assert place.user.emailaddress_set.get().verified
    assert client.get("/accounts/second-step/").status_code == 200  # signed in, and owes the second step


@pytest.mark.parametrize(("name", "written"), [("Asha Rao", 'value="Asha Rao"'), ("SENDCO", "")])
def test_join_offers_the_name_of_a_person_and_never_that_of_a_role(client, cast, oakfield, name, written):
    invite(cast, name=name)
    [letter] = mails_of(oakfield)
    page = open_link(client, link_in(letter)).content.decode()
    [field] = re.findall(r'<input[^>]* name="name"[^>]*>', page)
    assert ("value=" in field) == bool(written)
    assert written in field


def test_the_link_opens_nothing_a_second_time(client, cast, oakfield):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    open_link(client, path)
    join(client)
    again = Client()
    assert open_link(again, path).status_code == 404
    assert join(again).status_code == 404


def test_two_browsers_with_the_link_make_one_place(client, cast, oakfield):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    second = Client()
    open_link(client, path)
    open_link(second, path)
    assert join(client).status_code == 302
    assert join(second).status_code == 404
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.parametrize(("days", "status"), [(6.9, 302), (7.1, 404)])
def test_seven_days(client, cast, oakfield, days, status):
    start = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=True):
        invite(cast)
        [path] = [link_in(letter) for letter in mails_of(oakfield)]
    with time_machine.travel(start + dt.timedelta(days=days), tick=True):
        open_link(client, path)
        assert join(client).status_code == status


def test_a_remembered_invitation_runs_out_too(client, cast, oakfield):
    start = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=True):
        invite(cast)
        [path] = [link_in(letter) for letter in mails_of(oakfield)]
    with time_machine.travel(start + dt.timedelta(days=6, hours=22), tick=True):
        assert open_link(client, path).status_code == 200
    with time_machine.travel(start + dt.timedelta(days=7, hours=1), tick=True):
        assert join(client).status_code == 404


def test_taken_back(client, cast, oakfield):
    invitation = invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    open_link(client, path)
    with school_context(oakfield.pk):
        actions.revoke(invitation=invitation, by=cast.oakfield.sendco)
    assert join(client).status_code == 404
    assert mails_of(oakfield) == [None]  # a mail that has not gone yet does not go any more
    assert place_of(NEW, oakfield) is None


def test_sent_again_has_a_new_link_and_the_old_one_is_dead(cast, oakfield):
    invitation = invite(cast)
    [old] = [link_in(letter) for letter in mails_of(oakfield)]
    with school_context(oakfield.pk):
        actions.resend(invitation=invitation, by=cast.oakfield.sendco)
    new = link_in(mails_of(oakfield)[-1])
    assert open_link(Client(), old).status_code == 404
    assert open_link(Client(), new).status_code == 200


def test_only_a_hash_of_the_token_is_kept(cast, oakfield, as_owner):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    token = path.rpartition(".")[2]
    with school_context(oakfield.pk):
        assert len(Link.objects.get().token_hash) == 64
        assert token not in str(list(Link.objects.values())) + str(list(Invitation.objects.values()))


def test_somebody_else_who_is_signed_in_is_told_and_nothing_moves(sign_in, cast, oakfield):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    browser = sign_in(cast.brook.sendco)
    page = open_link(browser, path)
    assert page.status_code == 403
    assert "This invitation is for another address" in page.content.decode()
    assert join(browser).status_code == 403
    assert place_of(NEW, oakfield) is None
    assert place_of(cast.brook.sendco.user.email, oakfield) is None


def test_the_action_itself_refuses_another_address(cast, oakfield):
    invitation = invite(cast)
    with school_context(oakfield.pk):
        link, _ = actions.make_link(invitation=invitation, by=SYSTEM)
    other = cast.brook.sendco.user
    with pytest.raises(PermissionDenied):
        actions.accept(invitation=invitation, link=link, user=other, by=other)


def test_the_action_refuses_a_second_accept(cast, oakfield):
    invitation = invite(cast, email=cast.brook.sendco.user.email)
    user = cast.brook.sendco.user
    with school_context(oakfield.pk):
        first, _ = actions.make_link(invitation=invitation, by=SYSTEM)
        second, _ = actions.make_link(invitation=invitation, by=SYSTEM)
    actions.accept(invitation=invitation, link=first, user=user, by=user)
    with pytest.raises(LinkSpent):
        actions.accept(invitation=invitation, link=second, user=user, by=user)


def test_a_known_address_signs_in_and_gets_the_school_added(client, cast, oakfield, settings):
    settings.DEMO = True  # the cast's schools are demos, and exempt from the second step there
    user = give_password(cast.brook.teacher.user)
    invite(cast, email=user.email.upper())
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    page = open_link(client, path)
    assert "Sign in to join Oakfield" in page.content.decode()
    assert 'name="password1"' not in page.content.decode()
    log_in(client, user, next="/join/")
    page = client.get("/join/")
    assert 'name="password1"' not in page.content.decode()
    assert client.post("/join/").headers["Location"] == "/s/oakfield/"
    assert place_of(user.email, oakfield).roles == ["teacher"]
    assert client.get("/").status_code == 200  # two schools now: the choice


def test_sign_up_is_closed(client, cast):
    page = client.get("/accounts/signup/")
    assert "By invitation only" in page.content.decode()
    client.post("/accounts/signup/", {"email": "a@b.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="a@b.example").exists()


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("short words", "short words", "at least 12 characters"),
        ("Oakfield-2026!!", "Oakfield-2026!!", "leans on your school"),
        ("senco senco senco", "senco senco senco", "leans on your school"),
        ("asha.rao@oakfield", "asha.rao@oakfield", "too similar"),
        ("password1234567", "password1234567", "leans on your school"),
        ("qwertyuiop123456", "qwertyuiop123456", ""),
        (PASSWORD, PASSWORD + "!", "not the same"),
        ("", "", "required"),
    ],
)
def test_first_password(client, cast, oakfield, first, second, sentence):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    open_link(client, path)
    answer = join(client, password1=first, password2=second)
    if sentence:
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert User.objects.filter(email=NEW).exists() is (not sentence)


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("sendco", "sendco", True),
        ("sendco", "teacher", True),
        ("sendco", "trust_lead", False),
        ("office", "teacher", True),
        ("office", "ta", True),
        ("office", "sendco", False),
        ("office", "head", False),
        ("assistant", "sendco", False),
        ("teacher", "ta", False),
    ],
)
def test_nobody_gives_more_than_they_hold(cast, oakfield, who, role, may):
    def act():
        with school_context(oakfield.pk):
            actions.invite(school=oakfield, email=NEW, name="A", roles=[role], by=getattr(cast.oakfield, who))

    if may:
        act()
    else:
        with pytest.raises(PermissionDenied):
            act()


def test_one_address_one_invitation_and_none_for_who_is_here(cast, oakfield):
    invite(cast)
    with pytest.raises(ValidationError, match="is waiting"):
        invite(cast, email=NEW.upper())
    with pytest.raises(ValidationError, match="already sign in"):
        invite(cast, email=cast.oakfield.ta.user.email)


def test_a_second_place_adds_roles_and_keeps_the_person(cast, oakfield):
    ta = cast.oakfield.ta
    with school_context(oakfield.pk):
        again = actions.add_member(school=oakfield, user=ta.user, roles=["teacher"], by=SYSTEM)
        staff = StaffMember.objects.get(pk=ta.staff_id)
    assert (again.pk, again.roles, again.staff) == (ta.pk, ["ta", "teacher"], staff)


def test_join_without_an_invitation(client, cast):
    assert client.get("/join/").status_code == 404
    session = client.session
    session["invitation"] = [cast.oakfield.school.pk, 999]
    session.save()
    assert client.get("/join/").status_code == 404


def test_lost_race_in_the_page_itself(client, cast, oakfield, monkeypatch):
    invite(cast)
    [path] = [link_in(letter) for letter in mails_of(oakfield)]
    open_link(client, path)

    def spent(**kwargs):
        raise LinkSpent

    monkeypatch.setattr("staff.views.account.actions.accept", spent)
    assert join(client).status_code == 404


def test_the_same_address_is_the_same_account(cast):
    known = cast.oakfield.ta.user
    again = actions.add_user(email=known.email.title(), name="Somebody", password="x", by=SYSTEM)
    assert (again.pk, again.name) == (known.pk, known.name)
    assert not again.has_usable_password()


def test_rows_never_print_a_name(cast, oakfield):
    assert str(invite(cast)).startswith("invitation ")


def test_a_password_that_is_only_short_is_not_said_to_lean_on_the_school(db):
    NotTheSchool().validate("short")
    with pytest.raises(ValidationError):
        NotTheSchool().validate("Senco1")


def test_the_password_page_says_what_is_refused(db):
    assert "school's name" in NotTheSchool().get_help_text()

"""A new school by one command."""

import re

import pytest
from django.core.management import CommandError, call_command

from sendhub.tenancy import school_context
from staff.models import Membership, School
from tests.signin.conftest import PASSWORD, mails_of

ARGUMENTS = {
    "name": "Ashdown School", "slug": "ashdown", "la": "302", "estab": "4190", "sendco_email": "pat@ashdown.example",
}  # fmt: skip


def test_new_school_prints_a_link_that_makes_the_sendco(db, client, capsys):
    call_command("new_school", **ARGUMENTS)
    path = re.search(r"https?://[^/\s]+(/l/\S+)", capsys.readouterr().out)[1]
    school = School.objects.get(slug="ashdown")
    assert (school.name, school.la_code, school.estab, school.is_demo) == ("Ashdown School", "302", "4190", False)
    [letter] = mails_of(school)
    assert letter.to == "pat@ashdown.example"
    client.get(path, follow=True)
    answer = client.post("/join/", {"name": "Pat Low", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.headers["Location"] == "/s/ashdown/first-hour/"
    with school_context(school.pk):
        member = Membership.objects.get()
    assert (member.roles, member.user.name) == (["sendco"], "Pat Low")
    assert client.get("/").headers["Location"] == "/accounts/second-step/"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slug": "Ash Down"}, "--slug .*: give small letters"),
        ({"slug": "ash_down"}, "--slug"),
        ({"la": "30"}, "--la .*: give .* three digits"),
        ({"estab": "41277"}, "--estab"),
        ({"sendco_email": "pat"}, "--sendco-email"),
    ],
)
def test_new_school_says_what_will_not_do(db, change, words):
    with pytest.raises(CommandError, match=words):
        call_command("new_school", **{**ARGUMENTS, **change})
    assert not School.objects.exists()


def test_new_school_twice(db):
    call_command("new_school", **ARGUMENTS)
    with pytest.raises(CommandError, match="is here already"):
        call_command("new_school", **ARGUMENTS)
    assert School.objects.count() == 1


def test_no_real_school_beside_the_demo(db, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="SENDHUB_DEMO is on"):
        call_command("new_school", **ARGUMENTS)
    assert not School.objects.exists()

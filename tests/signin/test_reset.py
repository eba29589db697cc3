"""Someone who has lost every second step: only whoever runs the server can help, once they have made sure who asks."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.utils import timezone

from sendhub.outbox.models import Message
from sendhub.tenancy import school_context


@pytest.fixture
def priya(cast, sign_in):
    member = cast.oakfield.sendco
    Authenticator.objects.create(user=member.user, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=cast.oakfield.head.user, type="totp", data={"secret": "x"})
    browser = sign_in(member)
    UserSession.objects.create(
        user=member.user, session_key=browser.session.session_key, ip="127.0.0.1", user_agent="x",
        last_seen_at=timezone.now(),
    )  # fmt: skip
    return member, browser


def test_the_factors_go_the_sessions_end_and_a_mail_says_so(priya, cast, capsys):
    member, browser = priya
    call_command("reset_second_step", member.user.email.upper(), checked=True)
    assert set(Authenticator.objects.values_list("user_id", flat=True)) == {cast.oakfield.head.user_id}
    assert browser.get("/s/oakfield/").status_code == 302
    assert "Done." in capsys.readouterr().out
    with school_context(member.school_id):
        assert Message.objects.get(to=member.user.email).ids["kind"] == "second_step_reset"


def test_nothing_happens_before_somebody_has_made_sure(priya):
    member, _ = priya
    with pytest.raises(CommandError, match="Make sure first"):
        call_command("reset_second_step", member.user.email)
    assert Authenticator.objects.filter(user=member.user).exists()


def test_an_unknown_address_is_said(db):
    with pytest.raises(CommandError, match="Nobody signs in with that address"):
        call_command("reset_second_step", "nobody@example.org", checked=True)

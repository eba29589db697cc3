"""Redis away and the mail server away: every page works, messages wait, one banner says so."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from sendhub.celery import app
from sendhub.outbox.deliver import deliver
from sendhub.outbox.models import Message
from sendhub.tenancy import school_context
from tests.access import targets
from tests.access.table import DEMO, SCHOOL
from tests.access.test_sweep import ALLOWED_GET, call, expected
from tests.access.walk import addresses

BANNER = "E-mails are delayed: "
NOWHERE = "127.0.0.1"


@pytest.fixture
def nothing_answers(settings, monkeypatch):
    """The broker and the mail server are addresses where nobody listens. The pools that were open are set aside."""
    before = app.conf.broker_url
    app.conf.broker_url = f"redis://{NOWHERE}:1/0"
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEMO = NOWHERE, 1, False
    yield
    app.conf.broker_url = before


def test_every_page_of_the_sendco_works(cast, sign_in, nothing_answers):
    stage = targets.Stage(cast)
    browser = sign_in(cast.oakfield.sendco, raise_request_exception=False)
    walked, wrong = 0, []
    for address in addresses(django_settings.SCHOOL_URLCONF):
        row = SCHOOL[address.name]
        if row.get == DEMO or expected(row, "get", cast.oakfield.sendco, True) != ALLOWED_GET:
            continue  # not offered, or not to her
        status, _, _ = call(browser, "get", stage.path("oakfield", address, row))
        walked += 1
        if status not in ALLOWED_GET:
            wrong.append(f"{address.name}: {status}")
    assert wrong == []
    assert walked > 50


def test_a_message_waits_and_one_banner_says_so(cast, sign_in, nothing_answers, django_capture_on_commit_callbacks):
    sendco = cast.oakfield.sendco
    browser = sign_in(sendco)
    with django_capture_on_commit_callbacks(execute=True) as rung:
        answer = browser.post("/s/oakfield/staff/invite/", INVITED)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert rung
    with school_context(sendco.school_id):
        (message,) = Message.objects.filter(state="pending")
    assert not deliver(school_id=sendco.school_id, pk=message.pk)
    with school_context(sendco.school_id):
        message.refresh_from_db()
    assert (message.state, message.attempts) == ("pending", 1)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        for path in ("", "pupils/", "messages/"):
            page = browser.get(f"/s/oakfield/{path}").content.decode()
            assert page.count(BANNER) == 1, path
        teacher = sign_in(cast.oakfield.teacher).get("/s/oakfield/").content.decode()
    assert BANNER not in teacher


INVITED = {"name": "New Person", "email": "new.person@oakfield.example.org", "roles": ["teacher"]}

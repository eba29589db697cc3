"""The messages page and the mailbox."""

import pytest

from sendhub.outbox import actions
from sendhub.outbox.models import DemoMail, Message
from sendhub.tenancy import school_context

LIST = "/s/oakfield/messages/"
BOX = "/s/oakfield/messages/mailbox/"


@pytest.fixture
def priya(oakfield, sign_in):
    return sign_in(oakfield.sendco)


def claimed(message):
    return actions.claim(school_id=message.school_id, pk=message.pk)


def test_the_page_opens_on_what_needs_a_person(priya, queue):
    waiting = queue()
    assert b"Next try" in priya.get(LIST).content
    actions.mark_unknown(claimed(waiting), "It may have arrived, and this says why.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sendhub.outbox.pace.MAX_ATTEMPTS", 1)
        uncertain = queue(key="second", policy="once")
        actions.mark_unknown(claimed(uncertain), "The line broke.")
    page = priya.get(LIST)
    assert page.status_code == 200
    assert b"The line broke." in page.content
    assert b"Send again" in page.content


@pytest.mark.parametrize("tab", ["waiting", "uncertain", "dead", "sent", "nonsense"])
def test_every_tab_opens_empty(priya, tab):
    page = priya.get(f"{LIST}?tab={tab}")
    assert page.status_code == 200
    assert b"Nothing here" in page.content


def test_a_sent_message_shows_when_and_to_whom_and_not_what(priya, queue):
    actions.mark_sent(claimed(queue()))
    page = priya.get(LIST).content.decode()
    assert "A letter" in page
    assert "parent1@example.org" in page
    assert "Good morning" not in page


def test_a_given_up_message_can_be_tried_again_once(priya, queue):
    message = queue()
    actions.mark_refused(claimed(message), "The mail server says that there is no such address.", for_good=True)
    assert b"no such address" in priya.get(LIST).content
    answers = [priya.post(f"{LIST}{message.pk}/again/", follow=True).content for _ in range(2)]
    assert b"It will be sent again in a moment." in answers[0]
    assert b"Somebody has dealt with this message already." in answers[1]
    message.refresh_from_db()
    assert message.state == "pending"


def test_fifty_messages_cost_no_more_queries_than_one(priya, queue, django_assert_num_queries, oakfield):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    queue()
    priya.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        priya.get(LIST)
    for number in range(4):
        queue(key=f"more {number}")
    with django_assert_num_queries(len(one)):
        priya.get(LIST)


def test_another_schools_message_is_not_there(cast, letters, sign_in, queue):
    message = queue()
    olive = sign_in(cast.brook.sendco)
    assert olive.post(f"/s/brook/messages/{message.pk}/again/").status_code == 404
    assert b"parent1" not in olive.get("/s/brook/messages/").content


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("head", 200), ("teacher", 403), ("governor", 403)])
def test_who_sees_messages(oakfield, sign_in, who, status):
    assert sign_in(getattr(oakfield, who)).get(LIST).status_code == status


class TestMailbox:
    @pytest.fixture
    def mail(self, queue, letters):
        letters.subject = "School meeting <script>"
        message = queue()
        actions.put_in_mailbox(claimed(message))
        return message

    def test_a_mail_is_shown_as_text_and_its_html_as_source(self, priya, mail):
        with school_context(mail.school_id):
            page = priya.get(f"{BOX}{DemoMail.objects.get().pk}/").content.decode()
        assert "School meeting &lt;script&gt;" in page
        assert "&lt;!doctype html&gt;" in page
        assert "Oakfield Secondary School" in page

    def test_in_the_demo_everybody_of_the_school_opens_it(self, oakfield, sign_in, settings, mail):
        settings.DEMO = True
        assert b"School meeting" in sign_in(oakfield.ta).get(BOX).content

    def test_elsewhere_there_is_none(self, oakfield, sign_in, settings, mail):
        """Whoever sees messages would read a colleague's link to a new password."""
        settings.DEMO = False
        with school_context(mail.school_id):
            pk = DemoMail.objects.get().pk
        for who in (oakfield.ta, oakfield.office, oakfield.sendco):
            browser = sign_in(who)
            assert [browser.get(path).status_code for path in (BOX, f"{BOX}{pk}/")] == [404, 404]

    def test_another_school_finds_nothing(self, cast, sign_in, settings, mail):
        settings.DEMO = True

        pk = DemoMail.objects.get().pk
        olive = sign_in(cast.brook.sendco)
        assert olive.get(f"/s/brook/messages/mailbox/{pk}/").status_code == 404
        assert b"No mail yet" in olive.get("/s/brook/messages/mailbox/").content

    def test_looking_writes_nothing(self, priya, mail, oakfield):
        before = list(Message.objects.values())
        priya.get(LIST)
        priya.get(BOX)
        assert list(Message.objects.values()) == before

"""E-mails of no app, so that these tests stand by themselves."""

import pytest

from sendhub import outbox
from sendhub.outbox import registry


@pytest.fixture
def letters(monkeypatch):
    """Registers the e-mail "test_letter"; `letters.text` is what it says next, or an exception, or None."""

    class Letters:
        text = "Good morning."
        subject = "School meeting"
        attachments = ()

    state = Letters()

    def test_letter(n):
        if isinstance(state.text, Exception):
            raise state.text
        if state.text is None:
            return None
        return outbox.Mail(
            subject=state.subject,
            text_template="emails/base.txt",
            html_template="emails/base.html",
            context={"n": n, "school_note": state.text},
            reply_to="office@oakfield.example.org",
            attachments=state.attachments,
        )

    monkeypatch.setitem(registry._written, "test_letter", registry.Written("test_letter", "A letter", test_letter))
    return state


@pytest.fixture
def oakfield(cast):
    """Oakfield's cast, with the database answering for Oakfield."""
    from sendhub.tenancy import school_context

    with school_context(cast.oakfield.school.pk):
        yield cast.oakfield


@pytest.fixture
def queue(oakfield, letters):
    def run(key="review:7:due:2027-03-01:contact:3", **kwargs):
        return outbox.queue(
            **{
                "school_id": oakfield.school.pk,
                "key": key,
                "to": "parent1@example.org",
                "template": "test_letter",
                "ids": {"n": 7},
                "by": oakfield.sendco,
                **kwargs,
            }
        )

    return run

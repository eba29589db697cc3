"""A mail server on loopback that answers as badly as real ones do: refused surely, for good, or nobody knows."""

import socket
import threading

import pytest
from django.db import OperationalError
from django.utils import timezone

from sendhub.outbox import actions, deliver, pace, smtp
from sendhub.outbox.models import DemoMail


class Server(threading.Thread):
    """One conversation. `answers` maps a verb to its reply; None hangs up. The text it was given is in `text`."""

    def __init__(self, **answers):
        super().__init__(daemon=True)
        usual = {
            "HELLO": "220 hello",
            "EHLO": "250-hello\r\n250 AUTH PLAIN",
            "HELO": "250 ok",
            "MAIL": "250 ok",
            "RCPT": "250 ok",
        }
        self.answers = {
            **usual,
            "DATA": "354 go on",
            "END": "250 taken",
            "QUIT": "221 bye",
            "AUTH": "235 ok",
            **answers,
        }
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.text, self.verbs = b"", []

    def run(self):
        line, _ = self.listener.accept()
        with line, line.makefile("rb") as reader:
            if not self._say(line, "HELLO"):
                return
            for raw in reader:
                verb = raw.split()[0].upper().decode()
                self.verbs.append(verb)
                if not self._say(line, verb):
                    return
                if verb == "DATA" and self.answers["DATA"].startswith("354"):
                    while (part := reader.readline()) != b".\r\n":
                        self.text += part
                    if not self._say(line, "END"):
                        return
                if verb == "QUIT":
                    return

    def _say(self, line, verb):
        if self.answers[verb] is not None:
            line.sendall(self.answers[verb].encode() + b"\r\n")
        return self.answers[verb] is not None


@pytest.fixture
def server(settings):
    servers = []

    def run(**answers):
        made = Server(**answers)
        servers.append(made)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.DEMO = False
        made.start()
        return made

    yield run
    for made in servers:
        made.listener.close()
        made.join(5)


def send(left=180):
    smtp.send("parent1@example.org", b"Subject: x\n\nHello\n.\nbye\n", time_left=lambda: left)


def test_a_taken_letter_arrives_whole(server):
    made = server()
    send()
    made.join(5)
    assert made.text == b"Subject: x\r\n\r\nHello\r\n..\r\nbye\r\n"


def test_with_a_user_it_logs_in_first(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "school", "secret"
    made = server()
    send()
    assert made.verbs[:3] == ["EHLO", "AUTH", "MAIL"]


SURE = [
    ({"HELLO": None}, "The mail server could not be reached.", False),
    ({"HELLO": "554 no"}, "The mail server could not be reached.", False),
    ({"MAIL": "451 not now"}, "The mail server does not take mail from this service's address.", False),
    ({"MAIL": None}, "The mail server hung up.", False),
    ({"RCPT": "550 no such user"}, "The mail server says that there is no such address.", True),
    ({"RCPT": "451 grey list"}, "The mail server did not take the address just now.", False),
    ({"RCPT": None}, "The mail server hung up.", False),
    ({"DATA": "451 not now"}, "The mail server did not take the message just now.", False),
    ({"DATA": None}, "The mail server hung up.", False),
    ({"END": "451 disk full"}, "The mail server did not accept the message.", False),
]


@pytest.mark.parametrize(("answers", "sentence", "for_good"), SURE)
def test_surely_not_accepted(server, answers, sentence, for_good):
    server(**answers)
    with pytest.raises(smtp.Refused) as refused:
        send()
    assert (refused.value.sentence, refused.value.for_good) == (sentence, for_good)


def test_a_wrong_password_is_said(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "school", "wrong"
    server(AUTH="535 no")
    with pytest.raises(smtp.Refused) as refused:
        send()
    assert refused.value.sentence == "The mail server does not take our password."


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(server, settings):
    settings.EMAIL_USE_TLS = True
    made = server()
    with pytest.raises(smtp.Refused):
        send()
    assert "MAIL" not in made.verbs


def test_silence_after_the_text_is_known_to_nobody(server):
    server(END=None)
    with pytest.raises(smtp.Unknown):
        send()


def test_nothing_is_handed_over_when_the_lease_is_nearly_up(server):
    made = server()
    with pytest.raises(smtp.Refused) as refused:
        send(left=pace.RESERVE.total_seconds() - 1)
    made.join(5)
    assert (refused.value.sentence, made.verbs) == ("The mail server was too slow.", ["EHLO", "MAIL", "RCPT"])


class TestDeliver:
    """The whole way of one message, with the database."""

    def run(self, message):
        return deliver.deliver(school_id=message.school_id, pk=message.pk)

    def test_sent(self, server, queue):
        made, message = server(), queue()
        assert self.run(message) is True
        message.refresh_from_db()
        assert message.state == "sent"
        assert message.message_id.encode() in made.text

    def test_refused(self, server, queue):
        server(RCPT="550 no such user")
        message = queue()
        assert self.run(message) is False
        message.refresh_from_db()
        assert (message.state, message.error) == ("dead", "The mail server says that there is no such address.")

    def test_unknown(self, server, queue):
        server(END=None)
        message = queue(policy="once")
        assert self.run(message) is False
        message.refresh_from_db()
        assert message.state == "uncertain"

    def test_not_due(self, server, queue):
        message = queue()
        actions.claim(school_id=message.school_id, pk=message.pk)
        assert self.run(message) is False

    def test_an_address_that_can_not_be_written_is_given_up_with_a_reason(self, server, queue, monkeypatch):
        server()
        message = queue()

        def unwritable(letter):
            raise UnicodeError("label too long")

        monkeypatch.setattr(deliver.letters, "to_bytes", unwritable)
        assert self.run(message) is False
        message.refresh_from_db()
        assert (message.state, message.error) == (
            "dead", "Its address or subject can not be put into an e-mail.",
        )  # fmt: skip

    def test_in_the_demo_nothing_leaves(self, settings, queue):
        settings.DEMO, settings.EMAIL_HOST = True, "mail.example.org"
        message = queue()
        assert self.run(message) is True
        message.refresh_from_db()
        assert message.state == "sent"

    def test_without_a_mail_server_a_message_waits_and_says_so(self, settings, queue):
        settings.DEMO, settings.EMAIL_HOST = False, ""
        message = queue()
        assert self.run(message) is False
        message.refresh_from_db()
        assert (message.state, message.error) == ("pending", "No mail server is set up here.")
        assert DemoMail.objects.count() == 0


class TestMarkingThroughARestart:
    def claim(self, seconds):
        return actions.Claim(1, 1, timezone.now() + seconds * pace.LEASE / 180, None)

    def test_it_goes_on_until_postgres_is_back(self, monkeypatch):
        calls, closed = [], []

        def mark():
            calls.append(1)
            if len(calls) < 3:
                raise OperationalError("restarting")
            return True

        monkeypatch.setattr(pace, "MARK_PAUSE", 0.001)
        monkeypatch.setattr(deliver, "connection", type("C", (), {"in_atomic_block": False, "close": closed.append}))
        deliver.connection.close = lambda: closed.append(1)
        assert deliver._surely(self.claim(60), mark) is True
        assert (len(calls), len(closed)) == (3, 2)

    def test_it_never_goes_on_past_the_lease(self, monkeypatch):
        def mark():
            raise OperationalError("restarting")

        monkeypatch.setattr(deliver, "connection", type("C", (), {"in_atomic_block": False}))
        with pytest.raises(OperationalError):
            deliver._surely(self.claim(0.1), mark)

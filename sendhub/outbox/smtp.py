"""One conversation with the mail server, by phases: what surely was not accepted, and what nobody can know.

Django's backend gives one exception for both, and a reminder must not be lost or doubled for that.
"""

import contextlib
import smtplib
import ssl
from email.utils import parseaddr

from django.conf import settings

from sendhub.outbox import pace


class Refused(Exception):
    """Surely not accepted. `sentence` is for the messages page; `for_good`: the address does not exist."""

    def __init__(self, sentence, for_good=False):
        super().__init__(sentence)
        self.sentence, self.for_good = sentence, for_good


class Unknown(Exception):
    """The text was handed over and no answer came."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


NO_SUCH_ADDRESS = {550, 551, 553}


def send(to, content, *, time_left):
    """Hand `content` (bytes) to the server for `to`; returns when it has answered 250.

    `time_left()` gives the seconds of the lease that remain: with too few the text is not handed over any more.
    Raises Refused or Unknown; nothing else.
    """
    if not settings.EMAIL_HOST:
        raise Refused("No mail server is set up here.")
    try:
        server = _connect()
    except smtplib.SMTPAuthenticationError as error:
        raise Refused("The mail server does not take our password.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Refused("The mail server could not be reached.") from error
    try:
        _envelope(server, to, time_left)
        _hand_over(server, content)
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.putcmd("QUIT")  # politeness; its answer is not waited for, since the letter must be marked now
    finally:
        server.close()


def _connect():
    server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=pace.SMTP_TIMEOUT)
    try:
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _envelope(server, to, time_left):
    """Sender, recipient and the wish to send. Until the answer 354 no text has left us."""
    try:
        code, _ = server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        if code != 250:
            raise Refused("The mail server does not take mail from this service's address.")
        code, _ = server.rcpt(to)
        if code in NO_SUCH_ADDRESS:
            raise Refused("The mail server says that there is no such address.", for_good=True)
        if code not in {250, 251}:
            raise Refused("The mail server did not take the address just now.")
        if time_left() < pace.RESERVE.total_seconds():
            raise Refused("The mail server was too slow.")
        code, _ = server.docmd("DATA")
        if code != 354:
            raise Refused("The mail server did not take the message just now.")
    except (smtplib.SMTPException, OSError) as error:
        raise Refused("The mail server hung up.") from error


def _hand_over(server, content):
    lines = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    dotted = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines.split(b"\r\n"))
    try:
        server.send(dotted.rstrip(b"\r\n") + b"\r\n.\r\n")
        code, _ = server.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise Unknown("The mail server took the message and did not answer, so it may have arrived.") from error
    if code != 250:
        raise Refused("The mail server did not accept the message.")

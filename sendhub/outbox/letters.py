"""From a message's ids to the letter that goes out: subject, texts, headers. Reads only; sends nothing."""

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from sendhub.outbox import registry


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    html: str
    reply_to: str
    message_id: str
    attachments: tuple[registry.Attachment, ...] = ()

    @property
    def digest(self):
        """SHA-256 of all that its reader can see: two copies of one message must have the same."""
        parts = [self.to, self.subject, self.text, self.html, self.reply_to]
        parts += [part for a in self.attachments for part in (a.name, a.content_type, a.content.hex())]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def write(message):
    """The letter of a message as the facts are now, or None when it is no longer needed. Runs inside its school."""
    mail = registry.find(message.template).function(**message.ids)
    if mail is None:
        return None
    context = {**mail.context, "school": message.school.name, "site_url": settings.SITE_URL}
    return Letter(
        to=message.to,
        subject=one_line(mail.subject),
        text=_render(mail.text_template, context, autoescape=False),
        html=_render(mail.html_template, context, autoescape=True) if mail.html_template else "",
        reply_to=one_line(mail.reply_to),
        message_id=message.message_id,
        attachments=tuple(mail.attachments),
    )


def _render(name, context, *, autoescape):
    return get_template(name).template.render(Context(context, autoescape=autoescape)).strip() + "\n"


def one_line(text):
    """Header text: a line break in a name must not begin a header of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def to_bytes(letter):
    """The letter as RFC 5322 bytes. The Date differs between copies; nothing that the reader sees does."""
    mime = EmailMessage(policy=SMTP)
    mime["From"] = settings.DEFAULT_FROM_EMAIL
    mime["To"] = ascii_address(letter.to)
    mime["Subject"] = letter.subject
    mime["Date"] = format_datetime(timezone.localtime())
    mime["Message-ID"] = letter.message_id
    mime["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        mime["Reply-To"] = letter.reply_to
    mime.set_content(letter.text)
    if letter.html:
        mime.add_alternative(letter.html, subtype="html")
    for attachment in letter.attachments:
        _attach(mime, attachment)
    return mime.as_bytes()


def _attach(mime, attachment):
    """Add the attachment; a calendar keeps its `method`, by which mail programs know an invitation."""
    kind, *parameters = [part.strip() for part in attachment.content_type.split(";")]
    maintype, subtype = kind.split("/")
    mime.add_attachment(
        attachment.content, maintype=maintype, subtype=subtype, filename=one_line(attachment.name),
        params=dict(parameter.split("=", 1) for parameter in parameters),
    )  # fmt: skip


def ascii_address(address):
    """An address whose domain has letters beyond ASCII, as mail servers write it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"

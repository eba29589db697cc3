"""Which function writes which e-mail. No models here: apps import it from their emails.py."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    content_type: str  # "text/calendar; method=REQUEST" keeps its parameters


@dataclass(frozen=True)
class Mail:
    """What one e-mail says. The templates get `context` and also `school` (its name) and `site_url`."""

    subject: str
    text_template: str
    html_template: str = ""
    context: dict = field(default_factory=dict)
    reply_to: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Written:
    name: str
    title: str  # what the messages page calls it
    function: object


_written: dict[str, Written] = {}


def email(name, title=""):
    """Register the function that writes the e-mail `name`. It takes the message's ids as keywords, runs inside the
    school, and returns a Mail, or None when the message is no longer needed (it is then cancelled)."""

    def decorate(function):
        if name in _written:
            raise ValueError(f"Two functions write the e-mail {name!r}")
        _written[name] = Written(name, title or name.replace("_", " ").capitalize(), function)
        return function

    return decorate


def find(name):
    """The registered e-mail; raises LookupError for a name that nobody writes."""
    if name not in _written:
        raise LookupError(f"No function in any emails.py writes the e-mail {name!r}")
    return _written[name]


def title(name):
    """What the messages page calls it, also when its function has gone since."""
    return _written[name].title if name in _written else name.replace("_", " ").capitalize()

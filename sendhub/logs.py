"""JSON log lines with ids and route names, and no personal data: not in a message, not in an exception."""

import contextvars
import json
import logging
import traceback
from datetime import UTC, datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import Error

request_id = contextvars.ContextVar("request_id", default="")
logger = logging.getLogger("sendhub.request")


class JsonFormatter(logging.Formatter):
    """One line of JSON. An exception gives its type and its places in our code; its message stays out, since a
    database error quotes the row it was about."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
        }
        facts = getattr(record, "facts", None)
        if facts:
            line.update(facts)
        else:
            line["message"] = message_of(record)
        if record.exc_info and record.exc_info[0]:
            kind, error, trail = record.exc_info
            line["error"] = kind.__name__
            if kind is ImproperlyConfigured:  # said at the start, to whoever runs the server: no row is in sight then
                line["why"] = str(error)
            line["trail"] = [f"{frame.name} {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trail)]
        return json.dumps(line, ensure_ascii=True, default=str)


def message_of(record):
    """The record's sentence, without what libraries put into theirs: addresses (people type names there, and that of
    a link without an account is a secret) and the words of errors."""
    if record.name == "django.request":
        return str(record.args[0]) if record.args else record.msg
    if record.name == "django.security.csrf":
        return "A form came without its token, or from elsewhere."
    if record.name == "gunicorn.error" and str(record.msg).startswith("Invalid request from"):
        return "A request could not be read."  # gunicorn's sentence quotes it, with the address of who asked
    task = getattr(record, "data", None)  # set by Celery
    if isinstance(task, dict) and "exc" in task:
        return f"{task.get('name')}[{task.get('id')}] raised an error"
    quotes = record.name.startswith(("celery", "gunicorn")) and record.exc_info
    return str(record.msg) if quotes else record.getMessage()


def user_of(request):
    """The id of whoever asks; None for nobody, and when the database that knows them is away: an error here would
    take the place of an answer that is ready, headers and all."""
    try:
        user = getattr(request, "user", None)
        return user.pk if user else None
    except Error:
        return None


def log_request(request, response, seconds):
    """Write the request's own line. A refusal (403) is a warning: it is rolled back everywhere else."""
    match = request.resolver_match
    level = logging.WARNING if response.status_code in {403, 429} else logging.INFO
    logger.log(
        level,
        "request",
        extra={
            "facts": {
                "route": match.view_name if match else "",
                "method": request.method,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "user": user_of(request),
                "school": request.school.pk if getattr(request, "school", None) else None,
            }
        },
    )

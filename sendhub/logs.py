"""JSON log lines with ids and route names, and no personal data: not in a message, not in an exception."""

import contextvars
import json
import logging
import traceback
from datetime import UTC, datetime

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
        elif record.name == "django.request":
            # its second argument is the path, and people type names there
            line["message"] = str(record.args[0]) if record.args else record.msg
        else:
            line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            kind, _, trail = record.exc_info
            line["error"] = kind.__name__
            line["trail"] = [f"{frame.name} {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trail)]
        return json.dumps(line, ensure_ascii=True, default=str)


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
                "user": request.user.pk if getattr(request, "user", None) else None,
                "school": request.school.pk if getattr(request, "school", None) else None,
            }
        },
    )

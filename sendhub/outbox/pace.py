"""How long a try may take and how long to wait for the next. Durations only; fault tests shorten them."""

import datetime as dt

# One try owns its message for this long. Longer than connecting, talking and marking can take together.
LEASE = dt.timedelta(minutes=3)
# A try that has used up its lease but for this much does not begin to hand over the text any more.
RESERVE = dt.timedelta(seconds=60)
SMTP_TIMEOUT = 20  # seconds, a step of the conversation
MARK_PAUSE = 0.5  # seconds between tries to write down that it went, while Postgres restarts

# Wait after the first, second, ... refused try. Ten tries span a night and a working day.
BACK_OFF = [dt.timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 180, 360, 720)]
MAX_ATTEMPTS = 10
LATE = dt.timedelta(minutes=10)  # a message older than this and not sent is said to be delayed


def back_off(attempts):
    """How long to wait after `attempts` tries."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]

"""What a fault test runs beside itself, each a process of its own that may be killed: worker, writer, drain and so on.

`python -m tests.faults.programs worker|seed|write|drain|press|save ...` with the environment of the throwaway services.
Durations are shortened here, so that a lease runs out in seconds.
"""

import datetime as dt
import itertools
import json
import os
import select
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from sendhub import outbox  # noqa: E402
from sendhub.audit import SYSTEM, Actor, acting  # noqa: E402
from sendhub.celery import app  # noqa: E402
from sendhub.outbox import pace, tasks  # noqa: E402
from sendhub.tenancy import school_context  # noqa: E402

pace.LEASE = dt.timedelta(seconds=5)
pace.RESERVE = dt.timedelta(seconds=1)
pace.SMTP_TIMEOUT = 2
pace.MARK_PAUSE = 0.1
pace.BACK_OFF = [dt.timedelta(seconds=seconds) for seconds in (0.3, 0.5, 1, 1, 2, 2, 2, 2, 2)]
app.conf.beat_schedule = {"sweep": {"task": "outbox.sweep", "schedule": 1.0}}

WRITER = Actor("system:fault-test", "A fault test")
SCHOOL = 1


class Undone(Exception):
    """The writer changes its mind: nothing of the event may stay."""


@outbox.email("fault_letter")
def fault_letter(n):
    note = outbox.Attachment("note.txt", f"Reminder {n}".encode(), "text/plain")
    return outbox.Mail(f"School meeting {n}", "emails/base.txt", "emails/base.html", attachments=(note,))


def worker(schedule):
    """Worker and beat in one, as small installations run them."""
    app.worker_main(
        ["worker", "-B", "-s", schedule, "-c", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    )


def seed():
    """One school, its SENDCO, and nothing else."""
    from sendhub.access import Role
    from staff.models import Membership, School, User

    call_command("createcachetable", verbosity=0)
    school = School.objects.create(pk=SCHOOL, name="Oakfield", slug="oakfield", la_code="302", estab="4127")
    user = User.objects.create(email="priya.nair@oakfield.example.org", name="Priya Nair", password="!")
    with school_context(school.pk), acting(SYSTEM, "test.seed"):
        Membership.objects.create(school=school, user=user, roles=[Role.SENDCO.value])


def write(path, first):
    """As many events as each line of the input says: a business row and its message, written twice and rung twice.

    Every seventh is undone. What was committed goes to `path`, a key a line, after the commit.
    """
    numbers = itertools.count(int(first))
    with Path(path).open("a") as kept:
        for line in sys.stdin:
            for n in itertools.islice(numbers, int(line)):
                policy = "once" if n % 2 else "retry"
                if _event(n, policy):
                    kept.write(f"{n} {policy}\n")
                    kept.flush()


def _event(n, policy):
    """Whether it was committed. Through a restart of Postgres it is written again: the key is made from facts."""
    while True:
        try:
            with school_context(SCHOOL):
                message = _rows(n, policy)
                if n % 7 == 6:
                    raise Undone
        except Undone:
            return False
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)
            continue
        _ring_again(message)
        return True


def _rows(n, policy):
    from sendhub.kit import links

    links.make(by=WRITER, school_id=SCHOOL, purpose="fault", subject_id=n, recipient=f"contact:{n}")
    wanted = {"school_id": SCHOOL, "key": f"event:{n}", "to": f"parent{n}@example.org", "template": "fault_letter"}
    for _ in range(2):
        message = outbox.queue(**wanted, ids={"n": n}, policy=policy, by=WRITER)
    return message


def _ring_again(message):
    try:
        tasks.send.apply_async((message.pk,), {"school_id": SCHOOL}, retry=False)
    except Exception as error:  # a dead queue is what the test is about
        print(type(error).__name__)


def drain():
    call_command("outbox_drain", "--until-idle")


def press(times):
    """Press "Try again" on given-up messages, as the SENDCO in a browser: JSON of status and seconds of each."""
    from django.conf import settings
    from django.test import Client

    from sendhub.outbox import actions
    from staff.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    pks = []
    with school_context(SCHOOL):
        for n in range(int(times)):
            message = outbox.queue(
                school_id=SCHOOL, key=f"press:{os.getpid()}:{n}", to="parent@example.org", template="fault_letter",
                ids={"n": n}, by=WRITER,
            )  # fmt: skip
            actions.mark_refused(actions.claim(school_id=SCHOOL, pk=message.pk), "x", for_good=True)
            pks.append(message.pk)
    client = Client()
    client.force_login(User.objects.get())
    session = client.session
    session["second_factor"] = True
    session.save()
    answers = []
    for pk in pks:
        began = time.monotonic()
        status = client.post(f"/s/oakfield/messages/{pk}/again/").status_code
        answers.append([status, time.monotonic() - began])
    print(json.dumps({"pks": pks, "answers": answers}))


def save(path):
    """Send one form after another, as the SENDCO in a browser, until the input ends. Before each its number goes to
    `path`, and behind it the answer's status once that is there."""
    from django.conf import settings
    from django.test import Client

    from staff.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get())
    session = client.session
    session["second_factor"] = True
    session.save()
    with Path(path).open("a", buffering=1) as kept:
        for n in itertools.takewhile(lambda n: not select.select([sys.stdin], [], [], 0.01)[0], itertools.count()):
            kept.write(f"\n{n} ")
            form = {"tried_on": "2026-01-01", "done_by": str(n), "held": "yes", "note": "x" * 400}
            try:
                status = client.post("/s/oakfield/backups/drill/", form).status_code
            except (OperationalError, InterfaceError):
                status = 0  # the page that says so could not ask who is there
            kept.write(str(status))
            if status != 302:
                connection.close()


if __name__ == "__main__":
    programs = {"worker": worker, "seed": seed, "write": write, "drain": drain, "press": press, "save": save}
    programs[sys.argv[1]](*sys.argv[2:])

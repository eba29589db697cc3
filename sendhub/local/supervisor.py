"""Keeps a set of children running: a dead one is said and started again, ever more slowly; all are ended together.

Not here: which children (run.py), and how one is started (process.py).
"""

import sys
import time
from contextlib import suppress

from sendhub.local import process, services
from sendhub.local.place import Trouble, read_conf

PAUSES = (1, 2, 5, 15, 30)  # seconds before a child that keeps dying is tried again
SETTLED = 60  # a child that lived this long starts again at the first pause
WHAT_IS_LOST = {
    "postgres": "every page fails until it is back",
    "valkey": "mail and documents wait until it is back",
    "web": "no page answers until it is back",
    "worker": "mail and documents wait until it is back",
    "beat": "reminders wait until it is back",
}


def say(text):
    print(text, flush=True)


class Supervisor:
    """The services of one place and the processes on top, in the order they were started."""

    def __init__(self, place):
        self.place = place
        self.children = []
        self.deaths = {}
        self.due = {}

    def add(self, child):
        child.start()
        self.children.append(child)

    def watch_once(self, now=None):
        """Look at each child; say that one died, and start it again when its pause is over."""
        now = time.monotonic() if now is None else now
        for child in self.children:
            if child.alive():
                continue
            if child.name in self.due:
                if now >= self.due[child.name]:
                    del self.due[child.name]
                    if child.name == "postgres":
                        services.clear_stale_pid(self.place)
                    child.start()
                continue
            count = 0 if now - child.started > SETTLED else self.deaths.get(child.name, 0)
            pause = PAUSES[min(count, len(PAUSES) - 1)]
            self.deaths[child.name] = count + 1
            self.due[child.name] = now + pause
            again = f"is started again in {pause} s" if pause < PAUSES[-1] else "keeps stopping; tried every 30 s"
            say(
                f"The {child.name} process stopped and {again}; {WHAT_IS_LOST.get(child.name, 'wait a moment')}. "
                f"{child.why()}"
            )

    def watch(self):
        """Until Stop is raised."""
        while True:
            self.watch_once()
            time.sleep(0.25)

    def stop(self):
        """What uses the database first, all at once; then the database and Valkey."""
        on_top = [child for child in self.children if child.name not in {"postgres", "valkey"}]
        below = [child for child in self.children if child.name in {"postgres", "valkey"}]
        services.stop(on_top)
        services.stop(below)
        process.heal(self.place)


def serve(place, start_more=None):
    """Take the place, start its services, then whatever start_more(supervisor, conf) starts; watch until stopped."""
    lock = process.Lock(place.root / "lock")
    if not lock.take():
        raise Trouble(
            f"SendHub is already running from this folder ({place.root}): use that one, or stop it with "
            "Ctrl-C where it runs."
        )
    supervisor = Supervisor(place)
    try:
        conf, supervisor.children = services.start(place)
        if start_more:
            start_more(supervisor, conf)
        supervisor.watch()
    except process.Stop:
        say("\nStopping.")
    finally:
        supervisor.stop()
        lock.release()


class Session:
    """Services for as long as one command needs them: somebody's running ones, or our own.

    A context manager; gives conf. Whoever started them waits at the end for those who joined, so that the first test
    run to finish does not stop the database under the second.
    """

    def __init__(self, place):
        self.place = place
        self.lock = process.Lock(place.root / "lock")
        self.users = process.Lock(place.root / "users")
        self.children = []

    def __enter__(self):
        self.users.take(shared=True, wait=True)
        if self.lock.take():
            conf, self.children = services.start(self.place)
            return conf
        return join(self.place, self.lock)

    def __exit__(self, kind, error, trace):
        if self.children:
            if kind is None and not self.users.take():
                print("Waiting for another command that uses these services.", file=sys.stderr, flush=True)
                with suppress(process.Stop):
                    self.users.take(wait=True)
            services.stop(self.children)
            process.heal(self.place)
        self.lock.release()
        self.users.release()


def join(place, lock):
    """conf of services that another process holds; waits up to a minute while that one is still starting them."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            conf = read_conf(place)
            if services.postgres_answers(conf) and services.valkey_answers(conf) and services.has_database(conf):
                return conf
        except (OSError, ValueError, KeyError):
            pass  # conf.json is being written at this moment
        time.sleep(0.2)
    raise Trouble(
        f"Another SendHub holds {place.root} but its services do not answer: stop it with Ctrl-C where it "
        "runs, and start again."
    )

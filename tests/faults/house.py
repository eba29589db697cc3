"""A throwaway house: its own Postgres and Valkey, a mail server that can be broken, a worker that can be killed.

Postgres here is as careful as in production (no fsync=off): a crash must lose nothing that was committed.
"""

import asyncio
import email
import hashlib
import logging
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.policy import default

import psutil
from aiosmtpd.controller import Controller

from sendhub.local import services
from sendhub.local.place import PROJECT, Place, environment, free_port, prepare

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd says every line of every conversation
SLOW = 0.1  # seconds from a letter's last byte to the answer
PROGRAM = [sys.executable, "-m", "tests.faults.programs"]


@dataclass
class Copy:
    """One copy of a letter that the mail server has. `answered`: it said 250."""

    at: float
    message_id: str
    to: str
    digest: str
    answered: bool = False


class PostOffice:
    """A mail server on loopback. `mode`: "ok", "451" (refuses) or "cut" (takes the letter and hangs up)."""

    def __init__(self):
        self.copies, self.mode, self.controller = [], "ok", None
        self.busy = threading.Event()  # a letter has been handed over and not been answered yet
        self.port = free_port()
        self.slow = SLOW
        self.turn = 0

    def open(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self):
        self.controller.stop(no_assert=True)

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "451":
            return "451 4.3.0 not now"
        copy = read(envelope.content)
        self.turn += 1
        early = self.turn % 2 or self.mode == "cut"  # some servers keep it before they answer, some after
        if early:
            self.copies.append(copy)
        self.busy.set()
        try:
            await asyncio.sleep(self.slow)
        finally:  # a client that dies cancels us here
            self.busy.clear()
        if self.mode == "cut":
            server.transport.abort()
            return "250 nobody hears this"
        if not early:
            self.copies.append(copy)
        copy.answered = True
        return "250 OK"


def read(content):
    """What the reader would see, as a digest; the Date and the boundaries may differ between copies."""
    mime = email.message_from_bytes(content, policy=default)
    parts = [mime["Subject"], *(str(part.get_content()) for part in mime.walk() if not part.is_multipart())]
    return Copy(time.monotonic(), mime["Message-ID"], mime["To"], hashlib.sha256("\0".join(parts).encode()).hexdigest())


class House:
    """Everything that a campaign needs. `faults` lists (moment, kind) of what was broken."""

    def __init__(self, root):
        self.place = Place(root)
        prepare(self.place)
        self.conf, (self.postgres, self.valkey) = services.start(self.place)
        self.post = PostOffice()
        self.env = {
            **environment(self.place, self.conf),
            "SENDHUB_DEMO": "0",
            "SENDHUB_EMAIL_HOST": "127.0.0.1",
            "SENDHUB_EMAIL_PORT": str(self.post.port),
            "SENDHUB_LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(PROJECT),
        }
        self.worker, self.writer, self.faults, self.made = None, None, [], 0
        self.log = (self.place.root / "log" / "programs.log").open("ab")

    # --- programs ---------------------------------------------------------------------------------------------
    def run(self, *words, **env):
        """One program to its end; gives what it printed."""
        done = subprocess.run(
            [*PROGRAM, *words],
            env={**self.env, **env},
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, (words, (self.place.root / "log" / "programs.log").read_text()[-3000:])
        return done.stdout

    def begin(self, *words, stdin=subprocess.DEVNULL):
        return subprocess.Popen(
            [*PROGRAM, *words],
            env=self.env,
            cwd=PROJECT,
            stdin=stdin,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def migrate(self):
        words = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
        for command in (words, [*words[:2], "createcachetable"]):
            subprocess.run(command, env=self.env, cwd=PROJECT, check=True, stdout=self.log, stderr=self.log)

    def start_worker(self):
        self.worker = self.begin("worker", str(self.place.root / "beat"))

    def end_worker(self):
        if self.worker and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    # --- faults -----------------------------------------------------------------------------------------------
    def broke(self, kind):
        self.faults.append((time.monotonic(), kind))

    def when_busy(self):
        """Wait for a letter to be half-way, so that the fault hits where it hurts; if none comes, have more written."""
        while not self.post.busy.wait(5):
            self.write(2)

    def kill_worker(self):
        self.when_busy()
        self.broke("worker")
        self.end_worker()
        self.start_worker()

    def kill_hand(self):
        """kill -9 of one process of the worker's pool, as a kernel short of memory does; Celery forks another."""
        self.post.slow = 1.0  # long enough to see who is talking
        hand = None
        while hand is None:
            self.when_busy()
            pool = psutil.Process(self.worker.pid).children(recursive=True)
            hand = next((child for child in pool if self.talks(child)), None)
        self.broke("worker")
        hand.kill()
        self.post.slow = SLOW

    def talks(self, child):
        """Whether this process has a line to the mail server open."""
        try:
            return any(line.raddr and line.raddr.port == self.post.port for line in child.net_connections("tcp"))
        except psutil.Error:
            return False

    def crash_postgres(self):
        """SIGQUIT: no goodbye, no checkpoint; the next start recovers from the log."""
        self.when_busy()
        self.broke("postgres")
        self.postgres.process.send_signal(signal.SIGQUIT)
        self.postgres.process.wait(20)
        self.postgres.start()
        services.wait_until(lambda: services.postgres_answers(self.conf), self.postgres, 30, "Postgres did not start")

    def fill_disk(self, room=1 << 20):
        """No file of Postgres's may grow past `room`, as when the disk is full: not a table's, not the log's."""
        for process in self.server():
            process.rlimit(psutil.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    def empty_disk(self):
        """Room again. A server that gave up meanwhile is started anew, as its supervisor would."""
        for process in self.server():
            with suppress(psutil.Error):
                process.rlimit(psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        deadline = time.monotonic() + 30
        while not services.postgres_answers(self.conf) and time.monotonic() < deadline:
            if not self.postgres.alive():
                self.postgres.start()
            time.sleep(0.2)

    def server(self):
        """The processes of Postgres that are there now; those that it starts later have what it has."""
        if not self.postgres.alive():
            return []
        first = psutil.Process(self.postgres.process.pid)
        return [first, *first.children(recursive=True)]

    def flush_redis(self):
        import redis

        self.broke("redis")
        with redis.Redis(port=self.conf["redis_port"], password=self.conf["redis"], socket_timeout=5) as client:
            client.flushall()

    def stop_redis(self):
        self.valkey.process.kill()
        self.valkey.process.wait()

    def kill_redis(self):
        """kill -9; it comes back empty."""
        self.broke("redis")
        self.stop_redis()
        self.start_redis()

    def start_redis(self):
        self.valkey.start()
        services.wait_until(lambda: services.valkey_answers(self.conf), self.valkey, 20, "Valkey did not start")

    def mail(self, kind):
        """The mail server is away ("down"), refuses ("451") or takes and hangs up ("cut") for a moment."""
        self.broke(kind)
        if kind == "down":
            self.post.close()
            time.sleep(0.5)
            self.post.open()
            return
        self.post.mode = kind
        if kind == "cut":
            self.when_busy()
        time.sleep(0.5)
        self.post.mode = "ok"
        self.broke(kind)  # it lasted until now

    # --- a campaign -------------------------------------------------------------------------------------------
    def write(self, count):
        """Have the writer begin `count` more events; they go on while faults happen."""
        self.made += count
        self.writer.stdin.write(f"{count}\n".encode())
        self.writer.stdin.flush()

    def campaign(self, faults, reminders):
        """Share `reminders` among `faults` (functions), mend everything, drain, and give what came of it."""
        first, self.faults, self.post.copies = self.made, [], []
        committed = self.place.root / f"committed-{first}"
        committed.touch()
        self.writer = self.begin("write", str(committed), str(first), stdin=subprocess.PIPE)
        for fault in faults or [lambda: None]:
            self.write(reminders // max(1, len(faults)))
            fault()
            time.sleep(0.2)
        self.writer.stdin.close()
        self.writer.wait(120)
        self.run("drain")
        time.sleep(0.3)  # a worker that was answered last may still be writing it down
        return Outcome(self, range(first, self.made), committed)

    def query(self, sql, params=()):
        """As the superuser, who sees every row."""
        with services.connect(self.conf, "sendhub") as db:
            return db.execute(sql, params).fetchall()

    def close(self):
        self.end_worker()
        if self.post.controller:
            self.post.close()
        services.stop([self.valkey, self.postgres])
        self.log.close()


class Outcome:
    """What is in the database and at the mail server after a campaign."""

    def __init__(self, house, numbers, committed):
        keys = [f"event:{n}" for n in numbers]
        lines = [line.split() for line in committed.read_text().splitlines()]
        self.written = len(numbers)
        self.committed = {f"event:{n}": policy for n, policy in lines}
        self.undone = {f"event:{n}" for n in numbers if n % 7 == 6}
        self.events = [
            f"event:{row[0]}"
            for row in house.query(
                "SELECT DISTINCT subject_id FROM kit_link WHERE subject_id = ANY(%s)", [list(numbers)]
            )
        ]
        columns = 'key, state, policy, message_id, "to", lease_until'
        self.rows = house.query(f"SELECT {columns} FROM outbox_message WHERE key = ANY(%s)", [keys])
        self.due = house.query("SELECT count(*) FROM outbox_outboxdue")[0][0]
        self.faults, self.all = house.faults, list(house.post.copies)
        by_id = {row[3]: row[0] for row in self.rows}
        self.copies = {row[0]: [] for row in self.rows}
        self.strangers = [copy for copy in self.all if copy.message_id not in by_id]
        for copy in self.all:
            if copy.message_id in by_id:
                self.copies[by_id[copy.message_id]].append(copy)

    def keys(self, policy=None, *states):
        return {row[0] for row in self.rows if policy in {None, row[2]} and (not states or row[1] in states)}

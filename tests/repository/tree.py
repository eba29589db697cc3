"""The files that we keep, as the repository tests see them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("sendhub/", "staff/", "pupils/", "tests/", "bench/", "manage.py")


@cache
def kept():
    """Every file under version control, or about to be: paths relative to the root, as text."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no .git
        skip = {".venv", ".local", "staticfiles", "__pycache__", "media"}
        listed = [
            str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and not skip & set(path.parts)
        ]
    return tuple(name for name in listed if (ROOT / name).is_file())


def python_files():
    return [name for name in kept() if name.endswith(".py") and name.startswith(OURS) and "/migrations/" not in name]


def templates():
    return [name for name in kept() if name.startswith("templates/") and name.endswith((".html", ".txt"))]


def text(name):
    return (ROOT / name).read_text()

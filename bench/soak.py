"""`make soak`: what is too long for `make test`. Faults against the outbox round after round, and each property with
many more examples. Prints what it did; ends with 1 as soon as something breaks."""

import argparse
import subprocess
import sys
import time

PROPERTIES = ["tests/rules", "tests/tables", "tests/imports"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="rounds of forty faults each")
    options = parser.parse_args()
    started = time.monotonic()
    for number in range(1, options.rounds + 1):
        print(f"Round {number} of {options.rounds}: forty faults.", flush=True)
        if run("tests/faults"):
            return 1
    print(f"{options.rounds * 40} faults in {(time.monotonic() - started) / 60:.0f} minutes; every promise held.")
    if run(*PROPERTIES, "--hypothesis-profile=soak"):
        return 1
    print("Every property held with two thousand examples each.")
    return 0


def run(*words):
    """pytest's exit code; its own output goes to the terminal."""
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "--timeout=3600", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: each page as a ratio to our floor, and the floor to Django's, at one school and at five hundred."""

import argparse
import os
import sys
import time

import django

ROUNDS = 40
# What we hold ourselves to (docs/operate.md, "Speed"): name -> most times the floor.
LIMITS = {
    "list of 50": 2.5,
    "list of 250": 6,
    "record": 3,
    "full record": 3,  # of bench.history
    "timeline": 3,  # the same pupil's
    "find": 1.5,
    "save": 2,
    "save a note": 2,
    "Today": 3,
}
FLOOR_LIMIT = 3
GROWTH_LIMIT = 1.25


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")
    os.environ["SENDHUB_DEMO"] = "1"
    os.environ["SENDHUB_LOG_LEVEL"] = "ERROR"
    django.setup()
    from bench import backup, imports, rights, stage
    from bench.pages import a_full_history

    started = time.perf_counter()
    stage.build()
    print(f"Demo school built in {time.perf_counter() - started:.1f} s.")
    try:
        one = measure(options.rounds)
        table("One school", one)
        load()
        brought_in = imports.measure()
        imports.table(brought_in)
        backup.table(*backup.measure())
        rights.table(*rights.measure(a_full_history()))
        started = time.perf_counter()
        rows = stage.copy_school("oakfield", options.schools - 1)
        print(f"\n{options.schools - 1} copies, {rows:,} rows, in {time.perf_counter() - started:.0f} s.")
        many = measure(options.rounds)
        table(f"{options.schools} schools", many)
        load()
        over = compare(one, many)
    finally:
        stage.drop()
    over += imports.over(brought_in)
    over += [f"{name}: {one[name][0] / one['floor'][0]:.2f} x the floor" for name in LIMITS if too_slow(one, name)]
    print("\nOver the limit: " + ("; ".join(over) if over else "nothing."))
    return 1 if over else 0


def too_slow(times, name):
    return times[name][0] / times["floor"][0] > LIMITS[name]


def measure(rounds):
    """{name: (median ms, queries)} for every page, taken in turn with both floors."""
    from bench import measure as by
    from bench.pages import calls

    pages = calls()
    times = by.in_turn(pages, rounds)
    return {name: (times[name], by.queries(call)) for name, call in pages.items()}


def table(title, times):
    floor, bare = times["floor"][0], times["bare Django"][0]
    print(f"\n{title}\n{'page':<16}{'median ms':>10}{'x floor':>9}{'at most':>9}{'queries':>9}")
    for name, (ms, queries) in times.items():
        print(f"{name:<16}{ms:>10.1f}{ms / floor:>9.2f}{LIMITS.get(name, ''):>9}{queries:>9}")
    print(f"The floor is {floor / bare:.2f} x Django's own (at most {FLOOR_LIMIT}).")


def load():
    from bench import load as web
    from bench.pages import addresses

    port = web.free_port()
    server = web.serve(port)
    print(f"{'page':<16}{'a second':>10}{'p95 ms':>9}   ({web.CLIENTS} clients, 2 workers)")
    try:
        for name, (path, cookie) in addresses().items():
            rate, p95 = web.run(port, path, cookie)
            print(f"{name:<16}{rate:>10.0f}{p95:>9.0f}")
    finally:
        server.terminate()
        server.wait(10)


def compare(one, many):
    """What grew by more than it may, each against bare Django measured at the same moment."""
    over = []
    print(f"\n{'page':<16}{'grew by':>9}")
    for name in ["floor", *LIMITS]:
        growth = (many[name][0] / many["bare Django"][0]) / (one[name][0] / one["bare Django"][0])
        print(f"{name:<16}{growth:>9.2f}")
        if growth > GROWTH_LIMIT:
            over.append(f"{name} grew {growth:.2f} x with more schools")
    if one["floor"][0] / one["bare Django"][0] > FLOOR_LIMIT:
        over.append(f"the floor is {one['floor'][0] / one['bare Django'][0]:.2f} x Django's own")
    return over


if __name__ == "__main__":
    sys.exit(main())

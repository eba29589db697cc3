"""Postgres is killed under load, its disk fills: a form is saved whole or not at all, and what was answered is there.

Each form of this campaign writes a row, its history and a session; the answer 302 says "saved".
"""

import os
import signal
import subprocess
import time

import pytest

from tests.faults.house import House

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """{number of the form: the status of its answer, or None when none came}, rows, history."""
    house = House(tmp_path_factory.mktemp("half"))
    house.env["SENDHUB_STATIC"] = os.environ["SENDHUB_STATIC"]  # the page of an error has pictures
    writer = None
    try:
        house.migrate()
        house.run("seed")
        path = house.place.root / "answers"
        path.touch()
        writer = house.begin("save", str(path), stdin=subprocess.PIPE)
        wait_for(path, 20)
        for _ in range(3):
            house.postgres.process.send_signal(signal.SIGQUIT)  # no goodbye, no checkpoint
            house.postgres.process.wait(20)
            house.postgres.start()
            house.empty_disk()
            wait_for(path, len(answers(path)) + 20)
        full_from = len(answers(path))
        house.fill_disk()
        wait_for_refusals(path, full_from)
        house.empty_disk()
        wait_for(path, len(answers(path)) + 20)
        writer.communicate(timeout=60)
        return {
            "answers": answers(path),
            "full": {n: status for n, status in answers(path).items() if n >= full_from},
            "rows": [int(n) for (n,) in house.query("SELECT done_by FROM operate_restoredrill")],
            "history": [int(n) for (n,) in house.query("SELECT done_by FROM operate_restoredrillevent")],
        }
    finally:
        if writer and writer.poll() is None:
            writer.kill()
            writer.wait()
        house.close()


def answers(path):
    found = {}
    for line in path.read_text().splitlines():
        if line.strip():
            number, _, status = line.strip().partition(" ")
            found[int(number)] = int(status) if status else None
    return found


def wait_for(path, count, seconds=90):
    until = time.monotonic() + seconds
    while len(answers(path)) < count or list(answers(path).values())[-2] != 302:
        assert time.monotonic() < until, answers(path)
        time.sleep(0.1)


def wait_for_refusals(path, since, seconds=120):
    until = time.monotonic() + seconds
    while not [n for n, status in answers(path).items() if n >= since and status not in {302, None}]:
        assert time.monotonic() < until, "the disk never filled"
        time.sleep(0.05)


def test_the_faults_hit(saved):
    statuses = list(saved["answers"].values())
    assert statuses.count(302) > 80
    assert [status for status in saved["full"].values() if status not in {302, None}]


def test_what_was_answered_is_there_once(saved):
    answered = sorted(n for n, status in saved["answers"].items() if status == 302)
    assert [n for n in answered if saved["rows"].count(n) != 1] == []


def test_nothing_is_there_that_was_not_sent_and_nothing_by_half(saved):
    """A row without its history, or history without its row, would be half a save."""
    assert sorted(saved["rows"]) == sorted(saved["history"])
    assert len(set(saved["rows"])) == len(saved["rows"])
    assert set(saved["rows"]) <= set(saved["answers"])

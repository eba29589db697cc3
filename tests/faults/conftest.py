"""The story of all campaigns, told once a run: starting a house costs more than a campaign.

Under pytest-xdist two processes may have tests of it; the first lives it and the second reads what came of it.
"""

import fcntl
import os
import pickle

import pytest

from tests.faults.house import House
from tests.faults.story import live


@pytest.fixture(scope="session")
def story(tmp_path_factory):
    """{campaign: Outcome, "press": ...}, see story.py."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    told = shared / "faults.pickle"
    with open(shared / "faults.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_bytes(pickle.dumps(_lived(tmp_path_factory.mktemp("house"))))
        return pickle.loads(told.read_bytes())


def _lived(root):
    house = House(root)
    try:
        house.migrate()
        house.run("seed")
        house.post.open()
        house.start_worker()
        return live(house)
    finally:
        house.close()

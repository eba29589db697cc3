"""One throwaway house for all the campaigns: starting it costs more than a campaign."""

import pytest

from tests.faults.house import House


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house"))
    try:
        made.migrate()
        made.run("seed")
        made.post.open()
        made.start_worker()
        yield made
    finally:
        made.close()

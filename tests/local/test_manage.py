"""`make manage` where nothing ran before, and beside something that still makes the tables."""

import subprocess
import sys

import pytest

from sendhub.local.place import PROJECT

FRESH = "Bringing the tables up to date first.\n"


@pytest.mark.faults
def test_a_command_in_a_fresh_folder_and_one_beside_it_both_find_their_tables(launcher):
    """The second starts while the first makes them, as a command beside a first `make run` does: it waits."""
    words = [sys.executable, "-m", "sendhub.local", "manage", "check_heartbeat"]
    both = [
        subprocess.Popen(
            words, env=launcher.environment(), cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for each in both:
        _, said = each.communicate(timeout=280)
        said = said.replace("Waiting for another command that uses these services.\n", "")
        assert (
            said
            == FRESH
            + "CommandError: Beat has shown no life for two minutes; worker has shown no life for two minutes.\n"
        )
        assert each.returncode == 1
    code, said = launcher.say("manage", "check_heartbeat")
    assert (code, FRESH in said) == (1, False)
    assert launcher.left() == []

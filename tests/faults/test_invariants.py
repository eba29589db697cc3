"""Forty faults and over 240 reminders: what is promised of the outbox (docs/decisions/0010), I1 to I6.

Four campaigns break one thing each; a fifth breaks nothing. Each event is written twice and rung twice, half of them
with policy "retry", half with "once"; every seventh is undone by its writer. After the faults the outbox is drained.
"""

import itertools

import pytest

from tests.faults.story import CAMPAIGNS, REMINDERS

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

# How long before the second copy the fault may have been: from the first copy's arrival, and a breath before it.
BREATH = 1.0


@pytest.fixture(params=CAMPAIGNS)
def campaign(request, story):
    """Its name and what came of it."""
    return request.param, story[request.param]


def test_the_campaign_did_what_it_says(campaign):
    name, outcome = campaign
    kinds = [kind for _, kind in outcome.faults]
    wanted = {"nothing": 0, "redis": 10, "worker": 10, "postgres": 10}.get(name)
    assert len(outcome.committed) == outcome.written - len(outcome.undone)
    assert outcome.written >= REMINDERS
    assert wanted is None or len(kinds) == wanted
    assert name != "mail" or (kinds.count("down"), kinds.count("451"), kinds.count("cut")) == (3, 6, 8)
    assert outcome.all
    # and hit where it hurts: a worker that dies with a letter in its hand leaves a second copy or an open question
    hurt = outcome.keys("once", "uncertain") | {key for key, copies in outcome.copies.items() if len(copies) > 1}
    assert bool(hurt) == (name in {"worker", "mail"}) or name == "postgres"


def test_I1_every_committed_event_has_exactly_one_outbox_row_per_key_and_none_without_a_commit(campaign):
    _, outcome = campaign
    assert sorted(row[0] for row in outcome.rows) == sorted(outcome.events) == sorted(outcome.committed)
    assert outcome.keys() & outcome.undone == set()


def test_I2_every_row_is_sent_uncertain_or_dead_and_sent_means_that_the_server_answered_250(campaign):
    _, outcome = campaign
    assert {row[1] for row in outcome.rows} <= {"sent", "uncertain", "dead"}
    assert (outcome.due, [row[5] for row in outcome.rows if row[5]]) == (0, [])
    falsely_sent = [key for key in outcome.keys(None, "sent") if not any(c.answered for c in outcome.copies[key])]
    assert falsely_sent == []


def test_I3_retry_every_key_is_accepted_and_each_extra_copy_has_its_fault(campaign):
    name, outcome = campaign
    keys = outcome.keys("retry")
    assert [key for key in keys if not outcome.copies[key]] == []
    unexplained = []
    for key in keys:
        times = sorted(copy.at for copy in outcome.copies[key])
        for before, after in itertools.pairwise(times):
            if not any(before - BREATH <= at <= after for at, kind in outcome.faults if kind != "redis"):
                unexplained.append(key)
    assert unexplained == []
    if name in {"nothing", "redis"}:
        assert {len(outcome.copies[key]) for key in keys} == {1}


def test_I4_once_never_two_copies_and_none_forgotten(campaign):
    _, outcome = campaign
    keys = outcome.keys("once")
    assert [key for key in keys if len(outcome.copies[key]) > 1] == []
    accepted = {key for key in keys if outcome.copies[key]}
    assert accepted | outcome.keys("once", "uncertain", "dead") == keys


def test_I5_all_copies_of_a_key_share_one_message_id_one_reader_and_one_text(campaign):
    _, outcome = campaign
    assert outcome.strangers == []
    readers = {row[0]: row[4] for row in outcome.rows}
    for key, copies in outcome.copies.items():
        assert {copy.to for copy in copies} <= {readers[key]}
        assert len({copy.digest for copy in copies}) <= 1
    assert len({copies[0].digest for copies in outcome.copies.values() if copies}) == sum(
        bool(copies) for copies in outcome.copies.values()
    )


def test_I7_with_no_fault_the_copies_are_the_keys_exactly(campaign):
    name, outcome = campaign
    if name == "nothing":
        assert sorted(copy.message_id for copy in outcome.all) == sorted(row[3] for row in outcome.rows)
        assert {row[1] for row in outcome.rows} == {"sent"}
    else:
        assert len(outcome.all) >= len(outcome.keys("retry"))


class TestI6TheRequestThatMakesTheMessageSucceedsWithRedisDown:
    def test_refused_within_a_second(self, story):
        statuses, states, seconds = story["refused"]
        assert (statuses, states) == ({302}, {"pending"})
        assert seconds < 1

    def test_hung_it_waits_for_the_web_process_own_limit_and_no_longer(self, story):
        statuses, states, seconds = story["hung"]
        assert (statuses, states) == ({302}, {"pending"})
        assert seconds < 3

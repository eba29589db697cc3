"""Which faults happen, campaign by campaign; then a request while Redis is away. What must hold is in the tests."""

import json
import socket

REMINDERS = 60
KINDS_OF_MAIL_FAULT = ("down", "451", "cut", "down", "cut", "451", "cut", "451", "down", "cut")
CAMPAIGNS = {
    "nothing": lambda house: [],
    "redis": lambda house: [house.flush_redis, house.kill_redis] * 5,
    "worker": lambda house: [house.kill_worker, house.kill_hand] * 5,
    "mail": lambda house: [lambda kind=kind: house.mail(kind) for kind in KINDS_OF_MAIL_FAULT],
    "postgres": lambda house: [house.crash_postgres] * 10,
}


def live(house):
    """Every campaign, then the requests: all of it as plain facts."""
    story = {name: house.campaign(faults(house), REMINDERS) for name, faults in CAMPAIGNS.items()}
    house.end_worker()
    house.stop_redis()
    story["refused"] = pressed(house)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        story["hung"] = pressed(house, SENDHUB_REDIS_URL=url, SENDHUB_REDIS_TIMEOUT="0.5")
    house.start_redis()
    return story


def pressed(house, **env):
    """(statuses, states of the messages, seconds) of three presses; the first, which loads the pages' code, untimed."""
    answer = json.loads(house.run("press", "3", **env))
    states = house.query("SELECT state FROM outbox_message WHERE id = ANY(%s)", [answer["pks"]])
    statuses = {status for status, _ in answer["answers"]}
    return statuses, {state for (state,) in states}, max(seconds for _, seconds in answer["answers"][1:])

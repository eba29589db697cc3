"""How a page is timed: in turn with the floor, so that a drifting machine moves both; medians; queries counted."""

import statistics
import time

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

HOST = {"SERVER_NAME": "localhost", "SERVER_PORT": "8000"}


def signed_in(user, **settings):
    """A client signed in as this user, with its own middleware loaded under the settings given."""
    with override_settings(**settings):
        client = Client(raise_request_exception=True, **HOST)
        client.handler.load_middleware()
        client.force_login(user)
        session = client.session
        session["second_factor"] = True
        session.save()
    return client


def in_turn(calls, rounds, warm=3):
    """Call each of `calls` ({name: function}) in turn, `rounds` times; gives {name: median milliseconds}."""
    times = {name: [] for name in calls}
    for turn in range(rounds + warm):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if turn >= warm:
                times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def queries(call):
    """How many statements the database saw."""
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)


def getter(client, path, expect=200):
    def call():
        response = client.get(path)
        if response.status_code != expect:
            raise RuntimeError(f"{path} answered {response.status_code}, not {expect}")
        return response

    return call

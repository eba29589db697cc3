"""Lines that libraries write: what they know of a child, of an address or of a secret link stays out of the log."""

import json
import logging

import pytest
from celery import shared_task
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from gunicorn.config import Config

from sendhub import logs
from sendhub.web_log import WebLog


def lines(caplog):
    return [json.loads(logs.JsonFormatter().format(record)) for record in caplog.records]


@shared_task(name="test.quotes_a_row")
def quotes_a_row(name, *, school_id):
    raise ValueError(f"Key (forename)=({name}) already exists.")


def test_a_task_that_fails_is_named_and_its_errors_words_and_arguments_are_not(caplog):
    """Celery writes the error, which may quote a row, into its sentence."""
    with caplog.at_level(logging.INFO, logger="celery.app.trace"):
        quotes_a_row.apply(("Aïsha",), {"school_id": 3})
    (line,) = [line for line in lines(caplog) if line["logger"] == "celery.app.trace"]
    assert line["message"].startswith("test.quotes_a_row[")
    assert line["message"].endswith("] raised an error")
    assert line["error"] == "ValueError"
    assert any("quotes_a_row" in place for place in line["trail"])
    assert "forename" not in json.dumps(line)


def test_a_worker_that_dies_is_said_without_the_errors_words(caplog):
    """A second way of Celery's to say that a task went wrong: the error itself as the only argument."""
    with caplog.at_level(logging.ERROR, logger="celery.worker.request"):
        try:
            raise ValueError("Aisha Khan")
        except ValueError as error:
            logging.getLogger("celery.worker.request").error("Task handler raised error: %r", error, exc_info=True)
    (line,) = lines(caplog)
    assert (line["message"], line["error"]) == ("Task handler raised error: %r", "ValueError")
    assert "Khan" not in json.dumps(line)


def test_other_sentences_are_written_whole(caplog):
    with caplog.at_level(logging.INFO, logger="celery.worker.strategy"):
        logging.getLogger("celery.worker.strategy").info("Task %s received", "kit.sweep")
    assert [line["message"] for line in lines(caplog)] == ["Task kit.sweep received"]


@pytest.fixture
def gunicorn():
    """gunicorn's own log, and as it was again afterwards."""
    log = logging.getLogger("gunicorn.error")
    handlers, propagate, level = log.handlers[:], log.propagate, log.level
    log.propagate = True
    yield log
    log.handlers, log.propagate = handlers, propagate
    log.setLevel(level)


def test_a_request_that_can_not_be_read_is_not_quoted(caplog, gunicorn):
    """gunicorn writes who sent it and the header or the line that it stumbled over."""
    with caplog.at_level(logging.INFO, logger="gunicorn.error"):
        gunicorn.warning("Invalid request from ip=127.0.0.1: Invalid HTTP header name: 'Aisha Khan'")
        try:
            raise ValueError("Aisha Khan")
        except ValueError:
            gunicorn.exception("Error handling request %s %s", "GET", "/s/oakfield/pupils/?q=Khan")
        gunicorn.info("Booting worker with pid: %s", 7)
    assert [line["message"] for line in lines(caplog)] == [
        "A request could not be read.",
        "Error handling request %s %s",
        "Booting worker with pid: 7",
    ]
    assert "Khan" not in json.dumps(lines(caplog))


def test_what_is_wrong_with_the_settings_is_said_in_full(caplog):
    with caplog.at_level(logging.ERROR, logger="x"):
        try:
            raise ImproperlyConfigured("SENDHUB_URL is not set.")
        except ImproperlyConfigured:
            logging.getLogger("x").exception("Exception in worker process")
    assert [line["why"] for line in lines(caplog)] == ["SENDHUB_URL is not set."]


def test_gunicorn_writes_json(capsys, gunicorn):
    log = WebLog(Config())
    log.warning("Invalid request from ip=127.0.0.1: 'Aisha'")
    log.setup(Config())
    assert json.loads(capsys.readouterr().err)["message"] == "A request could not be read."


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "https://evil.example.org/Khan"}], ids=["no token", "from elsewhere"]
)
def test_a_form_without_its_token_leaves_no_address_in_the_log(db, caplog, headers):
    """Django writes the path, and that of a link without an account is a secret."""
    with caplog.at_level(logging.WARNING, logger="django.security.csrf"):
        answer = Client(enforce_csrf_checks=True).post("/l/oakfield.a-secret-of-43-letters", headers=None, **headers)
    assert answer.status_code == 403
    (line,) = [line for line in lines(caplog) if line["logger"] == "django.security.csrf"]
    assert line["message"] == "A form came without its token, or from elsewhere."
    assert "secret" not in json.dumps(line)
    assert "Khan" not in json.dumps(line)

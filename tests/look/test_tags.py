"""The tags that all screens use: what a reader sees for each date, state and name."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.urls import get_script_prefix, set_script_prefix
from lucide import IconDoesNotExist

from sendhub.access import Permission
from sendhub.rules.deadline import Status
from sendhub.templatetags import sendhub as tags

TODAY = datetime.date(2026, 11, 19)


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("on", "kind", "words"),
    [
        (datetime.date(2026, 11, 7), "late", "12 days late"),
        (datetime.date(2026, 11, 18), "late", "1 day late"),
        (datetime.date(2026, 11, 19), "due", "Today"),
        (datetime.date(2026, 11, 20), "due", "1 day left"),
        (datetime.date(2026, 12, 3), "due", "14 days left"),
        (datetime.date(2026, 12, 4), "plain", "15 days left"),
        (datetime.datetime(2026, 11, 18, 23, 30, tzinfo=datetime.UTC), "late", "1 day late"),
        (datetime.datetime(2026, 11, 18, 9, 30), "late", "1 day late"),
    ],
)
def test_due_chip(on, kind, words):
    chip = tags.due(on, today=TODAY)
    assert f'class="tag {kind}"' in chip
    assert chip.endswith(f"{words}</span>")


def test_due_chip_when_done_or_without_a_date():
    assert tags.due(datetime.date(2020, 1, 1), done=True).endswith("Done</span>")
    assert tags.due(None) == ""


@time_machine.travel("2026-06-30 23:30:00Z")
def test_due_counts_in_british_time():
    """At half past midnight in London on 1 July the day is 1 July, though it is still June in UTC."""
    assert tags.due(datetime.date(2026, 7, 1)).endswith("Today</span>")


@pytest.mark.parametrize("state", list(Status))
def test_each_value_of_compliance_has_a_word(state):
    assert '<span class="tag' in tags.status(state)


def test_cannot_tell_is_never_green():
    assert 'class="tag unsure"' in tags.status("cannot tell")
    assert "ok" not in tags.status("cannot tell")
    assert tags.status("met", "On time").endswith("On time</span>")


def test_red_amber_and_green_always_have_an_icon():
    for kind in ("late", "due", "ok", "unsure"):
        assert "<use href=" in tags.tag(kind, "x")
    assert "<svg" not in tags.tag("plain", "x")


def test_words_in_a_chip_are_escaped():
    assert "<script" not in tags.tag("late", "<script>alert(1)</script>")
    assert "<script" not in tags.meter(1, 2, '"><script>')


@pytest.mark.parametrize(("done", "total", "width"), [(1, 2, "50.0"), (0, 0, "0.0"), (5, 4, "100.0"), (32, 34, "94.1")])
def test_meter(done, total, width):
    assert f'width="{width}"' in tags.meter(done, total)
    assert f'aria-label="{done} of {total}"' in tags.meter(done, total)


def test_icons_are_hidden_from_screen_readers_and_one_that_is_not_there_fails_loudly():
    assert 'aria-hidden="true"' in tags.icon("house")
    assert 'class="big"' in tags.icon("house", 22, "big")
    with pytest.raises(IconDoesNotExist):
        tags.icon("no-such-icon")


def test_the_sprite_holds_every_icon_that_a_chip_uses():
    sprite = tags.sprite()
    assert all(f'<symbol id="i-{name}" viewBox' in sprite for name in tags.KIND_ICONS.values())


@time_machine.travel("2026-11-19 12:00:00Z")
@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ v|day }}", datetime.date(2026, 11, 19), "19 November"),
        ("{{ v|day }}", datetime.date(2026, 9, 1), "1 September"),
        ("{{ v|day }}", datetime.date(2026, 8, 31), "31 August 2026"),
        ("{{ v|day }}", datetime.date(2027, 8, 31), "31 August"),
        ("{{ v|day }}", datetime.date(2027, 9, 1), "1 September 2027"),
        ("{{ v|day }}", None, ""),
        ("{{ v|day_short }}", datetime.date(2026, 9, 3), "3 Sep"),
        ("{{ v|day_short }}", datetime.date(2024, 2, 29), "29 Feb 2024"),
        ("{{ v|day_short }}", None, ""),
        ("{{ v|weekday }}", datetime.date(2026, 11, 19), "Thursday 19 November"),
        ("{{ v|weekday }}", None, ""),
        ("{{ v|moment }}", datetime.datetime(2026, 10, 1, 23, 5, tzinfo=datetime.UTC), "2 October, 00:05"),
        ("{{ v|moment }}", datetime.datetime(2026, 10, 1, 9, 5), "1 October, 09:05"),
        ("{{ v|moment }}", None, ""),
        ("{{ v|initials }}", "Maya Thornton", "MT"),
        ("{{ v|initials }}", "Ana Maria de Souza", "AS"),
        ("{{ v|initials }}", "Prince", "P"),
        ("{{ v|initials }}", "", ""),
    ],
)
def test_words_for_dates_and_names(source, value, words):
    assert draw(source, v=value) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 "
         "Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
         "Chrome on a Chromebook"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
         "Mobile/15E148 Safari/604.1", "Safari on an iPad"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", "Firefox on Android"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_in_words_that_people_use(said, words):
    assert draw("{{ v|device }}", v=said) == words


@time_machine.travel("2026-03-01 12:00:00Z")
def test_in_spring_last_autumn_is_this_school_year():
    assert tags.day(datetime.date(2025, 9, 1)) == "1 September"
    assert tags.day(datetime.date(2025, 8, 31)) == "31 August 2025"


def test_page_numbers_leave_out_the_far_ones():
    page = Paginator(range(600), 50).page(6)
    assert list(tags.page_numbers(page)) == [1, "…", 4, 5, 6, 7, 8, "…", 12]


def test_outside_leaves_the_school_and_comes_back():
    set_script_prefix("/s/oakfield/")
    try:
        assert draw("{% outside 'display' %}") == "/display/"
        assert get_script_prefix() == "/s/oakfield/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (SimpleNamespace(member=SimpleNamespace(can=lambda p: p == Permission.PUPIL_LIST)), "yes"),
        (SimpleNamespace(member=SimpleNamespace(can=lambda p: False)), "no"),
        (SimpleNamespace(member=None), "no"),
        (None, "no"),
    ],
)
def test_may(request_, words):
    source = "{% may 'pupil_list' as x %}{% if x %}yes{% else %}no{% endif %}"
    assert draw(source, request=request_) == words

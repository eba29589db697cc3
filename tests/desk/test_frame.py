"""The frame: each role's navigation, the banners, and that it asks the database for next to nothing."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sendhub.desk.frame import current_entry, frame
from sendhub.outbox.models import Message

EVERYBODY = ["Today"]
ENTRIES = ["desk:today", "pupils:pupil-list", "pupils:register-show"]
NAV = {
    "teacher": ["Today", "Pupils"],
    "ta": ["Today", "Pupils"],
    "governor": ["Today", "Register", "Compliance"],
    "trust_lead": ["Today", "Register"],
    "leader": ["Today", "Pupils", "Reading", "Register", "Compliance", "People"],
    "dsl": ["Today", "Pupils", "Reading", "Register", "People"],
}


def nav(page):
    block = re.search(r'<nav class="nav".*?</nav>', page, re.S).group()
    return [words.strip() for words in re.findall(r"</svg> ([^<]+)</a>", block)]


@pytest.mark.parametrize(("part", "expected"), NAV.items())
def test_the_navigation_offers_what_the_role_may_open(visit, part, expected):
    assert nav(visit(part).text("")) == expected


def test_every_entry_opens_for_whom_it_is_offered(visit, oakfield):
    for part in ("sendco", "assistant", "admin", "head", "office", *NAV):
        visitor = visit(part)
        page = visitor.text("")
        block = re.search(r'<nav class="nav".*?</nav>', page, re.S).group()
        for url in re.findall(r'href="([^"]+)"', block):
            assert visitor.client.get(url).status_code == 200, (part, url)


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("pupils:pupil-list", "pupils:pupil-list"),
        ("pupils:pupil-record", "pupils:pupil-list"),
        ("staff:year-terms", "staff:year-plan"),
        ("staff:signin-rules", "staff:person-list"),
        ("pupils:told-list", "pupils:register-show"),
        ("pupils:import-show", "pupils:import-list"),
        ("pupils:adult-link", "pupils:pupil-list"),
        ("kit:job-list", ""),
        ("", ""),
    ],
)
def test_a_page_below_a_list_keeps_the_list_lit(here, expected):
    assert current_entry([*ENTRIES, "pupils:import-list", "staff:person-list", "staff:year-plan"], here) == expected


def test_outside_a_school_the_frame_has_no_navigation_and_asks_nothing(db, settings):
    settings.DEMO = False
    with CaptureQueriesContext(connection) as seen:
        made = frame(RequestFactory().get("/accounts/login/"))
    assert made == {"nav": [], "who_links": [], "banners": []}
    assert len(seen) == 0


def test_the_demo_says_that_it_is_one(settings):
    settings.DEMO = True
    assert "invented" in frame(RequestFactory().get("/"))["banners"][0]["text"]


@pytest.mark.parametrize(("part", "questions"), [("teacher", 0), ("sendco", 1)])
def test_the_frame_asks_one_question_at_most_and_once_a_request(oakfield, inside, part, questions):
    request = RequestFactory().get("/")
    request.member, request.resolver_match = getattr(oakfield, part), None
    with inside(), CaptureQueriesContext(connection) as seen:
        frame(request)
        frame(request)
    assert len(seen) == questions


def test_late_mail_is_said_to_those_who_can_act(visit, inside, oakfield):
    with inside():
        message = Message.objects.create(
            school=oakfield.school,
            key="x",
            to="a@example.org",
            template="x",
            next_try=timezone.now(),
            message_id="x",
            by="system",
        )
        Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(hours=5))
    assert "E-mails are delayed" in visit("sendco").text("")
    assert "E-mails are delayed" not in visit("teacher").text("")


def test_a_trust_lead_finds_the_way_to_the_trust(visit):
    assert 'href="/trust/meridian/"' in visit("trust_lead").text("")
    assert "/trust/" not in visit("sendco").text("")

"""Doors for people without an account (security.md 5.1)."""

import datetime as dt

import pytest
import time_machine
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.utils import timezone

from sendhub.kit import links
from sendhub.kit.models import Draft, Job, Link, SavedView
from sendhub.kit.views import links as views
from sendhub.tenancy import school_context


@pytest.fixture
def advice(monkeypatch):
    """The purpose "advice": GET shows the form, POST with an answer spends the link."""

    def view(request, link):
        if request.method == "POST":
            links.spend(link)
            return HttpResponse("Thank you.")
        return HttpResponse(f"Form of {Link.objects.get(pk=link.pk).recipient}")

    monkeypatch.setitem(links._views, "advice", view)
    return view


@pytest.fixture
def make(oakfield, advice):
    def run(**kwargs):
        wanted = {"by": oakfield.sendco, "school_id": oakfield.school.pk, "purpose": "advice", "subject_id": 7}
        return links.make(**{**wanted, "recipient": "contact:12", **kwargs})

    return run


def path_of(url):
    return "/l/" + url.split("/l/")[1]


def token_of(url):
    return url.split("/l/")[1]


class TestToken:
    def test_the_table_holds_only_the_hash_of_256_random_bits(self, make, oakfield):
        link, url = make()
        slug, secret = token_of(url).split(".")
        assert (slug, len(secret)) == ("oakfield", 43)
        assert url.startswith("http://localhost")
        stored = Link.objects.values().get(pk=link.pk)
        assert secret not in str(stored)
        assert stored["token_hash"] == links.digest(token_of(url))
        assert make()[1] != url

    @pytest.mark.parametrize("days", [0, 31])
    def test_a_link_lives_thirty_days_at_most(self, make, days):
        with pytest.raises(ValueError, match="30 days"):
            make(days=days)

    def test_it_opens_for_its_purpose(self, make):
        link, url = make()
        assert links.open(token_of(url), "advice") == link
        assert links.open(token_of(url)) == link
        assert links.open(token_of(url), "invitation") is None

    def test_another_schools_slug_does_not_open_it(self, make, cast):
        _, url = make()
        assert links.open(token_of(url).replace("oakfield", "brook")) is None

    @pytest.mark.parametrize(
        "wrong", ["", "oakfield.", "oakfield", "no-such-school." + "a" * 43, "oakfield." + "a" * 43]
    )
    def test_wrong_ones_open_nothing_and_cost_the_same(self, make, wrong, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        _, url = make()
        with CaptureQueriesContext(connection) as right:
            links.open(token_of(url))
        with django_assert_num_queries(len(right)):
            assert links.open(wrong) is None

    def test_it_runs_out_on_its_day(self, make):
        _, url = make(days=14)
        with time_machine.travel(timezone.now() + dt.timedelta(days=13, hours=23), tick=False):
            assert links.open(token_of(url))
        with time_machine.travel(timezone.now() + dt.timedelta(days=14, seconds=1), tick=False):
            assert links.open(token_of(url)) is None

    def test_it_is_spent_after_its_submits_and_each_is_its_holders(self, make):
        link, url = make(max_submits=2)
        links.spend(link)
        assert links.open(token_of(url))
        links.spend(link)
        assert links.open(token_of(url)) is None
        with pytest.raises(links.LinkSpent):
            links.spend(link)
        event = Link.pgh_event_model.objects.filter(pgh_obj_id=link.pk).latest("pgh_id")
        assert (event.pgh_context["actor"], event.pgh_context["verb"]) == (f"link:{link.pk}", "link.spend")

    def test_revoked_it_is_shut_at_once_and_the_first_time_counts(self, make, oakfield):
        link, url = make()
        first = links.revoke(link, by=oakfield.sendco).revoked_at
        assert links.revoke(link, by=oakfield.head).revoked_at == first
        assert links.open(token_of(url)) is None

    def test_two_views_can_not_answer_for_one_purpose(self, advice):
        with pytest.raises(ValueError, match="advice"):
            links.purpose("advice")(advice)

    def test_a_purpose_registers_its_view(self, monkeypatch, advice):
        monkeypatch.setattr(links, "_views", {})
        assert links.view_of("advice") is None
        links.purpose("advice")(advice)
        assert links.view_of("advice") is advice


class TestDoor:
    def test_the_token_leaves_the_address_bar_and_no_referrer_tells_it(self, make, client):
        link, url = make()
        answer = client.get(path_of(url))
        assert (answer.status_code, answer["Location"]) == (303, f"/f/{link.pk}/")
        assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
        cookie = answer.cookies[views.COOKIE]
        assert (cookie["path"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
            f"/f/{link.pk}/", 7200, True, "Lax",
        )  # fmt: skip
        assert client.get(f"/f/{link.pk}/").content == b"Form of contact:12"

    def test_opening_it_any_number_of_ways_changes_nothing(self, make, client):
        link, url = make()
        before = Link.objects.values().get()
        for method in (client.get, client.head):
            method(path_of(url))
            method(f"/f/{link.pk}/")
        assert client.post(path_of(url)).status_code == 405
        assert Link.objects.values().get() == before
        assert Link.pgh_event_model.objects.count() == 1

    def test_sending_the_form_spends_it(self, make, client):
        link, url = make()
        client.get(path_of(url))
        assert client.post(f"/f/{link.pk}/").content == b"Thank you."
        assert client.get(f"/f/{link.pk}/").status_code == 404

    def test_a_form_without_our_token_is_refused(self, make):
        """A mail scanner that presses the button has no cookie of this browser."""
        link, url = make()
        scanner = Client(enforce_csrf_checks=True)
        scanner.get(path_of(url))
        assert scanner.post(f"/f/{link.pk}/").status_code == 403
        assert Link.objects.get().submits == 0

    def test_two_links_in_one_browser_do_not_mix(self, make, client):
        """The browser keeps each cookie for its own form's address."""
        (first, one), (second, two) = make(recipient="contact:1"), make(recipient="contact:2")
        paths = [client.get(path_of(url)).cookies[views.COOKIE]["path"] for url in (one, two)]
        assert paths == [f"/f/{first.pk}/", f"/f/{second.pk}/"]

    def test_one_links_cookie_does_not_open_another(self, make, client):
        (first, url), (second, _) = make(), make()
        client.cookies[views.COOKIE] = token_of(url)
        assert client.get(f"/f/{first.pk}/").status_code == 200
        assert client.get(f"/f/{second.pk}/").status_code == 404

    def test_a_late_template_still_sees_its_school(self, make, client, monkeypatch):
        class Late(TemplateResponse):
            @property
            def rendered_content(self):
                return str(Link.objects.count())

        monkeypatch.setitem(links._views, "advice", lambda request, link: Late(request, "none.html"))
        link, url = make()
        client.get(path_of(url))
        assert client.get(f"/f/{link.pk}/").content == b"1"

    def test_when_two_press_at_once_the_second_gets_the_same_page_as_a_wrong_link(self, make, client, monkeypatch):
        def late(request, link):
            raise links.LinkSpent

        monkeypatch.setitem(links._views, "advice", late)
        link, url = make()
        client.get(path_of(url))
        assert client.post(f"/f/{link.pk}/").status_code == 404

    def test_whatever_is_wrong_the_answer_is_one_page(self, make, client, oakfield):
        pages = []
        wrong = [
            "/l/oakfield." + "a" * 43,
            "/l/no-such-school." + "a" * 43,
            "/l/nonsense",
            "/f/1/",
            path_of(make(purpose="nobody answers for this")[1]),
        ]
        revoked, url = make()
        links.revoke(revoked, by=oakfield.sendco)
        wrong.append(path_of(url))
        spent, url = make()
        links.spend(spent)
        wrong.append(path_of(url))
        for path in wrong:
            answer = client.get(path)
            assert (answer.status_code, answer["Referrer-Policy"]) == (404, "no-referrer")
            pages.append(answer.content)
        assert len(set(pages)) == 1
        assert b"Ask the school for a new link." in pages[0]


class TestLimits:
    def test_thirty_wrong_ones_a_minute_from_one_address(self, make, client):
        _, url = make()
        with time_machine.travel(dt.datetime(2026, 11, 22, 10, 0, 1, tzinfo=dt.UTC), tick=False) as clock:
            for _ in range(views.WRONG_A_MINUTE):
                client.get("/l/oakfield." + "a" * 43)
            assert client.get(path_of(url)).status_code == 404
            assert client.get(path_of(url), REMOTE_ADDR="10.0.0.9").status_code == 303
            clock.shift(60)
            assert client.get(path_of(url)).status_code == 303

    def test_guesses_in_the_cookie_count_too(self, make, client):
        _, url = make()
        client.cookies[views.COOKIE] = "oakfield." + "a" * 43
        with time_machine.travel(dt.datetime(2026, 11, 22, 10, 0, 1, tzinfo=dt.UTC), tick=False):
            for _ in range(views.WRONG_A_MINUTE):
                client.get("/f/1/")
            assert client.get(path_of(url)).status_code == 404

    def test_a_whole_staff_behind_one_address_opens_its_links_within_a_minute(self, make, client):
        urls = [make(subject_id=number)[1] for number in range(40)]
        assert {client.get(path_of(url)).status_code for url in urls} == {303}

    def test_one_link_ten_times_an_hour(self, make, client):
        _, url = make()
        with time_machine.travel(dt.datetime(2026, 11, 22, 10, 0, 1, tzinfo=dt.UTC), tick=False) as clock:
            answers = [client.get(path_of(url)).status_code for _ in range(views.OPENED_AN_HOUR + 1)]
            assert answers == [303] * views.OPENED_AN_HOUR + [404]
            clock.shift(3600)
            assert client.get(path_of(url)).status_code == 303

    @pytest.mark.parametrize(
        ("proxies", "claimed", "address"),
        [
            (0, "1.2.3.4", "127.0.0.1"),
            (1, "1.2.3.4, 5.6.7.8", "5.6.7.8"),
            (2, "1.2.3.4, 5.6.7.8", "1.2.3.4"),
            (2, "5.6.7.8", "127.0.0.1"),
            (1, "", "127.0.0.1"),
        ],
    )
    def test_only_our_own_proxies_are_believed(self, rf, settings, proxies, claimed, address):
        settings.PROXIES = proxies
        assert views.client_address(rf.get("/", headers={"X-Forwarded-For": claimed})) == address


def test_another_school_does_not_see_it(make, cast):
    make()
    with school_context(cast.brook.school.pk):
        assert Link.objects.count() == 0


def test_rows_of_the_kit_say_nothing_personal_of_themselves():
    rows = [Link(pk=1, recipient="a@example.org"), Job(pk=2, title="x"), Draft(pk=3), SavedView(pk=4, name="x")]
    assert [str(row) for row in rows] == ["link 1", "job 2", "draft 3", "saved view 4"]

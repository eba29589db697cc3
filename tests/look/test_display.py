"""Reading and display: what one chooses is what the next page has, signed in or not, and nothing else gets in."""

import pytest

from sendhub import display

WIDE = {"text": "huge", "spacing": "wide", "paper": "dark", "font": "system", "keys": "off"}
pytestmark = pytest.mark.django_db


def html_tag(response):
    page = response.content.decode()
    return page[page.index("<html") : page.index(">", page.index("<html"))]


def test_choices_stay_on_the_device_and_are_drawn_by_the_server(client):
    response = client.post("/display/", WIDE)
    assert (response.status_code, response["Location"]) == (302, "/display/?saved=1")
    cookie = response.cookies[display.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", display.A_YEAR)
    page = client.get("/display/?saved=1")
    for name, value in WIDE.items():
        assert f'data-{name}="{value}"' in html_tag(page)
    assert "Saved on this device" in page.content.decode()


def test_without_a_choice_the_page_is_plain(client):
    page = client.get("/display/")
    for name, value in display.DEFAULTS.items():
        assert f'data-{name}="{value}"' in html_tag(page)
    assert "Saved on this device" not in page.content.decode()


@pytest.mark.parametrize(
    "cookie", ["", "paper=black&text=normal", "nonsense", 'paper="><script>', "paper=dark%00", "=&=&="]
)
def test_an_altered_cookie_counts_for_nothing(client, cookie):
    client.cookies[display.COOKIE] = cookie
    assert f'data-paper="{display.DEFAULTS["paper"]}"' in html_tag(client.get("/display/"))


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/s/oakfield/pupils/", "/s/oakfield/pupils/"),
        ("", "/display/?saved=1"),
        ("https://evil.example/", "/display/?saved=1"),
        ("//evil.example/", "/display/?saved=1"),
        ("/\\evil.example/", "/display/?saved=1"),
        ("javascript:alert(1)", "/display/?saved=1"),
        ("pupils/", "/display/?saved=1"),
    ],
)
def test_saving_goes_back_to_our_own_pages_only(client, wanted, goes_to):
    assert client.post("/display/", {**WIDE, "next": wanted})["Location"] == goes_to


def test_a_choice_that_is_not_on_the_page_is_refused(client):
    response = client.post("/display/", {**WIDE, "paper": "black"})
    page = response.content.decode()
    assert response.status_code == 422
    assert display.COOKIE not in response.cookies
    assert "<title>Error: Reading and display" in page
    assert 'href="#id_paper_0"' in page


def test_the_page_that_one_came_from_is_kept_in_the_form(client):
    assert 'value="/s/oakfield/"' in client.get("/display/?next=/s/oakfield/").content.decode()

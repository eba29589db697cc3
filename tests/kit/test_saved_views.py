"""A list's filters under a name."""

import pytest

from sendhub.kit import actions, saved_views
from sendhub.kit.models import SavedView

SCHOOL = "/s/oakfield/"
VIEWS = SCHOOL + "work/views/"
PAGE = "kit:job-list"  # any list will do


@pytest.fixture
def priya(oakfield, sign_in):
    return sign_in(oakfield.sendco)


def save(member, name="Year 9", query="year=9", **kwargs):
    return actions.save_view(by=member, name=name, page=PAGE, query=query, **kwargs)


def test_a_view_is_ones_own_until_it_is_shared(oakfield):
    view = save(oakfield.sendco)
    shown = [("Year 9", "year=9")]
    assert saved_views.for_page(oakfield.sendco, PAGE) == shown
    assert saved_views.for_page(oakfield.teacher, PAGE) == []
    assert saved_views.for_page(oakfield.sendco, "kit:draft-list") == []
    actions.share_view(view=view, by=oakfield.sendco, shared=True)
    assert saved_views.for_page(oakfield.teacher, PAGE) == shown


def test_what_was_searched_for_is_never_kept(oakfield):
    assert save(oakfield.sendco, query="q=aisha+khan&year=9&year=10&page=3").query == "year=9&year=10"


def test_the_same_name_replaces(oakfield):
    save(oakfield.sendco)
    assert save(oakfield.sendco, query="year=10").query == "year=10"
    assert SavedView.objects.count() == 1


class TestScreens:
    def test_save_leads_back_to_the_list_with_its_filters(self, priya, oakfield):
        form = priya.get(f"{VIEWS}save/?page={PAGE}&query=year%3D9%26need%3DASD")
        assert b'value="year=9&amp;need=ASD"' in form.content
        answer = priya.post(f"{VIEWS}save/", {"name": "Nines", "page": PAGE, "query": "year=9&q=aisha", "shared": "on"})
        assert (answer.status_code, answer["Location"]) == (302, SCHOOL + "work/jobs/?year=9")
        view = SavedView.objects.get()
        assert (view.name, view.owner_id, view.shared) == ("Nines", oakfield.sendco.pk, True)

    @pytest.mark.parametrize("page", ["https://evil.example.org/", "kit:job-show", "no-such-route", ""])
    def test_only_a_list_of_this_school_can_be_saved(self, priya, page):
        answer = priya.post(f"{VIEWS}save/", {"name": "Bad", "page": page, "query": ""})
        assert answer.status_code == 422
        assert SavedView.objects.count() == 0

    def test_filters_too_long_to_keep_are_refused(self, priya, oakfield):
        answer = priya.post(f"{VIEWS}save/", {"name": "Long", "page": PAGE, "query": f"form={'é' * 400}"})
        assert answer.status_code == 422
        assert "These filters are too long to keep." in answer.content.decode()
        assert SavedView.objects.count() == 0

    def test_ones_views_can_be_renamed_shared_and_deleted(self, priya, oakfield):
        assert b"You have no saved views" in priya.get(VIEWS).content
        view, other = save(oakfield.sendco), save(oakfield.sendco, name="Year 10")
        assert priya.get(f"{VIEWS}{view.pk}/rename/").status_code == 200
        assert priya.post(f"{VIEWS}{view.pk}/rename/", {"name": other.name}).status_code == 422
        assert b"Nines" in priya.post(f"{VIEWS}{view.pk}/rename/", {"name": "Nines"}, follow=True).content
        for shared, said in (("yes", b"Everyone at this school"), ("no", b"Only you")):
            assert said in priya.post(f"{VIEWS}{view.pk}/share/", {"shared": shared}, follow=True).content
        priya.post(f"{VIEWS}{view.pk}/delete/")
        assert list(SavedView.objects.values_list("name", flat=True)) == ["Year 10"]

    def test_a_shared_view_is_still_its_owners_alone_to_change(self, oakfield, sign_in):
        view = save(oakfield.sendco, shared=True)
        tom = sign_in(oakfield.assistant)
        assert tom.get(f"{VIEWS}{view.pk}/rename/").status_code == 404
        for path in ("rename", "share", "delete"):
            assert tom.post(f"{VIEWS}{view.pk}/{path}/", {"name": "x"}).status_code == 404
        assert SavedView.objects.get().name == "Year 9"

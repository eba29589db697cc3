"""A pupil added by hand, their details changed, gone and come back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.drafts import PUPIL_ADD, PUPIL_CHANGE
from pupils.models import GroupPupil, Pupil, PupilAdult
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft
from sendhub.kit.models import Operation
from sendhub.rules.upn import check_letter

BODY = "302412726001"
UPN = check_letter(BODY) + BODY
WRONG = ("B" if UPN[0] != "B" else "C") + BODY
NEW = {
    "forename": "Nia", "surname": "Owen", "legal_forename": "", "legal_surname": "", "born_on": "2013-05-04",
    "sex": "F", "upn": UPN, "year_code": "9", "form": "9C", "joined_on": "2026-11-02",
}  # fmt: skip


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def added(inside):
    def run():
        with inside():
            return Pupil.objects.get(forename="Nia")

    return run


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("sendco", 200),
        ("assistant", 200),
        ("admin", 200),
        ("office", 200),
        ("head", 403),
        ("teacher", 403),
        ("ta", 403),
    ],
)
def test_pupil_add_is_for_those_who_keep_the_list(visit, part, status):
    assert visit(part).get("pupils/add/").status_code == status
    assert ("Add a pupil" in visit(part).text("pupils/")) is (status == 200)


def test_pupil_add_saves_with_a_place_in_year_and_form(visit, added, inside):
    answer = visit("sendco").post("pupils/add/", NEW)
    pupil = added()
    assert (answer.status_code, answer["Location"]) == (302, f"/s/oakfield/pupils/{pupil.pk}/")
    assert (pupil.legal_surname, pupil.upn, pupil.joined_on) == ("Owen", UPN, date(2026, 11, 2))
    with inside():
        assert set(pupil.group_places.values_list("group__name", flat=True)) == {"Year 9", "9C"}
        assert pupil.events.get().pgh_context["verb"] == "pupil.add"


def test_pupil_add_leads_the_office_to_the_family(visit, added):
    answer = visit("office").post("pupils/add/", NEW)
    assert answer["Location"] == f"/s/oakfield/pupils/{added().pk}/contacts/"
    assert visit("office").get(f"pupils/{added().pk}/contacts/").status_code == 200


def test_pupil_add_with_a_name_as_spoken_that_differs_from_the_legal_one(visit, added):
    visit("sendco").post("pupils/add/", {**NEW, "legal_forename": "Antonia"})
    assert (added().forename, added().legal_forename, added().sort_name) == ("Nia", "Antonia", "owen nia antonia")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"forename": ""}, "Enter the first name."),
        ({"surname": ""}, "Enter the surname."),
        ({"born_on": ""}, "Enter the date of birth."),
        ({"born_on": "1913-05-04"}, "not the birthday of a pupil"),
        ({"year_code": ""}, "Choose the year."),
        ({"joined_on": "2012-01-01"}, "before the birthday"),
        ({"joined_on": "2099-01-01"}, "more than a year away"),
        ({"upn": UPN + "77"}, "this one has 15"),
    ],
)
def test_pupil_add_says_what_to_put_right_and_keeps_what_was_typed(visit, inside, wrong, words):
    answer = visit("sendco").post("pupils/add/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Owen"' in answer.content.decode() or wrong == {"surname": ""}
    with inside():
        assert not Pupil.objects.filter(surname="Owen").exists()


def test_pupil_add_asks_whether_it_is_somebody_who_is_here(visit, aisha, added):
    twin = {**NEW, "forename": "Nia", "legal_forename": "Ayesha", "surname": "Kahn", "born_on": aisha.born_on}
    answer = visit("sendco").post("pupils/add/", twin)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'Is this <a href="/s/oakfield/pupils/{aisha.pk}/">Aïsha Khan, 9C</a>?' in page
    assert (
        f'href="/s/oakfield/pupils/{aisha.pk}/contacts/"' in visit("office").post("pupils/add/", twin).content.decode()
    )
    assert visit("sendco").post("pupils/add/", {**twin, "sure": "on"}).status_code == 302
    assert added().born_on == aisha.born_on


def test_pupil_add_asks_of_a_leaver_too(visit, oakfield):
    gone = oakfield.pupils["gone"]
    answer = visit("sendco").post(
        "pupils/add/", {**NEW, "forename": gone.forename, "surname": gone.surname, "born_on": gone.born_on}
    )
    assert "They left on" in answer.content.decode()


def test_pupil_add_warns_of_a_upn_that_does_not_fit_and_takes_it_all_the_same(visit, added):
    answer = visit("sendco").post("pupils/add/", {**NEW, "upn": WRONG})
    assert answer.status_code == 422
    assert "does not fit its digits" in answer.content.decode()
    assert visit("sendco").post("pupils/add/", {**NEW, "upn": WRONG.lower(), "sure": "on"}).status_code == 302
    assert added().upn == WRONG


def test_pupil_add_refuses_a_upn_that_is_another_pupils(visit, inside):
    visit("sendco").post("pupils/add/", NEW)
    answer = visit("sendco").post("pupils/add/", {**NEW, "forename": "Una", "born_on": "2012-01-01", "sure": "on"})
    assert answer.status_code == 422
    assert "Another pupil here has this UPN." in answer.content.decode()
    with inside():
        assert not Pupil.objects.filter(forename="Una").exists()


def test_pupil_add_gives_back_what_was_typed_and_forgets_it_when_saved(visit, oakfield, inside):
    with inside():
        save_draft(by=oakfield.sendco, form=PUPIL_ADD, object_id=0, data={"surname": ["Half"]})
        assert drafts.find(PUPIL_ADD).url(0).endswith("/pupils/add/")
        assert drafts.find(PUPIL_CHANGE).url(7).endswith("/pupils/7/change/")
    page = visit("sendco").text("pupils/add/")
    assert 'value="Half"' in page
    assert "did not save" in page
    visit("sendco").post("pupils/add/", NEW)
    with inside():
        assert drafts.for_form(oakfield.sendco, PUPIL_ADD) is None


def details(pupil, **changes):
    stored = {
        "forename": pupil.forename, "surname": pupil.surname, "legal_forename": pupil.legal_forename,
        "legal_surname": pupil.legal_surname, "born_on": pupil.born_on, "sex": pupil.sex, "upn": pupil.upn,
        "year_code": pupil.year_code, "form": pupil.form, "joined_on": pupil.joined_on, "version": pupil.version,
    }  # fmt: skip
    return {**stored, **changes}


def test_pupil_change_shows_what_stands_and_saves_one_version_on(visit, aisha, inside):
    page = visit("sendco").text(f"pupils/{aisha.pk}/change/")
    assert 'value="Aïsha"' in page
    assert f'value="{aisha.born_on:%Y-%m-%d}"' in page
    answer = visit("sendco").post(f"pupils/{aisha.pk}/change/", details(aisha, surname="Ahmed", form="9D"))
    assert answer.status_code == 302
    with inside():
        aisha.refresh_from_db()
        assert (aisha.name, aisha.version) == ("Aïsha Ahmed", 2)
        assert GroupPupil.objects.filter(pupil=aisha, group__name="9D", ends_on=None).exists()


def test_pupil_change_by_two_people_shows_both_and_loses_nothing(visit, aisha, inside):
    visit("office").post(f"pupils/{aisha.pk}/change/", details(aisha, surname="Ahmed", joined_on="2025-01-06"))
    mine = details(aisha, surname="Amir", joined_on="2025-02-03", form="9D", sure="on")
    answer = visit("sendco").post(f"pupils/{aisha.pk}/change/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Ahmed", "Amir", "2025-01-06", "2025-02-03"):
        assert words in page
    again = visit("sendco").post(f"pupils/{aisha.pk}/change/", {**mine, "version": 2})
    assert again.status_code == 302
    with inside():
        aisha.refresh_from_db()
        assert (aisha.surname, aisha.form) == ("Amir", "9D")


def test_pupil_change_refuses_another_pupils_upn(visit, oakfield, aisha):
    visit("sendco").post("pupils/add/", NEW)
    answer = visit("sendco").post(f"pupils/{aisha.pk}/change/", details(aisha, upn=UPN))
    assert answer.status_code == 422
    assert "Another pupil here has this UPN." in answer.content.decode()


def test_pupil_change_warns_of_a_new_upn_only(visit, aisha):
    answer = visit("sendco").post(f"pupils/{aisha.pk}/change/", details(aisha, upn=WRONG))
    assert answer.status_code == 422
    assert visit("sendco").post(f"pupils/{aisha.pk}/change/", details(aisha, upn=WRONG, sure="on")).status_code == 302
    assert visit("sendco").post(f"pupils/{aisha.pk}/change/", details(aisha, upn=WRONG, version=2)).status_code == 302


def test_a_leaver_is_not_changed_and_one_who_is_here_does_not_come_back(visit, oakfield, aisha):
    gone = oakfield.pupils["gone"].pk
    assert visit("sendco").get(f"pupils/{gone}/change/").status_code == 404
    assert visit("sendco").get(f"pupils/{gone}/leave/").status_code == 404
    assert visit("sendco").get(f"pupils/{aisha.pk}/return/").status_code == 404


def test_pupil_leave_says_what_ends_and_ends_it(visit, aisha, inside):
    page = visit("sendco").text(f"pupils/{aisha.pk}/leave/")
    assert "9C/En, Year 9" in page
    assert "Kemi Oduya, teaching assistant" in page
    assert "Kemi" not in visit("office").text(f"pupils/{aisha.pk}/leave/")
    today = timezone.localdate()
    assert visit("sendco").post(f"pupils/{aisha.pk}/leave/", {"left_on": today}).status_code == 302
    with inside():
        aisha.refresh_from_db()
        assert aisha.left_on == today
        assert not GroupPupil.objects.filter(pupil=aisha, ends_on=None).exists()
        assert not PupilAdult.objects.filter(pupil=aisha, ends_on=None).exists()
        assert Operation.objects.get().title == "1 pupil marked as left"
    assert "came back" in visit("sendco").text(f"pupils/{aisha.pk}/")
    assert "came back" in visit("office").text(f"pupils/{aisha.pk}/contacts/")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (timezone.localdate() + timedelta(days=1), "still to come"),
        (date(2001, 1, 1), "before the first day"),
        ("", "Enter the last day."),
    ],
)
def test_pupil_leave_takes_a_day_that_was(visit, aisha, day, words):
    answer = visit("sendco").post(f"pupils/{aisha.pk}/leave/", {"left_on": day})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_pupil_return_takes_the_leaving_back(visit, aisha, inside):
    with inside():
        places = set(GroupPupil.objects.filter(pupil=aisha, ends_on=None).values_list("pk", flat=True))
        ties = set(PupilAdult.objects.filter(pupil=aisha, ends_on=None).values_list("pk", flat=True))
    visit("sendco").post(f"pupils/{aisha.pk}/leave/", {"left_on": timezone.localdate()})
    assert "Is Aïsha here again?" in visit("sendco").text(f"pupils/{aisha.pk}/return/")
    assert visit("sendco").post(f"pupils/{aisha.pk}/return/", {"back": "on"}).status_code == 302
    with inside():
        aisha.refresh_from_db()
        assert aisha.left_on is None
        assert places <= set(GroupPupil.objects.filter(pupil=aisha, ends_on=None).values_list("pk", flat=True))
        assert ties == set(PupilAdult.objects.filter(pupil=aisha, ends_on=None).values_list("pk", flat=True))
        assert Operation.objects.get().undone_at is not None


def test_pupil_return_of_somebody_whom_no_operation_marked(visit, oakfield, inside):
    gone = oakfield.pupils["gone"]
    assert visit("office").post(f"pupils/{gone.pk}/return/", {"back": "on"}).status_code == 302
    with inside():
        gone.refresh_from_db()
        assert gone.left_on is None
        assert GroupPupil.objects.filter(pupil=gone, ends_on=None, group__name="9C").exists()


def test_pupil_return_is_meant(visit, oakfield):
    gone = oakfield.pupils["gone"]
    assert visit("sendco").post(f"pupils/{gone.pk}/return/", {"x": "y"}).status_code == 422

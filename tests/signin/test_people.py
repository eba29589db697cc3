"""The school's own screen: who can sign in, what they may do, and the end of it."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection

from sendhub.audit import SYSTEM
from sendhub.audit.models import AccessLog
from sendhub.tenancy import school_context
from staff import actions
from staff.actions import people
from staff.models import Invitation, Membership, SchoolIdentityProvider
from tests.signin.conftest import give_app

TENANT = "11111111-2222-3333-4444-555555555555"


def fresh(member):
    with school_context(member.school_id):
        return Membership.objects.get(pk=member.pk)


def test_person_list_shows_roles_last_sign_in_and_second_step(sign_in, cast):
    give_app(cast.oakfield.ta.user)
    browser = sign_in(cast.oakfield.sendco)
    page = browser.get("/s/oakfield/staff/").content.decode()
    assert "Kemi Oduya" in page
    assert "Teaching assistant" in page
    assert page.count('class="tag ok"') == 1
    assert "Never" in page
    assert "Invite somebody" in page
    assert "Olive" not in page
    assert cast.brook.sendco.user.name in sign_in(cast.brook.sendco).get("/s/brook/staff/").content.decode()


def test_person_list_of_someone_who_may_only_look(sign_in, cast):
    page = sign_in(cast.oakfield.dsl).get("/s/oakfield/staff/").content.decode()
    assert "Dan Whitlock" in page
    assert "Invite somebody" not in page
    assert "End access" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_person_list_costs_the_same_for_one_and_for_three_invitations(
    sign_in, cast, django_assert_max_num_queries, count
):
    with school_context(cast.oakfield.school.pk):
        for number in range(count):
            actions.invite(
                school=cast.oakfield.school,
                email=f"p{number}@example.org",
                name="P",
                roles=["ta"],
                by=cast.oakfield.sendco,
            )
    browser = sign_in(cast.oakfield.sendco)
    browser.get("/s/oakfield/staff/")
    with django_assert_max_num_queries(16):
        browser.get("/s/oakfield/staff/")


def test_person_invite_queues_a_mail(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    page = browser.get("/s/oakfield/staff/invite/")
    assert "Governor" in page.content.decode()
    data = {"name": "Jo Field", "email": "jo@example.org", "roles": ["governor"]}
    assert browser.post("/s/oakfield/staff/invite/", data).headers["Location"] == "/s/oakfield/staff/"
    assert "Jo Field" in browser.get("/s/oakfield/staff/").content.decode()
    again = browser.post("/s/oakfield/staff/invite/", data)
    assert again.status_code == 422
    assert "is waiting" in again.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"email": "jo@example.org", "roles": ["ta"]}, "Choose somebody from the list"),
        ({"name": "Jo", "email": "nonsense", "roles": ["ta"]}, "valid email"),
        ({"name": "Jo", "email": "jo@example.org"}, "required"),
        ({"name": "Jo", "email": "jo@example.org", "roles": ["trust_lead"]}, "valid choice"),
        ({"name": "Jo", "email": "jo@example.org", "roles": ["king"]}, "valid choice"),
    ],
)
def test_person_invite_says_what_is_wrong(sign_in, cast, data, sentence):
    answer = sign_in(cast.oakfield.sendco).post("/s/oakfield/staff/invite/", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_double_click_makes_one_invitation(cast, monkeypatch):
    """The second request has looked before the first was written."""
    school, sendco = cast.oakfield.school, cast.oakfield.sendco
    wanted = {"school": school, "email": "a@example.org", "name": "A", "roles": ["ta"], "by": sendco}
    with school_context(school.pk):
        actions.invite(**wanted)
        monkeypatch.setattr(Invitation.objects, "waiting", Invitation.objects.none)
        with pytest.raises(ValidationError, match="is waiting"):
            actions.invite(**wanted)
        assert Invitation.objects.filter(school=school).count() == 1


def test_person_invite_ties_to_someone_on_the_staff_list(sign_in, cast):
    with school_context(cast.oakfield.school.pk):
        staff = actions.add_staff(
            school=cast.oakfield.school, forename="Asha", surname="Rao", job_title="Teacher", by=cast.oakfield.sendco
        )
    browser = sign_in(cast.oakfield.office)
    assert "Rao, Asha (Teacher)" in browser.get("/s/oakfield/staff/invite/").content.decode()
    data = {"staff": staff.pk, "email": "asha@example.org", "roles": ["teacher"]}
    assert browser.post("/s/oakfield/staff/invite/", data).status_code == 302
    with school_context(cast.oakfield.school.pk):
        found = Invitation.objects.get()
    assert (found.name, found.staff_id) == ("Asha Rao", staff.pk)
    data["roles"] = ["sendco"]
    assert browser.post("/s/oakfield/staff/invite/", {**data, "email": "b@example.org"}).status_code == 422


def test_another_schools_staff_can_not_be_named(sign_in, cast):
    data = {"staff": cast.brook.ta.staff_id, "email": "x@example.org", "roles": ["ta"]}
    assert sign_in(cast.oakfield.sendco).post("/s/oakfield/staff/invite/", data).status_code == 422


def test_person_change_roles(sign_in, cast):
    browser, ta = sign_in(cast.oakfield.sendco), cast.oakfield.ta
    url = f"/s/oakfield/staff/{ta.pk}/change/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"roles": ["ta", "teacher"]}).status_code == 302
    assert fresh(ta).roles == ["ta", "teacher"]
    assert browser.post(url, {"roles": ""}).status_code == 422


def test_person_change_can_not_take_what_one_does_not_hold(sign_in, cast):
    office = sign_in(cast.oakfield.office)
    url = f"/s/oakfield/staff/{cast.oakfield.dsl.pk}/change/"
    assert office.post(url, {"roles": ["ta"]}).status_code == 403
    assert fresh(cast.oakfield.dsl).roles == ["dsl"]
    assert office.post(f"/s/oakfield/staff/{cast.oakfield.dsl.pk}/end/").status_code == 403


@pytest.mark.parametrize("part", ["sendco", "head"])
def test_the_last_sendco_and_the_last_head_stay(sign_in, cast, part):
    last = getattr(cast.oakfield, part)
    with school_context(cast.oakfield.school.pk):
        actions.add_member(
            school=cast.oakfield.school, user=cast.oakfield.sendco.user, roles=["dsl"], by=cast.oakfield.sendco
        )
        with pytest.raises(ValidationError, match="the only"):
            actions.end_access(member=last, by=SYSTEM)
        with pytest.raises(ValidationError, match="the only"):
            actions.set_roles(member=last, roles=["teacher"], by=SYSTEM)
        actions.add_member(school=cast.oakfield.school, user=cast.oakfield.dsl.user, roles=[part], by=SYSTEM)
        actions.end_access(member=last, by=SYSTEM)
    assert fresh(last).ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_sendcos_who_end_each_others_place_at_once(cast, monkeypatch):
    """One of them is told no, and neither gets an error of the database."""
    school, real, both = cast.oakfield.school, people.refuse_last, Barrier(2)
    with school_context(school.pk):
        other = actions.add_member(school=school, user=cast.oakfield.dsl.user, roles=["sendco"], by=SYSTEM)

    def at_once(member, going):
        real(member, going)
        with suppress(BrokenBarrierError):
            both.wait(1)  # long enough for the other to have read too, if nothing holds it back

    monkeypatch.setattr(people, "refuse_last", at_once)
    answers = []

    def end(member):
        try:
            with school_context(school.pk):
                actions.end_access(member=member, by=SYSTEM)
            answers.append("ended")
        except ValidationError:
            answers.append("refused")
        except DatabaseError:
            answers.append("error")
        finally:
            connection.close()

    threads = [Thread(target=end, args=[member]) for member in (cast.oakfield.sendco, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["ended", "refused"]


def test_the_page_says_why_the_last_one_stays(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    url = f"/s/oakfield/staff/{cast.oakfield.sendco.pk}"
    answer = browser.post(f"{url}/end/")
    assert answer.status_code == 422
    assert "They are the only SENDCO here" in answer.content.decode()
    answer = browser.post(f"{url}/change/", {"roles": ["teacher"]})
    assert answer.status_code == 422
    assert "They are the only SENDCO here" in answer.content.decode()


def test_a_leaver_is_out_at_the_next_request(sign_in, cast):
    leaver, browser = sign_in(cast.oakfield.dsl), sign_in(cast.oakfield.sendco)
    assert leaver.get("/s/oakfield/staff/").status_code == 200
    url = f"/s/oakfield/staff/{cast.oakfield.dsl.pk}/end/"
    assert browser.get(url).status_code == 200
    assert browser.post(url).headers["Location"] == "/s/oakfield/staff/"
    assert leaver.get("/s/oakfield/staff/").status_code == 404


def test_a_closed_account_is_out_at_the_next_request(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    cast.oakfield.sendco.user.is_active = False
    cast.oakfield.sendco.user.save()
    assert browser.get("/s/oakfield/staff/").headers["Location"].startswith("/accounts/login/")


def test_ending_ones_own_access_leads_out_of_the_school(sign_in, cast):
    me = cast.oakfield.assistant
    assert sign_in(me).post(f"/s/oakfield/staff/{me.pk}/end/").headers["Location"] == "/"


def test_another_schools_people_are_not_there(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    for verb in ("change", "end"):
        assert browser.get(f"/s/oakfield/staff/{cast.hillside.ta.pk}/{verb}/").status_code == 404
        assert browser.post(f"/s/oakfield/staff/{cast.hillside.ta.pk}/{verb}/").status_code == 404


def test_invitation_resend_and_revoke_by_the_page(sign_in, cast):
    with school_context(cast.oakfield.school.pk):
        found = actions.invite(
            school=cast.oakfield.school, email="a@example.org", name="A", roles=["ta"], by=cast.oakfield.sendco
        )
    browser, stranger = sign_in(cast.oakfield.sendco), sign_in(cast.brook.sendco)
    for verb in ("resend", "revoke"):
        assert stranger.post(f"/s/brook/staff/invitations/{found.pk}/{verb}/").status_code == 404
        assert browser.get(f"/s/oakfield/staff/invitations/{found.pk}/{verb}/").status_code == 405
        assert browser.post(f"/s/oakfield/staff/invitations/{found.pk}/{verb}/").status_code == 302
    assert browser.post(f"/s/oakfield/staff/invitations/{found.pk}/revoke/").status_code == 404


def test_office_can_not_resend_what_it_could_not_send(cast):
    with school_context(cast.oakfield.school.pk):
        found = actions.invite(
            school=cast.oakfield.school, email="a@example.org", name="A", roles=["sendco"], by=cast.oakfield.sendco
        )
        for act in (actions.resend, actions.revoke):
            with pytest.raises(PermissionDenied):
                act(invitation=found, by=cast.oakfield.office)


def test_signin_rules_second_factor(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    assert "Everyone" in browser.get("/s/oakfield/staff/sign-in/").content.decode()
    assert browser.post("/s/oakfield/staff/sign-in/", {"second_factor": "sensitive"}).status_code == 302
    cast.oakfield.school.refresh_from_db()
    assert cast.oakfield.school.second_factor == "sensitive"
    assert browser.post("/s/oakfield/staff/sign-in/", {"second_factor": "sensitive"}).status_code == 302
    with school_context(cast.oakfield.school.pk):  # who set it, once: a school has no history of its own
        looks = list(AccessLog.objects.filter(verb="school.second_factor").values_list("actor", "detail"))
    by = f"user:{cast.oakfield.sendco.user_id}"
    assert looks == [(by, {"before": "everyone", "after": "sensitive"})]
    assert browser.post("/s/oakfield/staff/sign-in/", {"second_factor": "x"}).status_code == 422
    assert sign_in(cast.oakfield.assistant).get("/s/oakfield/staff/sign-in/").status_code == 403


def test_provider_edit_google_and_microsoft(sign_in, cast, as_owner):
    browser = sign_in(cast.oakfield.sendco)
    page = browser.get("/s/oakfield/staff/sign-in/google/").content.decode()
    assert "/accounts/oidc/oakfield-google/login/callback/" in page
    data = {"domain": "oakfield.sch.uk", "client_id": "c1", "secret": "s3cret", "enforces_second_factor": "on"}
    assert browser.post("/s/oakfield/staff/sign-in/google/", data).status_code == 302
    data = {"tenant": TENANT, "client_id": "c2", "secret": "other"}
    assert browser.post("/s/oakfield/staff/sign-in/microsoft/", data).status_code == 302
    assert TENANT in browser.get("/s/oakfield/staff/sign-in/microsoft/").content.decode()
    with school_context(cast.oakfield.school.pk):
        google, microsoft = SchoolIdentityProvider.objects.order_by("kind")
    assert (google.issuer, google.domain, google.enforces_second_factor) == (
        "https://accounts.google.com", "oakfield.sch.uk", True,
    )  # fmt: skip
    assert microsoft.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert "s3cret" not in google.secret
    assert str(google) == f"provider {google.pk}"
    stored = str(as_owner("SELECT * FROM staff_schoolidentityproviderevent"))
    assert google.secret not in stored
    # an empty secret keeps the one that is there
    data = {"domain": "oakfield.sch.uk", "client_id": "c9"}
    assert browser.post("/s/oakfield/staff/sign-in/google/", data).status_code == 302
    with school_context(cast.oakfield.school.pk):
        kept = SchoolIdentityProvider.objects.get(kind="google")
    assert (kept.secret, kept.client_id, kept.enforces_second_factor) == (google.secret, "c9", False)
    assert browser.post("/s/oakfield/staff/sign-in/google/remove/").status_code == 302
    assert browser.post("/s/oakfield/staff/sign-in/google/remove/").status_code == 404


def test_provider_edit_refuses_nonsense(sign_in, cast):
    browser = sign_in(cast.oakfield.sendco)
    assert browser.get("/s/oakfield/staff/sign-in/facebook/").status_code == 404
    data = {"tenant": "https://evil.example/", "client_id": "c", "secret": "s"}
    assert browser.post("/s/oakfield/staff/sign-in/microsoft/", data).status_code == 422
    assert browser.post("/s/oakfield/staff/sign-in/google/", {"domain": "x", "client_id": "c"}).status_code == 422

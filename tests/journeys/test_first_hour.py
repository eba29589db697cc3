"""A brand-new school's first hour in a real browser, at a desk and on a phone; and how few presses it takes to say who
looks after whom in a large one."""

import time
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from pupils.imports import bring_in
from pupils.models import GroupPupil, Pupil, PupilAdult, SENRecord
from sendhub.audit import SYSTEM, acting
from sendhub.desk.demo.shift import sample_files
from sendhub.outbox.models import Message
from sendhub.rules.school_calendar import academic_year
from sendhub.tenancy import school_context
from staff import actions
from staff.models import GroupStaff, Invitation, School, SchoolYear, StaffMember, TeachingGroup
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORMS, YEARS, HELPERS = 28, 7, 20


@pytest.fixture
def ashdown(settings):
    """A school as `manage.py new_school` leaves it, and its SENDCO, who has accepted the invitation."""
    settings.DEMO = False
    call_command(
        "new_school", name="Ashdown School", slug="ashdown", la="302", estab="4190", sendco_email="pat@ashdown.example"
    )
    school = School.objects.get(slug="ashdown")
    with school_context(school.pk):
        user = actions.add_user(email="pat@ashdown.example", name="Pat Low", by=SYSTEM)
        return actions.add_member(school=school, user=user, roles=["sendco"], by=SYSTEM)


def state(page, words):
    page.goto(page.url.partition("/s/ashdown/")[0] + "/s/ashdown/first-hour/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def invite(page, name, email, role):
    page.get_by_role("link", name="Invite them").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(f"{role}:").check()
    page.get_by_role("button", name="Send the invitation").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_new_school_is_set_up_step_by_step(ashdown, browse, width):
    school, today = ashdown.school, timezone.localdate()
    page = browse(ashdown, "/s/ashdown/", width=width)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("0 of 5 steps are settled.")
    assert width_of(page) == width

    invite(page, "Sue Kettle", "sue@ashdown.example", "Office")
    state(page, "0 of 5")  # the head is missing still
    invite(page, "Grace Lind", "grace@ashdown.example", "Head")
    state(page, "1 of 5")

    with school_context(school.pk):  # the office brings the files in: that has a journey of its own
        for name, data in sample_files("hillside", today):
            bring_in(school=school, data=data, filename=name, by=SYSTEM, write=True, today=today)
    state(page, "2 of 5")

    page.get_by_role("link", name="Set the terms").click()
    page.get_by_role("link", name="Set the half terms").click()
    page.get_by_role("button", name="Save the half terms").click()
    page.get_by_role("link", name="Set the training days").click()
    page.get_by_role("button", name="Save the days").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pupils are in for")
    assert width_of(page) == width
    state(page, "3 of 5")

    page.get_by_role("link", name="Check the invitations").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ready to be invited")
    assert width_of(page) == width
    for box in page.locator("input[name=staff]").all():  # those who would see every pupil are not ticked beforehand
        box.check()
    for choice in page.locator("select[name^=role-]").all():
        if choice.input_value() == "":
            choice.select_option("teacher")
    page.get_by_role("button", name="Check before you send").click()
    page.get_by_role("button", name="Send").click()
    state(page, "4 of 5")

    page.get_by_role("link", name="Key adults and assistants").click()
    page.get_by_role("button", name="Accept").click()
    state(page, "Everything is set up.")
    expect(page.get_by_text("Go and see a child.")).to_be_visible()
    page.get_by_role("button", name="Put this page away").click()
    expect(page.get_by_text("Your first hour")).to_have_count(0)
    with school_context(school.pk):
        assert not School.objects.get(pk=school.pk).setting_up
        assert Invitation.objects.filter(staff__isnull=False).count() == StaffMember.objects.exclude(email="").count()
        register = set(SENRecord.objects.values_list("pupil_id", flat=True))
        assert set(PupilAdult.objects.values_list("pupil_id", flat=True)) == register


def test_a_step_left_out_without_script(ashdown, browse):
    page = browse(ashdown, "/s/ashdown/first-hour/", java_script_enabled=False)
    terms = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Look through the terms"))
    terms.get_by_text("Leave this step out").click()
    terms.get_by_label("Why do you leave it out?").fill("The trust sets them")
    terms.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 5 steps are settled.")
    expect(terms.get_by_text("Left out: The trust sets them")).to_be_visible()


# --- two minutes -------------------------------------------------------------------------------------------------
@pytest.fixture
def large(ashdown):
    """28 forms of eight, two of each on the register, in seven years; 28 teachers, 7 leaders, 20 assistants."""
    school, starts = ashdown.school, academic_year(timezone.localdate())
    row = {"school": school}
    with school_context(school.pk), acting(SYSTEM, "test.arrange"):
        year = SchoolYear.objects.create(
            **row, starts=starts, groups_from=date(starts, 7, 1), groups_until=date(starts + 1, 9, 30)
        )
        for title, number in (("Teacher", FORMS), ("Head of year", YEARS), ("Teaching assistant", HELPERS)):
            for at in range(number):
                StaffMember.objects.create(
                    **row, forename=title.split()[0], surname=f"Number {at + 1:02}", job_title=title,
                    email=f"{title.split()[-1]}.{at}@ashdown.example".lower(),
                )  # fmt: skip
        for number in range(YEARS):
            code = str(number + 7)
            group = TeachingGroup.objects.create(**row, year=year, kind="year", name=f"Year {code}")
            for letter in "ABCD":
                form = TeachingGroup.objects.create(**row, year=year, kind="form", name=f"{code}{letter}")
                for at in range(8):
                    pupil = Pupil.objects.create(
                        **row, forename="Child", surname=f"{code}{letter}{at}", legal_forename="Child",
                        legal_surname="X", sort_name=f"{code}{letter}{at}", born_on=date(starts - 11 - number, 10, 1),
                        year_code=code, year_sort=number + 7, form=form.name, joined_on=date(starts, 9, 1),
                    )  # fmt: skip
                    for each in (group, form):
                        GroupPupil.objects.create(**row, group=each, pupil=pupil)
                    if at < 2:
                        SENRecord.objects.create(**row, pupil=pupil, provision="K", starts_on=date(starts, 9, 1))
    return school


def test_who_looks_after_whom_in_a_large_school_takes_few_presses(ashdown, large, browse):
    page, presses = browse(ashdown, "/s/ashdown/pupils/links/groups/"), 0
    began = time.monotonic()

    def press(target):
        nonlocal presses
        presses += 1
        target.click()

    def choose(target, label):
        nonlocal presses
        presses += 1
        target.select_option(label=label)

    for at in range(FORMS):
        choose(page.locator("select").nth(at), f"Teacher Number {at + 1:02}, Teacher")
    press(page.get_by_role("button", name="Save and tell them"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{FORMS} of {FORMS} forms have a tutor")
    press(page.get_by_role("link", name="Year leaders"))
    for at in range(YEARS):
        choose(page.locator("select").nth(at), f"Head Number {at + 1:02}, Head of year")
    press(page.get_by_role("button", name="Save and tell them"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{YEARS} of {YEARS} years have a leader")
    press(page.get_by_role("link", name="Teaching assistants"))
    forms = [f"{year}{letter}" for year in range(7, 14) for letter in "ABCD"][:HELPERS]
    for at, form in enumerate(forms):
        choose(page.get_by_label("Who", exact=True), f"Teaching Number {at + 1:02}, Teaching assistant")
        choose(page.get_by_label("Form", exact=True), form)
        expect(page.get_by_text("2 pupils in the list.")).to_be_visible()
        press(page.get_by_label("Choose all in this list"))
        press(page.get_by_role("button", name="Link and tell them"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{2 * at + 2} of {2 * FORMS}")
    print(f"{presses} presses and choices, {time.monotonic() - began:.0f} seconds")
    with school_context(large.pk):
        assert GroupStaff.objects.filter(part="tutors").count() == FORMS
        assert GroupStaff.objects.filter(part="leads").count() == YEARS
        assert PupilAdult.objects.filter(part="ta").values("staff").distinct().count() == HELPERS
        told = Message.objects.exclude(template="invitation")
        assert told.count() == FORMS + YEARS + HELPERS  # one mail each, however many pupils
    assert presses == FORMS + 2 + YEARS + 2 + 4 * HELPERS

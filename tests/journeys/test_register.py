"""The register in a real browser: a pupil put on it, the letter drafted, printed and posted; three moved and undone."""

import pytest
from playwright.sync_api import expect

from pupils.models import FamilyLetter, Pupil, RegisterMove, SENRecord
from sendhub.audit import SYSTEM, acting
from sendhub.kit.models import Job
from sendhub.kit.tasks import run_job
from sendhub.tenancy import school_context
from tests.look.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_pupil_is_put_on_the_register_and_the_letter_goes_out(cast, browse):
    school, mei = cast.oakfield.school, cast.oakfield.pupils["mei"]
    with school_context(school.pk), acting(SYSTEM, "test.arrange"):
        mei.contacts.update(email="")
    page = browse(cast.oakfield.sendco, f"/s/oakfield/pupils/{mei.pk}/")
    page.get_by_role("link", name="Move Mei on the register").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("link", name="Put Mei on to SEN Support").click()
    expect(drawer.get_by_role("heading", name="Put Mei on to SEN Support")).to_be_visible()
    expect(drawer.get_by_label("By whom?")).to_be_hidden()
    expect(drawer.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
    drawer.get_by_label("Why?").fill("Reads two years behind.")
    drawer.get_by_label("Write them a letter").check()
    expect(drawer.get_by_label("Parent Zhou, Mother (print)")).to_be_checked()
    assert faults(page) == []
    drawer.get_by_role("button", name="Save the move").click()
    expect(page.locator("#live")).to_contain_text("1 letter waits to be printed.")
    expect(page.locator("#register")).to_contain_text("SEN Support from")

    page.goto(page.url.partition("/s/")[0] + "/s/oakfield/pupils/register/letters/")
    page.get_by_role("button", name="Print the letter").click()
    page.wait_for_url("**/jobs/*/")
    with school_context(school.pk):
        job = Job.objects.get()
    run_job(job.pk, school_id=school.pk)
    page.reload()
    with page.expect_download() as started:
        page.locator("main a.primary").first.click()
    assert started.value.path().read_bytes().startswith(b"%PDF")

    page.goto(page.url.partition("/s/")[0] + "/s/oakfield/pupils/register/letters/")
    page.get_by_label("Choose the letter to Parent Zhou").check()
    page.get_by_role("button", name="Mark as posted").click()
    page.get_by_role("button", name="Mark as posted").click()
    expect(page.get_by_text("Their families count as told.")).to_be_visible()
    with school_context(school.pk):
        move = RegisterMove.objects.get()
        assert (move.told, move.told_how) == ("told", "letter")
        assert "Mei gets extra help at school." in FamilyLetter.objects.get().text


def test_three_are_moved_at_once_without_script_and_that_is_undone(cast, browse):
    oakfield = cast.oakfield
    with school_context(oakfield.school.pk), acting(SYSTEM, "test.arrange"):
        pupils = [oakfield.pupils["mei"]] + [
            Pupil.objects.create(
                school=oakfield.school, mis_id=f"j{number}", legal_forename=name, legal_surname="Journey",
                forename=name, surname="Journey", sort_name=f"journey {name.lower()}", born_on="2013-09-01",
                year_code="8", year_sort=8, form="8A",
            )
            for number, name in enumerate(["Ana", "Bo"])
        ]  # fmt: skip
    ids = ",".join(str(pupil.pk) for pupil in pupils)
    page = browse(oakfield.sendco, f"/s/oakfield/pupils/register/move/?ids={ids}", java_script_enabled=False)
    page.get_by_label("Put them on to SEN Support").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Why?").fill("Screened in September.")
    page.get_by_label("They have been told").check()
    page.get_by_label("At a meeting").check()
    page.get_by_role("button", name="Check before you save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put 3 pupils on to SEN Support?")
    for name in ("Zhou, Mei", "Journey, Ana", "Journey, Bo"):
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    page.get_by_role("button", name="Put 3 pupils on to SEN Support").click()
    expect(page.get_by_text("Saved: 3 pupils on to SEN Support")).to_be_visible()
    with school_context(oakfield.school.pk):
        assert SENRecord.objects.filter(pupil__in=pupils).count() == 3
    page.get_by_role("link", name="Undo").first.click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone. Everything is as it was before.")).to_be_visible()
    with school_context(oakfield.school.pk):
        assert not SENRecord.objects.filter(pupil__in=pupils).exists()

"""From the school's export to a list in the SENDCO's hand: the office brings it in, she decides and takes it away."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from pupils.models import ImportBatch, ProvisionProposal, RegisterMove
from sendhub.kit.models import Job
from sendhub.kit.tasks import run_job
from sendhub.tenancy import school_context
from tests.pupils.imports import file_of, joiner, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chosen(cast):
    """Mei gets SEN Support says the file; Aïsha has another surname; a joiner whom no list knew."""
    aisha, leon, mei = (cast.oakfield.pupils[key] for key in ("aisha", "leon", "mei"))
    rows = [row(aisha, surname="Khan-Bell", sen="K"), row(leon, sen="E"), row(mei, sen="K"), joiner(1)]
    return {"name": "pupils.csv", "mimeType": "text/csv", "buffer": file_of(*rows).read()}


def work_off(school, kind):
    """Do the one job of this kind, as the worker does."""
    with school_context(school.pk):
        job = Job.objects.get(kind=kind)
    run_job(job.pk, school_id=school.pk)


def bring_in(page, chosen, school):
    page.get_by_label("The file").set_input_files(chosen)
    page.get_by_role("button", name="Read this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 pupils: 1 new, 1 changed, 1 in doubt")
    page.get_by_label("The same pupil").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 pupils: 1 new, 1 changed")
    page.get_by_role("button", name="Bring in 3 pupils").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The file is being brought in")
    work_off(school, "import.apply")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 pupil added and 2 changed")  # by itself


def accept(page):
    """The proposal about Mei as a move, and how her family knows of it."""
    page.get_by_role("link", name="Accept for Zhou, Mei").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put Mei on to SEN Support")
    page.get_by_label("Why?").fill("Screened in September, two years behind in reading.")
    page.get_by_label("They have been told").check()
    page.get_by_label("At a meeting").check()
    page.get_by_role("button", name="Save the move").click()
    expect(page.get_by_role("heading", level=1, name="Mei Zhou")).to_be_visible()


def take_away(page, school):
    """The rows of the register as the downloaded file has them."""
    page.get_by_role("link", name="Download this list").click()
    page.get_by_role("button", name="Go on as if I had").click()
    page.get_by_role("button", name="Make the file").click()
    page.wait_for_url("**/jobs/*/")
    work_off(school, "pupils.export")
    page.reload()
    with page.expect_download() as started:
        page.locator("main a.primary").first.click()
    heads, *rows = load_workbook(io.BytesIO(started.value.path().read_bytes())).active.values
    return [dict(zip(heads, cells, strict=True)) for cells in rows]


def test_from_the_file_to_the_register_to_the_list_taken_away(cast, browse, chosen):
    school = cast.oakfield.school
    office = browse(cast.oakfield.office, "/s/oakfield/pupils/imports/")
    bring_in(office, chosen, school)

    sendco = browse(cast.oakfield.sendco, "/s/oakfield/")
    sendco.get_by_role("link", name="Decide").first.click()
    expect(sendco.get_by_role("heading", level=1)).to_have_text("A file says otherwise about 1 pupil.")
    accept(sendco)

    sendco.goto(sendco.url.partition("/pupils/")[0] + "/pupils/")
    expect(sendco.get_by_role("rowheader", name="Zhou, Mei")).to_be_visible()
    listed = take_away(sendco, school)
    assert [(row["Surname"], row["Forename"], row["On the register"]) for row in listed] == [
        ("Khan-Bell", "Aïsha", "SEN Support"),
        ("Walker", "Leon", "EHC plan"),
        ("Zhou", "Mei", "SEN Support"),
    ]
    with school_context(school.pk):
        move = RegisterMove.objects.get()
        assert (move.before, move.after, move.told, move.told_how) == ("N", "K", "told", "meeting")
        assert ProvisionProposal.objects.get().move == move
        assert ImportBatch.objects.get().counts["new"] == 1

"""The office's weekly file, in a real browser: chosen, looked through, a doubt settled, brought in, undone."""

import pytest
from playwright.sync_api import expect

from pupils.models import ImportBatch, Pupil
from sendhub.kit.tasks import run_job
from sendhub.tenancy import school_context
from sendhub.uploads import MOST
from tests.look.axe import faults
from tests.look.width import width_of
from tests.pupils.imports import file_of, joiner, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chosen(cast):
    """What the office's own system gave: a changed form, a changed surname, a joiner, a row without a name."""
    pupils = cast.oakfield.pupils
    rows = [row(pupils["leon"], form="8D"), row(pupils["aisha"], surname="Khan-Bell"), joiner(1), "7,Low,,,,,,,"]
    return {"name": "pupils.csv", "mimeType": "text/csv", "buffer": file_of(*rows).read()}


def fits(page):
    """Accessible as it stands, and no wider than the narrowest phone."""
    assert faults(page) == []
    size = page.viewport_size
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert width_of(page) == width
    page.set_viewport_size(size)


def the_worker(cast):
    school_id = cast.oakfield.school.pk
    with school_context(school_id):
        job_id = ImportBatch.objects.get().job_id
    run_job(job_id, school_id=school_id)


def pupil(cast, name):
    with school_context(cast.oakfield.school.pk):
        return Pupil.objects.get(pk=cast.oakfield.pupils[name].pk)


def joiners(cast):
    with school_context(cast.oakfield.school.pk):
        return Pupil.objects.filter(legal_surname="Abara").count()


def test_with_script_from_upload_to_undo(cast, browse, chosen):
    page = browse(cast.oakfield.office, "/s/oakfield/")
    page.get_by_role("link", name="Bring in a file").click()
    fits(page)
    page.get_by_label("The file").set_input_files(chosen)
    expect(page.get_by_text("pupils.csv is chosen.")).to_be_visible()
    page.get_by_role("button", name="Read this file").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("4 pupils: 1 new, 1 changed, 1 in doubt, 1 failed")
    fits(page)
    page.get_by_label("The same pupil").focus()
    page.keyboard.press("Space")
    expect(page.locator("#live")).to_contain_text("Saved.")
    expect(page.get_by_role("heading", level=1)).to_have_text("4 pupils: 1 new, 1 changed, 1 failed")
    page.get_by_role("link", name="Changed 1", exact=True).click()
    expect(page.get_by_role("cell", name="8B")).to_contain_text("8D")
    fits(page)

    page.get_by_role("button", name="Bring in 3 pupils").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The file is being brought in")
    fits(page)
    the_worker(cast)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 pupil added and 2 changed")  # by itself
    fits(page)
    assert pupil(cast, "aisha").legal_surname == "Khan-Bell"
    assert pupil(cast, "leon").form == "8D"
    assert joiners(cast) == 1

    page.get_by_role("link", name="Undo this file").click()
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("link", name="Bring in a file").click()
    expect(page.get_by_text("Undone")).to_be_visible()
    assert pupil(cast, "aisha").legal_surname == "Khan"
    assert pupil(cast, "leon").form == "8B"
    assert joiners(cast) == 0


def test_without_script_the_same_job_is_done_by_pages(cast, browse, chosen):
    page = browse(cast.oakfield.office, "/s/oakfield/pupils/imports/", java_script_enabled=False)
    page.get_by_label("The file").set_input_files(chosen)
    page.get_by_role("button", name="Read this file").click()
    page.get_by_label("Somebody new").check()
    page.get_by_role("button", name="Save these decisions").click()
    expect(page.get_by_text("1 that was in doubt is brought in as somebody new.")).to_be_visible()
    page.get_by_role("link", name="Check the columns").click()
    page.get_by_label("Shoe Size").select_option(label="Year")
    page.get_by_role("button", name="Save, and look again").click()
    expect(page.get_by_text("Every column is read.")).to_be_visible()
    page.get_by_role("button", name="Bring in").click()
    the_worker(cast)
    page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 pupils added and 1 changed")


DROP = """([field, name, size]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(size)], name));
  const all = { bubbles: true, cancelable: true, dataTransfer: files };
  const say = (kind) => field.dispatchEvent(new DragEvent(kind, all));
  say("dragover");
  const lit = field.classList.contains("over");
  say("drop");
  return lit && !field.classList.contains("over");
}"""


def test_a_file_is_dragged_on_to_the_field_and_one_too_large_is_not_sent(cast, browse):
    page = browse(cast.oakfield.office, "/s/oakfield/pupils/imports/")
    field = page.get_by_label("The file").element_handle()
    assert page.evaluate(DROP, [field, "register.csv", 20])
    expect(page.get_by_text("register.csv is chosen.")).to_be_visible()
    assert page.evaluate(DROP, [field, "photos.xlsx", MOST + 1])
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Read this file").click()
    expect(page.get_by_text("This file is larger than 10 MB.")).to_be_visible()
    expect(page.get_by_label("The file")).to_be_focused()
    assert sent == []


def test_the_preview_prints_without_what_is_for_the_screen(cast, browse, chosen):
    page = browse(cast.oakfield.office, "/s/oakfield/pupils/imports/")
    page.get_by_label("The file").set_input_files(chosen)
    page.get_by_role("button", name="Read this file").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Here: Aïsha Khan, 9C")).to_be_visible()
    expect(page.locator(".side")).to_be_hidden()

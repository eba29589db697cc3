"""What static/js/app.js adds, in a real browser: focus, words, drafts, one press one post. And the same without it."""

import pytest
from playwright.sync_api import expect

from tests.look import pages
from tests.look.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.look.pages"), pytest.mark.django_db(transaction=True)]


ON_TOP = """e => { const at = e.getBoundingClientRect();
  return e === document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) && !!e.closest('dialog'); }"""


@pytest.fixture(autouse=True)
def clean():
    pages.POSTS.clear()
    pages.FAIL.clear()
    pages.state["aim"] = "Blend 3 sounds"


def until(page, condition):
    """Wait for something on the server's side; the browser goes on meanwhile."""
    for _ in range(100):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(pages.POSTS)


def test_drawer_from_open_to_saved_by_keyboard(browse):
    page = browse(None)
    page.focus("#change")
    page.keyboard.press("Enter")
    expect(page.locator("#id_aim")).to_be_focused()
    assert page.locator("#drawer").evaluate("d => d.matches(':modal')")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer .summary")).to_be_focused()
    expect(page).to_have_title("Error: Targets")
    assert faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_aim")).to_be_focused()
    page.keyboard.type("Read 20 tricky words")
    page.keyboard.press("Enter")
    expect(page.locator("#row span")).to_have_text("Read 20 tricky words")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(page.locator("#live")).to_contain_text("Saved.")
    expect(page.locator("#live button")).to_have_text("Undo")
    expect(page.locator("#change")).to_be_focused()
    expect(page).to_have_title("Targets")


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_leaving_the_drawer_gives_focus_back(browse, way):
    page = browse(None)
    page.click("#change")
    expect(page.locator("#id_aim")).to_be_focused()
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.click("#drawer [data-close]")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(page.locator("#change")).to_be_focused()


def test_typed_words_are_not_lost_by_one_escape(browse):
    page = browse(None)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("#change")
    page.fill("#id_aim", "Half a thought")
    page.keyboard.press("Escape")
    expect(page.locator("#id_aim")).to_have_value("Half a thought")
    assert asked == ["You have typed something. Close without saving?"]


def test_a_save_that_fails_says_so_and_keeps_the_form(browse):
    page = browse(None)
    page.click("#change")
    page.fill("#id_aim", "Read 20 tricky words")
    pages.FAIL["edit"] = 500
    page.click("#drawer .primary")
    expect(page.locator("#oops")).to_have_text("That did not save. Nothing is lost. Try again.")
    assert page.locator("#oops").evaluate(ON_TOP), "said behind the drawer, where nobody sees or hears it"
    expect(page.locator("#id_aim")).to_have_value("Read 20 tricky words")
    pages.FAIL.clear()
    page.click("#drawer .primary")
    expect(page.locator("#oops")).to_be_empty()
    expect(page.locator("#row span")).to_have_text("Read 20 tricky words")


def test_what_the_server_says_of_a_failure_is_said(browse):
    """Signed out, not allowed, out of date: "try again" would be no help there (errors._page)."""
    page = browse(None)
    page.click("#change")
    page.fill("#id_aim", "Read 20 tricky words")
    pages.FAIL.update(edit=401, said="You have been signed out. Sign in again.", type="text/plain; charset=utf-8")
    page.click("#drawer .primary")
    expect(page.locator("#oops")).to_have_text("You have been signed out. Sign in again.")


def test_no_network_says_so(browse):
    page = browse(None)
    page.context.set_offline(True)
    page.get_by_role("button", name="Break").click()
    expect(page.locator("#oops")).to_have_text("That did not save. Nothing is lost. Try again.")
    page.click("#change")
    expect(page.locator("#oops")).to_have_text("That did not load. Try again.")


def test_what_find_answers_too_late_does_not_cover_where_one_is_now(browse):
    page = browse(None)
    asked = []
    page.route("**/find/?*", lambda route: asked.append(route))
    page.locator("#find").press_sequentially("maya")
    until(page, lambda: asked)
    page.locator("#change").focus()
    with page.expect_response("**/find/?*"):
        asked[-1].continue_()
    page.wait_for_timeout(300)  # time enough for it to be drawn, if it were
    expect(page.locator("#find-results")).to_be_empty()


def test_find_by_keyboard(browse):
    page = browse(None)
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("maya")
    expect(page.locator("#find-results [role=status]")).to_have_text("2 pupils")
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Maya Thornton")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Maya Bell")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_have_value("")
    expect(page.locator("#find-results a")).to_have_count(0)


def test_the_slash_can_be_switched_off_and_ctrl_k_stays(browse, live_server):
    page = browse(None)
    page.focus("#note")
    page.keyboard.type("either/or")
    expect(page.locator("#note")).to_have_value("either/or")
    page.context.add_cookies([{"name": "sendhub_display", "value": "keys=off", "url": live_server.url}])
    page.reload()
    page.focus("#change")
    page.keyboard.press("/")
    expect(page.locator("#change")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()


def test_typing_becomes_a_draft_without_passwords(browse):
    page = browse(None)
    page.fill("#pw", "hunter2")
    page.fill("#note", "Maya read two pages")
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved ", timeout=6000)
    ((kind, posted),) = pages.POSTS
    assert (kind, posted["note"], "pw" in posted) == ("draft", "Maya read two pages", False)


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, "Draft not saved yet. Your words are still here."), (401, "You have been signed out.")],
)
def test_a_draft_that_is_refused_says_so(browse, status, words):
    pages.FAIL["draft"] = status
    page = browse(None)
    page.fill("#note", "Maya read two pages")
    expect(page.locator("[data-draft-status]")).to_contain_text(words, timeout=6000)
    expect(page.locator("#note")).to_have_value("Maya read two pages")


def test_a_draft_goes_when_the_page_is_left_early(browse, live_server):
    page = browse(None)
    page.fill("#note", "Half a sentence")
    page.goto(live_server.url + "/display/")
    until(page, lambda: [kind for kind, _ in pages.POSTS] == ["draft"])


def test_pressing_twice_posts_once(browse):
    page = browse(None)
    page.fill("#note", "x")
    page.get_by_role("button", name="Save the note").dblclick()
    until(page, lambda: pages.POSTS)
    page.wait_for_timeout(300)
    assert [kind for kind, _ in pages.POSTS] == ["note"]


def test_choosing_all_and_counting(browse):
    page = browse(None)
    chosen, every = page.locator("[data-chosen]"), page.locator("[data-choose-all]")
    expect(chosen).to_have_text("None chosen")
    every.check()
    expect(chosen).to_have_text("2 chosen")
    page.get_by_label("One").uncheck()
    expect(chosen).to_have_text("1 chosen")
    assert every.evaluate("box => box.indeterminate")


def test_nothing_about_a_pupil_is_kept_on_the_computer(browse):
    page = browse(None)
    page.fill("#note", "Maya read two pages")
    page.keyboard.press("Control+k")
    page.keyboard.type("maya")
    expect(page.locator("#find-results a")).to_have_count(2)
    # htmx notes the page's own address for Back; nothing typed and nothing read may be there.
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert kept == '[{},{"htmx-current-path-for-history":"/"}]'


def test_without_script_the_same_change_works(browse, live_server):
    page = browse(None, java_script_enabled=False)
    page.click("#change")
    page.click("main .primary")
    expect(page).to_have_title("Error: Change")
    expect(page.locator("main .summary")).to_contain_text("This field is required")
    page.fill("#id_aim", "Read 20 tricky words")
    page.click("main .primary")
    expect(page.locator("#row span")).to_have_text("Read 20 tricky words")
    expect(page.locator("[data-choose-all]")).to_be_hidden()

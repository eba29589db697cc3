"""How wide a page scrolls, asked of a page that is there: one that is being left has no document to measure."""


def width_of(page):
    """The width that the page would scroll to. Waits until the page has loaded."""
    page.wait_for_load_state()
    return page.locator("html").evaluate("html => html.scrollWidth")

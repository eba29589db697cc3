"""The tabs of an import's preview: one page of lines of one state, each drawn with what its reader may see."""

from django.core.paginator import Paginator

from pupils.forms import DoubtsForm, LeaversForm
from pupils.import_words import STATES, TABS
from pupils.imports.batches import is_open
from pupils.queries import imports as queries

SIZES = {queries.DOUBT: 20}
SIZE = 50
HIDDEN = "Something you may not see"


def tab_of(request, batch):
    """The tab that was asked for, or the first that has anybody, doubts before all."""
    asked = request.GET.get("tab", "")
    if asked in TABS:
        return asked
    return next((state for state, _ in STATES if batch.counts.get(state)), "new")


def fill_tab(context, request, batch, member):
    """Puts the tabs and the lines of the open one into the page's context."""
    tab = tab_of(request, batch)
    lines = queries.lines_of(batch, tab)
    paginator = Paginator(lines, SIZES.get(tab, SIZE))
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    hidden = queries.hidden_fields(member)
    for line in page.object_list:
        line.shown = changes_of(line, member)
        if tab == queries.FAILED:
            line.pairs = queries.cells_of(batch, line, hidden)
    here = batch.get_absolute_url()
    labels = dict(STATES)
    context["tab_count"] = batch.counts.get(tab, 0)
    context.update(
        tab=tab,
        tabs=[
            {"url": f"{here}?tab={state}", "label": labels[state], "count": count, "current": state == tab}
            for state, count in ((state, batch.counts.get(state, 0)) for state in TABS)
        ],
        page=page,
    )
    if tab == queries.DOUBT:
        fill_doubts(context, batch, page.object_list, hidden)
    elif tab == queries.ABSENT:
        fill_absent(context, batch, page.object_list)


def changes_of(line, member):
    """[(what, old, new)] of a line; what the member may not see keeps neither name nor value."""
    hidden = queries.hidden_changes(member)
    return [(HIDDEN, "", "") if what in hidden else (what, old, new) for what, old, new in line.changes]


def fill_doubts(context, batch, lines, hidden):
    """Each doubt with both sides and its radios; and the changed surnames that can be accepted at once."""
    doubts = doubts_of(batch, lines, hidden)
    open_here = is_open(batch)
    if open_here:
        form = context.setdefault("doubts_form", doubts_form(doubts))
        for doubt in doubts:
            doubt.bound = form[f"line-{doubt.line.pk}"]
    context["doubts"] = doubts
    context["surnames"] = queries.changed_surnames(batch).count() if open_here else 0


def doubts_of(batch, lines, hidden):
    if batch.kind in queries.ABOUT_PUPILS:
        return queries.doubts_about(batch, lines)
    return [queries.plain_doubt(batch, line, hidden) for line in lines]


def doubts_form(doubts, data=None):
    sides = {doubt.line.pk: doubt.choices for doubt in doubts}
    return DoubtsForm(data, lines=[doubt.line for doubt in doubts], sides=sides)


def fill_absent(context, batch, lines):
    """Who may be marked as having left: listed only when somebody said that the file is the whole roll."""
    if not is_open(batch):
        return
    form = context.setdefault("leavers_form", LeaversForm(lines=lines))
    ticked = form.data.getlist("ids") if form.is_bound else []
    for line in lines:
        line.ticked = str(line.pk) in ticked

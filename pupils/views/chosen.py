"""Which pupils something is done to: those chosen on a list, or everyone in the view; and how a save is answered."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from pupils.forms import read_ids, wanted_of
from pupils.forms.needs import IdsForm
from pupils.queries import Facts
from pupils.queries.moving import movable


def chosen_pupils(request, member, begun=""):
    """Pupils on roll whom the member may see, by name: those in `ids`, else everyone in the filter of the address, else
    those of a draft (`begun`). Nobody when none is given."""
    data = request.POST if request.method == "POST" else request.GET
    ids = IdsForm.read(data) or read_ids(begun.split(",")) or []
    if not ids and request.method != "POST" and request.GET:
        wanted = wanted_of(request.GET, member)
        ids = Facts(member).matching(wanted) if asks(request.GET) else []
    return list(movable(member, ids))


def asks(query):
    """Whether an address asks for the view: any word of its filter, or all=1 for the view as it begins."""
    return bool(query.keys() - {"ids", "after", "kind", "do"})


def say(request, words, operation=None):
    """The line above the next page, with Undo where it was an operation."""
    if operation is None:
        messages.success(request, words)
    else:
        url = reverse("kit:operation-undo", args=[operation.pk])
        messages.success(request, format_html('{} <a href="{}">Undo</a>', words, url))

"""Add, change and end what is kept on a record: the same steps for each noun, in a drawer or on a page of its own.

A noun says in its own module what its form and actions are and how its pages are worded.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from pupils.drafts import names_of
from pupils.forms.kept import KeptEndForm
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import day_words
from sendhub.access import Permission
from sendhub.kit import drafts, versions

PAGE = "pupils/kept_form.html"
KEEPS = (Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP)


@dataclass(frozen=True)
class Noun:
    """`name` begins its routes: pupils:<name>-list is its own page, -add, -change and -end are its forms. `heads` are
    (adding, changing, ending), with {name} for the pupil; `saved` likewise."""

    model: type
    form: type
    name: str
    add: object
    change: object
    end: object
    heads: tuple
    saved: tuple
    lead: str = ""
    end_lead: str = ""
    end_verb: str = "End it"
    home: str = ""  # the own page's route, where it is not that of the name

    def route(self, step):
        return f"pupils:{self.name}-{step}"

    @property
    def drafts(self):
        return names_of(self.name)


def keeps(request, pk):
    """The pupil, for whoever keeps what supports them; a leaver's record is read only."""
    pupil = pupil_for(request, pk, *KEEPS)
    if pupil.left_on is not None:
        raise Http404
    return pupil


def kept_row(request, model, pk):
    """(the pupil, the row), for whoever keeps it."""
    held = get_object_or_404(model, school_id=request.member.school_id, pk=pk)
    return keeps(request, held.pupil_id), held


def add(request, pk, noun, form=None, **more):
    """`form` makes the noun's form where it needs more than the pupil; `more` goes to the action."""
    pupil = keeps(request, pk)
    kept = drafts.for_form(request.member, noun.drafts[0], pk) or {}
    made = (form or noun.form)(request.POST or None, pupil=pupil, initial=kept)
    if request.method == "POST" and made.is_valid():
        noun.add(pupil=pupil, by=request.member, **made.cleaned_data, **more)
        drafts.discard(by=request.member, form=noun.drafts[0], object_id=pk)
        return done(request, pupil, noun, 0)
    draft = (noun.drafts[0], pk)
    return answer(request, made, head(noun, 0, pupil), lead=noun.lead, back=home(noun, pupil), kept=kept, draft=draft)


def change(request, pk, noun, form=None, **more):
    pupil, held = kept_row(request, noun.model, pk)
    kept = drafts.for_form(request.member, noun.drafts[1], pk) or {}
    made = (form or noun.form)(request.POST or None, pupil=pupil, row=held, initial=kept)
    if request.method == "POST" and made.is_valid():
        try:
            noun.change(row=held, by=request.member, **made.cleaned_data, **more)
        except versions.Conflict as conflict:
            return clash(request, conflict, made, home(noun, pupil))
        drafts.discard(by=request.member, form=noun.drafts[1], object_id=pk)
        return done(request, pupil, noun, 1)
    draft = (noun.drafts[1], pk)
    return answer(request, made, head(noun, 1, pupil), lead=noun.lead, back=home(noun, pupil), kept=kept, draft=draft)


def end(request, pk, noun):
    pupil, held = kept_row(request, noun.model, pk)
    form = KeptEndForm(request.POST if request.method == "POST" else None, row=held)
    if request.method == "POST" and form.is_valid():
        noun.end(row=held, by=request.member, **form.cleaned_data)
        return done(request, pupil, noun, 2)
    return answer(request, form, head(noun, 2, pupil), lead=noun.end_lead, back=home(noun, pupil), verb=noun.end_verb)


def head(noun, step, pupil):
    return noun.heads[step].format(name=pupil.forename)


def home(noun, pupil):
    return reverse(noun.home or noun.route("list"), args=[pupil.pk])


def done(request, pupil, noun, step):
    return saved(request, home(noun, pupil), noun.saved[step])


def saved(request, url, words):
    """On to the noun's own page, which reads everything anew; out of a drawer likewise."""
    messages.success(request, words)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def answer(request, form, heading, *, back, lead="", kept=None, draft=None, verb="Save"):
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "back": back,
        "url": request.get_full_path(),
        "verb": verb,
        "kept": bool(kept),
        "draft": reverse("kit:draft-save", args=draft) if draft else "",
    }
    return render(request, f"{PAGE}#form" if request.htmx else PAGE, context, status=422 if form.errors else 200)


def clash(request, conflict, form, back):
    """Both texts, and the writer's own in a form that saves on top. In a drawer it answers 422, which htmx shows."""
    named = {name: str(each.label) for name, each in form.fields.items()}
    # What a form chooses by another name goes along as it was chosen.
    chosen = [(name, form.data.get(name, "")) for name in named if name not in conflict.mine and name != "version"]
    conflict.mine = {name: plain(value) for name, value in conflict.mine.items() if name in named}
    conflict.fields = [name for name in conflict.fields if name in named]
    page = versions.conflict_page(request, conflict, back=back, labels=named, hidden=chosen)
    if request.htmx:
        page.status_code = 422
        page["HX-Reselect"] = "#main > .stack"
    return page


def plain(value):
    """A value as a form takes it back."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else value


@dataclass(slots=True)
class Kept:
    """One row on a noun's own page, ready to print. `presses` are (address, words, what it is about); `extra` is what
    only this noun shows below its facts. `change` and `end` are addresses, "" for whoever may not."""

    pk: int
    title: str
    mark: str = ""
    mark_words: str = ""
    text: tuple = ()  # (heading, words)
    facts: tuple = ()
    presses: tuple = ()
    change: str = ""
    end: str = ""
    ended: str = ""  # in words; "" while it holds
    extra: object = None


def own_page(request, pupil, noun, verb, *, title, lead, rows, **more):
    """A noun's own page, read by whoever may open the record; the look is logged."""
    may_keep = pupil.left_on is None and request.member.can(Permission.SUPPORT_KEEP)
    context = {
        "pupil": pupil,
        "why": logged(request, pupil, verb),
        "title": title,
        "lead": lead,
        "rows": [row for row in rows if not row.ended],
        "before": [row for row in rows if row.ended],
        "add": reverse(noun.route("add"), args=[pupil.pk]) if may_keep else "",
        **more,
    }
    return render(request, "pupils/kept_list.html", context)


def addresses(request, noun, row):
    """{change, end} of a row, for whoever keeps it."""
    if row.pupil.left_on is not None or not request.member.can(Permission.SUPPORT_KEEP):
        return {}
    return {step: reverse(noun.route(step), args=[row.pk]) for step in ("change", "end")}


def ended_words(row, day):
    return f"Until {day_words(row.ends_on, day)}" if row.ends_on and row.ends_on < day else ""


def press(request, pk, noun, act, words):
    """One press on the noun's own page by whoever keeps it: `act` is called with the row."""
    pupil, held = kept_row(request, noun.model, pk)
    act(row=held, by=request.member)
    return saved(request, home(noun, pupil), words)

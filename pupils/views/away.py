"""What the screens of suspensions, reduced timetables and places outside school share: fetch, form, conflict, answer.

Each noun says what it is made of as a Noun; its own module has its views.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from pupils.views.fetch import pupil_for
from pupils.views.first_line import conflict_answer
from sendhub.access import Permission
from sendhub.kit import drafts, versions
from sendhub.rules.suspensions import number

P = Permission
KEEP = (P.PUPIL_RECORD, P.AWAY_VIEW, P.AWAY_KEEP)
CHANGE, END = "pupils/away_change.html", "pupils/away_end.html"


@dataclass(frozen=True)
class Noun:
    """`name` is the first part of its routes; `word` what a sentence calls it; `page` the route of the pupil's page;
    `show` gives that page's context for (pupil, member)."""

    name: str
    word: str
    model: type
    form: type
    add: object
    change: object
    page: str
    template: str
    show: object


def keeper(request, pk):
    """The pupil on roll about whom this member may record such things."""
    pupil = pupil_for(request, pk, *KEEP)
    if pupil.left_on is not None:
        raise Http404
    return pupil


def row_for(request, model, pk):
    """(the row, its pupil); what was put down by mistake is not changed any more."""
    row = get_object_or_404(model.objects.standing(), school_id=request.member.school_id, pk=pk)
    return row, keeper(request, row.pupil_id)


def adds(request, noun, pupil, owner):
    """The form that records one, and what it does. `owner` is {"pupil": pupil}, or what else it belongs to."""
    draft = f"pupils.{noun.name}_add"
    about = next(iter(owner.values())).pk
    kept = drafts.for_form(request.member, draft, about) or {}
    form = form_of(noun, request, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            noun.add(by=request.member, **owner, **form.columns())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            drafts.discard(by=request.member, form=draft, object_id=about)
            return saved(request, noun, pupil, f"Saved: {noun.word}.")
    url = reverse(f"pupils:{noun.name}-add", args=[about])
    return answer(request, noun, pupil, form, {"kept": bool(kept), "draft": draft, "about": about, "here": url})


def changes(request, noun, row, pupil):
    """The form that changes one, on top of the version that its writer saw."""
    draft = f"pupils.{noun.name}_change"
    kept = drafts.for_form(request.member, draft, row.pk) or {}
    form = form_of(noun, request, initial={}, held=row)
    form.initial = {**stored(form, row), **kept}
    if request.method == "POST" and form.is_valid():
        try:
            noun.change(**{noun.name: row}, version=form.cleaned_data["version"], by=request.member, **form.columns())
        except versions.Conflict as conflict:
            return conflict_page(request, noun, form, conflict, pupil)
        drafts.discard(by=request.member, form=draft, object_id=row.pk)
        return saved(request, noun, pupil, f"Saved: {noun.word}.")
    url = reverse(f"pupils:{noun.name}-change", args=[row.pk])
    return answer(
        request, noun, pupil, form, {"kept": bool(kept), "draft": draft, "about": row.pk, "here": url, "row": row}
    )


def ends(request, noun, row, pupil, form, act, title):
    """The form that ends or withdraws one; `act` does it with the cleaned data."""
    if request.method == "POST" and form.is_valid():
        words = act(form.cleaned_data)
        return saved(request, noun, pupil, words)
    context = {
        "pupil": pupil,
        "form": form,
        "title": title,
        "home": reverse(noun.page, args=[pupil.pk]),
        "here": reverse(f"pupils:{noun.name}-end", args=[row.pk]),
    }
    return render(request, f"{END}#form" if request.htmx else END, context, status=422 if form.errors else 200)


def withdraws(request, noun, row, pupil, act, title):
    """A page with one button, for what can only have been a mistake."""
    if request.method == "POST":
        return saved(request, noun, pupil, act())
    context = {
        "pupil": pupil,
        "title": title,
        "home": reverse(noun.page, args=[pupil.pk]),
        "here": reverse(f"pupils:{noun.name}-end", args=[row.pk]),
    }
    return render(request, f"{END}#form" if request.htmx else END, context)


def form_of(noun, request, **options):
    cares = request.member.can(P.CIRCUMSTANCE_VIEW)
    return noun.form(request.POST or None, member=request.member, cares=cares, **options)


def stored(form, row):
    """The row as its form begins with it."""
    return {name: as_given(name, getattr(row, name)) for name in form.fields}


def as_given(name, value):
    if name == "reasons":
        return value.split()
    return number(value) if isinstance(value, Decimal) else value


def answer(request, noun, pupil, form, more):
    changes_one = "row" in more
    context = {
        "pupil": pupil,
        "form": form,
        "title": f"{'Change' if changes_one else 'Record'} {noun.word}",
        "home": reverse(noun.page, args=[pupil.pk]),
        **more,
    }
    page = f"{CHANGE}#form" if request.htmx else CHANGE
    return render(request, page, context, status=422 if form.errors else 200)


def saved(request, noun, pupil, words):
    """Back to the pupil's page; in a drawer, its parts again and one sentence."""
    if not request.htmx:
        messages.success(request, words)
        return redirect(noun.page, pupil.pk)
    context = {**noun.show(pupil, request.member, timezone.localdate()), "words": words, "oob": True}
    return render(request, f"{noun.template}#saved", context)


def conflict_page(request, noun, form, conflict, pupil):
    """Both sides in words as a form takes them."""
    labels = {name: field.label for name, field in form.fields.items()}
    conflict.mine = {name: as_typed(value) for name, value in conflict.mine.items()}
    for name in conflict.fields:
        setattr(conflict.current, name, as_typed(getattr(conflict.current, name)))
    return conflict_answer(request, conflict, reverse(noun.page, args=[pupil.pk]), labels)


def as_typed(value):
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

"""What the forms of this package share: kept drafts, a row in scope, two people who change one thing."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from sendhub.kit import drafts, versions


def add_or_change(request, form_class, *, draft, page, home, save, row=None, said="Saved.", context=None, **options):
    """GET draws the form, of `row` where there is one; a right POST saves it with `save(**facts)` and goes `home`, a
    wrong one answers 422. `options` are the form's own. `draft` is the name under which typed words are kept."""
    about = row.pk if row else 0
    kept = drafts.for_form(request.member, draft, about) or {}
    begin = form_class.stored(row) if row else {}
    form = form_class(request.POST or None, initial={**begin, **kept}, **options)
    if request.method == "POST" and form.is_valid():
        try:
            save(**({"version": form.cleaned_data["version"]} if row else {}), **form.facts())
        except versions.Conflict as conflict:
            return conflict_page(request, form, conflict, home)
        drafts.discard(by=request.member, form=draft, object_id=about)
        messages.success(request, said)
        return redirect(home)
    more = {"form": form, "row": row, "kept": bool(kept), "draft": draft, "about": about, "home": home}
    return render(request, page, {**more, **(context or {})}, status=422 if form.errors else 200)


def conflict_page(request, form, conflict, home):
    """Both sides in words as the form takes them."""
    conflict.mine = {name: as_typed(value) for name, value in conflict.mine.items()}
    for name in conflict.fields:
        setattr(conflict.current, name, as_typed(getattr(conflict.current, name)))
    labels = {name: form.fields[name].label for name in conflict.fields}
    return versions.conflict_page(request, conflict, back=home, labels=labels)


def as_typed(value):
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None or value is False else "on" if value is True else str(value)

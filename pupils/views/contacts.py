"""An adult of a pupil's family, added or changed by hand. Who brings in files keeps these."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.drafts import CONTACT_ADD, CONTACT_CHANGE
from pupils.forms.contact import FIELDS, ContactForm, stored
from pupils.models import Contact
from pupils.views.gaps import back_to
from pupils.views.pupil import here, home_of
from sendhub.access import Permission, require
from sendhub.kit import drafts

PAGE = "pupils/contact_change.html"
NEEDS = (Permission.PUPIL_LIST, Permission.CONTACT_VIEW, Permission.PUPIL_ADD)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def contact_add(request, pk):
    pupil = here(request, pk)
    kept = drafts.for_form(request.member, CONTACT_ADD, pk) or {}
    form = ContactForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        rows = Contact.objects.filter(school_id=pupil.school_id, pupil=pupil)
        actions.add_contact(pupil=pupil, by=request.member, priority=rows.count() + 1, **form.cleaned_data)
        drafts.discard(by=request.member, form=CONTACT_ADD, object_id=pk)
        messages.success(request, "Saved: the contact is added.")
        return redirect(back_to(request, home_of(request.member, pk)))
    return answer(request, pupil, form, kept, CONTACT_ADD, pk, reverse("pupils:contact-add", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def contact_change(request, pk):
    held = get_object_or_404(Contact, school_id=request.member.school_id, pk=pk)
    pupil = here(request, held.pupil_id)
    kept = drafts.for_form(request.member, CONTACT_CHANGE, pk) or {}
    form = ContactForm(request.POST or None, initial={**stored(held), **kept})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changes = {name: said[name] for name in FIELDS if said[name] != getattr(held, name)}
        if changes:
            actions.change_contact(contact=held, by=request.member, **changes)
        drafts.discard(by=request.member, form=CONTACT_CHANGE, object_id=pk)
        messages.success(request, "Saved: the contact.")
        return redirect(back_to(request, home_of(request.member, pupil.pk)))
    return answer(request, pupil, form, kept, CONTACT_CHANGE, pk, reverse("pupils:contact-change", args=[pk]))


def answer(request, pupil, form, kept, draft, about, url):
    home = home_of(request.member, pupil.pk)
    context = {
        "pupil": pupil,
        "form": form,
        "kept": bool(kept),
        "draft": draft,
        "about": about,
        "url": f"{url}?{request.GET.urlencode()}" if request.GET else url,
        "home": back_to(request, home),
        "new": draft == CONTACT_ADD,
    }
    return render(request, PAGE, context, status=422 if form.errors else 200)

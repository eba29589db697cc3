"""The agencies and professionals who work with a pupil: on what, since when, and each contact with them."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.cards.agencies import WHO, last_day, mark_of, name_of
from pupils.forms.agencies import AgencyContactForm, AgencyTieForm
from pupils.models import AgencyContact, AgencyTie
from pupils.queries.gather import STAFF_NAME, About, gather
from pupils.views import keep
from pupils.views.fetch import pupil_for
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.kit import drafts

TIE = keep.Noun(
    model=AgencyTie,
    form=AgencyTieForm,
    name="agency-tie",
    add=actions.add_agency_tie,
    change=actions.change_agency_tie,
    end=actions.end_agency_tie,
    heads=("Who works with {name}?", "Change what they do for {name}", "Until when do they work with {name}?"),
    saved=("Saved: they work with the pupil.", "Saved.", "Saved: until when they work with the pupil."),
    lead="Whom you do not find here is added to the school’s directory of agencies first.",
)
CONTACT = keep.Noun(
    model=AgencyContact,
    form=AgencyContactForm,
    name="agency-contact",
    home="pupils:agency-tie-list",
    add=actions.add_agency_contact,
    change=actions.change_agency_contact,
    end=None,
    heads=("A contact about {name}", "Change the contact about {name}"),
    saved=("Saved: the contact is noted.", "Saved: the contact."),
)
PERSON = "(SELECT p.{0} FROM pupils_professional p WHERE p.school_id = t.school_id AND p.id = t.professional_id)"
AGENCY = "(SELECT a.{0} FROM pupils_agency a WHERE a.school_id = t.school_id AND a.id = t.agency_id)"
REACH = {
    "agency_phone": AGENCY.format("phone"),
    "agency_email": AGENCY.format("email"),
    "person_phone": PERSON.format("phone"),
    "person_email": PERSON.format("email"),
    "person_job": PERSON.format("job"),
}
PARTS = {
    "ties": About(AgencyTie, extra={**WHO, **REACH}),
    "contacts": About(
        AgencyContact, order='t."on" DESC, t.id DESC', extra={"staff_name": STAFF_NAME.format("staff_id")}
    ),
}


@require_safe
@require(Permission.PUPIL_RECORD)
def agency_tie_list(request, pk):
    pupil, day = pupil_for(request, pk, Permission.PUPIL_RECORD), timezone.localdate()
    found = gather(pupil, PARTS, day)
    rows = [kept(request, row, pupil, day, found["contacts"]) for row in found["ties"]]
    holds = count_words(sum(1 for row in rows if not row.ended), "agency works", "agencies work")
    title = f"{holds[:1].upper()}{holds[1:]} with {pupil.forename}"
    directory = reverse("pupils:agency-list") if request.member.can(Permission.CONTACT_VIEW) else ""
    return keep.own_page(
        request, pupil, TIE, "agency_tie.open", title=title, lead="", rows=rows, one="an agency", directory=directory
    )


def kept(request, row, pupil, day, contacts):
    row.pupil = pupil
    ended, ways = keep.ended_words(row, day), keep.addresses(request, TIE, row)
    mark, words = ("", "") if ended else mark_of(row, day)
    facts = [("Since", day_words(row.starts_on, day)), ("Last contact", day_words(last_day(row), day) or "None noted")]
    if row.person_job:
        facts.insert(0, ("Job title", row.person_job))
    reach = {"phone": row.person_phone or row.agency_phone, "email": row.person_email or row.agency_email}
    mine = [each for each in contacts if each.tie_id == row.pk]
    return keep.Kept(
        pk=row.pk,
        title=name_of(row),
        mark=mark,
        mark_words=words,
        text=(("What they work on", row.about),),
        facts=tuple(facts),
        ended=ended,
        extra={
            "kind": "contacts",
            "reach": reach if request.member.can(Permission.CONTACT_VIEW) else None,
            "contacts": [contact_line(each, ways, day) for each in mine],
            "add": reverse("pupils:agency-contact-add", args=[row.pk]) if ways and not ended else "",
        },
        **ways,
    )


def contact_line(contact, ways, day):
    """(day, what about, how and by whom, the address to change it)."""
    how = f"{contact.get_how_display()}, {contact.staff_name}"
    change = reverse("pupils:agency-contact-change", args=[contact.pk]) if ways else ""
    return {"pk": contact.pk, "day": day_words(contact.on, day), "about": contact.about, "how": how, "change": change}


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def agency_tie_add(request, pk):
    return keep.add(request, pk, TIE)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def agency_tie_change(request, pk):
    return keep.change(request, pk, TIE)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def agency_tie_end(request, pk):
    return keep.end(request, pk, TIE)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def agency_contact_add(request, pk):
    """`pk` is that of the tie."""
    pupil, tie = keep.kept_row(request, AgencyTie, pk)
    name = CONTACT.drafts[0]
    kept_words = drafts.for_form(request.member, name, pk) or {}
    form = AgencyContactForm(request.POST or None, pupil=pupil, member=request.member, initial=kept_words)
    if request.method == "POST" and form.is_valid():
        actions.add_agency_contact(tie=tie, by=request.member, **form.cleaned_data)
        drafts.discard(by=request.member, form=name, object_id=pk)
        return keep.done(request, pupil, CONTACT, 0)
    heading, back = keep.head(CONTACT, 0, pupil), keep.home(CONTACT, pupil)
    return keep.answer(request, form, heading, back=back, kept=kept_words, draft=(name, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def agency_contact_change(request, pk):
    def form(*args, **kwargs):
        return AgencyContactForm(*args, member=request.member, **kwargs)

    return keep.change(request, pk, CONTACT, form)

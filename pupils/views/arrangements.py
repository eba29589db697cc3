"""A pupil's access arrangements, and the proof of normal way of working that teachers give with one press."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.cards.arrangements import DUE, LATE, approval_lacks, renewal
from pupils.due import due_mark
from pupils.forms.arrangements import ArrangementForm
from pupils.models import AccessArrangement, ArrangementUse
from pupils.queries.arrangements import half_terms_of
from pupils.queries.gather import STAFF_NAME, About, gather
from pupils.queries.linked import linked_adults
from pupils.views import keep
from pupils.views.fetch import pupil_for
from pupils.words import count_words, day_words, sentence_list
from sendhub.access import Permission, require
from sendhub.rules.arrangements import half_term_began, half_terms

ARRANGEMENT = keep.Noun(
    model=AccessArrangement,
    form=ArrangementForm,
    name="arrangement",
    add=actions.add_arrangement,
    change=actions.change_arrangement,
    end=actions.end_arrangement,
    heads=("An access arrangement for {name}", "Change {name}’s access arrangement", "Withdraw the arrangement"),
    saved=("Saved: the arrangement is noted.", "Saved: the arrangement.", "Saved: until when it holds."),
    lead="What is given in examinations must be how the pupil works in lessons all through the year.",
    end_lead="It and its evidence stay on the record.",
    end_verb="Withdraw it",
)
PARTS = {
    "arrangements": About(AccessArrangement),
    "uses": About(
        ArrangementUse, order="t.said_on, t.id", extra={"staff_name": STAFF_NAME.format("staff_id")}, most=1000
    ),
}


@require_safe
@require(Permission.PUPIL_RECORD)
def arrangement_list(request, pk):
    pupil, day = pupil_for(request, pk, Permission.PUPIL_RECORD), timezone.localdate()
    found, terms = gather(pupil, PARTS, day), half_terms_of(pupil.school_id)
    linked = {adult.pk for adult in linked_adults(pupil, day)}
    rows = [kept(request, row, pupil, day, found["uses"], terms, linked) for row in found["arrangements"]]
    holds = sum(1 for row in rows if not row.ended)
    title = f"{pupil.forename} has {count_words(holds, 'access arrangement', 'access arrangements')}"
    asked = next((row.extra for row in rows if row.extra and row.extra["press"]), None)
    if asked:
        asked["first"] = True
    return keep.own_page(
        request, pupil, ARRANGEMENT, "arrangement.open", title=title, lead="", rows=rows, one="an arrangement",
        asked=asked,
    )  # fmt: skip


def kept(request, row, pupil, day, uses, terms, linked):
    row.pupil = pupil
    ended, ways = keep.ended_words(row, day), keep.addresses(request, ARRANGEMENT, row)
    mark, words = ("", "") if ended else mark_of(row, day)
    said = [each for each in uses if each.arrangement_id == row.pk]
    evidence = ", ".join(filter(None, (row.evidence, row.evidence_by, day_words(row.evidence_on, day))))
    runs_out = renewal(row, day).due
    facts = [
        ("For", row.get_scheme_display()),
        ("Approval", approved_words(row, day)),
        ("Runs out", day_words(runs_out, day) if runs_out else "No day"),
        ("Given from", day_words(row.starts_on, day)),
    ]
    if row.applied_on:
        facts.insert(1, ("Applied for", day_words(row.applied_on, day)))
    return keep.Kept(
        pk=row.pk,
        title=row.name,
        mark=mark,
        mark_words=words,
        text=(("Evidence", evidence or "None is noted."),),
        facts=tuple(facts),
        ended=ended,
        extra=None if ended else proof(request.member, row, said, terms, linked, day),
        **ways,
    )


def mark_of(row, day):
    if approval_lacks(row):
        return "unsure", "Not approved yet"
    return due_mark(renewal(row, day), day, late=LATE, due=DUE)


def approved_words(row, day):
    if approval_lacks(row):
        return f"{row.get_approval_display()}, not yet"
    return ", ".join(filter(None, (row.get_approval_display(), day_words(row.approved_on, day))))


def proof(member, row, said, terms, linked, day):
    """Each half term of this year with who said that it is used; `press` for an adult of the pupil who has not."""
    halves = half_terms(terms, [(each.said_on, each.staff_name) for each in said], row.starts_on, row.ends_on, day)
    began = half_term_began(terms, day) or day
    mine = any(each.staff_id == member.staff_id and each.said_on >= began for each in said)
    may = row.pupil.left_on is None and member.staff_id in linked and not mine
    return {
        "kind": "halves",
        "title": "Normal way of working",
        "halves": [
            (half.term.name, sentence_list(half.said) or ("Nobody yet" if half.open else "Nobody"), *half_mark(half))
            for half in halves
        ],
        "first": False,
        "press": reverse("pupils:arrangement-use", args=[row.pk]) if may else "",
    }


def half_mark(half):
    if half.said:
        return "ok", "Said"
    return ("due", "To be said") if half.open else ("late", "No proof")


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def arrangement_add(request, pk):
    return keep.add(request, pk, ARRANGEMENT)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def arrangement_change(request, pk):
    return keep.change(request, pk, ARRANGEMENT)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def arrangement_end(request, pk):
    return keep.end(request, pk, ARRANGEMENT)


@require_POST
@require(Permission.PUPIL_RECORD)
def arrangement_use(request, pk):
    """ "Used in my lessons", by an adult linked to the pupil; once a half term."""
    held = get_object_or_404(AccessArrangement, school_id=request.member.school_id, pk=pk)
    pupil, day = pupil_for(request, held.pupil_id, Permission.PUPIL_RECORD), timezone.localdate()
    if pupil.left_on is not None:
        raise Http404
    if request.member.staff_id in {adult.pk for adult in linked_adults(pupil, day)}:
        since = half_term_began(half_terms_of(pupil.school_id), day)
        actions.use_arrangement(row=held, staff=request.member.staff, on=day, since=since, by=request.member)
        messages.success(request, "Saved: it is used in your lessons this half term.")
    else:
        messages.warning(request, "Nothing was saved: only adults who teach or support the pupil can say this.")
    return redirect(reverse("pupils:arrangement-list", args=[pupil.pk]))

"""Two records of one pupil: find the other, look at both side by side, make them one; pairs that look alike."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.forms import MergeForm, WhoForm
from pupils.queries import pupils_named, sides, suggested_doubles, what_moves
from pupils.views.fetch import pupil_for
from sendhub.access import Permission, require

NEEDS = (Permission.PUPIL_RECORD, Permission.PUPIL_MERGE)
SHOWN = 50
MERGED = "Saved: the two are one record. For a month you can undo it under Your work, Done in one go."


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def pupil_merge(request, pk):
    """Which other record is the same pupil: those that look alike, and a search by name (posted: no name in a URL)."""
    pupil = pupil_for(request, pk, *NEEDS)
    form = WhoForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = pupils_named(request.member, form.cleaned_data["q"], but=pupil)
    pairs = suggested_doubles(request.member, pupil)
    alike = [(pair.other if pair.one.pk == pk else pair.one, pair.why) for pair in pairs]
    context = {"pupil": pupil, "form": form, "found": found, "alike": alike}
    return render(request, "pupils/pupil_merge.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def merge_run(request, pk, other):
    """Side by side: which value stands; then one record. `pk` stands, `other` is hidden."""
    stands, hidden = both(request, pk, other)
    today = timezone.localdate()
    compared = sides(stands, hidden, today)
    form = MergeForm(request.POST or None, one=stands, other=hidden, member=request.member, sides=compared)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.merge_pupils(
                stands=stands,
                other=hidden,
                columns=form.columns(),
                register_of_other=data["register"] == "other",
                needs_of_other=data["needs"] == "other",
                by=request.member,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, MERGED)
            return redirect(stands)
    roles = (
        (stands, "This record stands."),
        (hidden, "This record is hidden. Its address leads to the one that stands."),
    )
    context = {"stands": stands, "other": hidden, "both": roles, "form": form, "moves": what_moves(hidden)}
    return render(request, "pupils/merge_run.html", context, status=422 if form.errors else 200)


def both(request, pk, other):
    """Two different pupils over whom the member may do this."""
    if pk == other:
        raise Http404
    return pupil_for(request, pk, *NEEDS), pupil_for(request, other, *NEEDS)


@require_safe
@require(*NEEDS)
def double_list(request):
    pairs = suggested_doubles(request.member)
    return render(request, "pupils/double_list.html", {"pairs": pairs[:SHOWN], "total": len(pairs)})


@require_POST
@require(*NEEDS)
def double_reject(request, pk, other):
    """They are two people: remembered, and not suggested again."""
    one, second = both(request, pk, other)
    actions.reject_double(one=one, other=second, on=timezone.localdate(), by=request.member)
    messages.success(request, "Saved: they are two people. We will not ask about these two again.")
    return redirect("pupils:double-list")

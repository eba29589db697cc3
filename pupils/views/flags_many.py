"""Set or end a flag for many pupils at once. It stands beside the register and never changes its counts."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms import FlagManyForm
from pupils.models import PupilFlag
from pupils.views.chosen import chosen_pupils, say
from pupils.words import count_words
from sendhub.access import Permission, require

P = Permission
PAGE = "pupils/flag_set_many.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def flag_set_many(request):
    member = request.member.throughout()
    pupils = chosen_pupils(request, member)
    form = FlagManyForm(request.POST or None)
    if request.method == "POST" and pupils and form.is_valid():
        try:
            words, operation = done(pupils, member, form.cleaned_data)
        except ValidationError as error:
            form.add_error("starts_on", error.message_dict["ends_on"])
        else:
            say(request, words, operation)
            return redirect("pupils:pupil-list")
    context = {"pupils": pupils, "ids": ",".join(str(pupil.pk) for pupil in pupils), "form": form}
    bad = request.method == "POST"
    return render(request, PAGE, context, status=422 if bad else 200)


def done(pupils, member, data):
    """(what happened in words, the operation or None)."""
    do, kind, day, note = data["do"], data["kind"], data["starts_on"], data["note"]
    if do == "set":
        flagged = actions.set_flag(pupils=pupils, kind=kind, starts_on=day, note=note, by=member)
        if not flagged.flags:
            return "Nothing was saved: all of them have this flag already.", None
        words = f"Saved: the flag for {count_words(len(flagged.flags), 'pupil', 'pupils')}."
        if flagged.left_out:
            words += f" {count_words(len(flagged.left_out), 'pupil', 'pupils').capitalize()} had it already."
        return words, flagged.operation
    flags = PupilFlag.objects.filter(school_id=member.school_id, pupil__in=pupils, kind=kind, ends_on__isnull=True)
    flags = list(flags)
    if not flags:
        return "Nothing was saved: none of them has this flag.", None
    operation = actions.end_flag(flags=flags, ends_on=day, note=note, by=member)
    return f"Saved: the flag ended for {count_words(len(flags), 'pupil', 'pupils')}.", operation

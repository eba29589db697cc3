"""Set or take away the pointer "speak to the safeguarding lead". What it points to is never here."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms import PointerForm
from pupils.views.fetch import pupil_for
from sendhub.access import Permission, require


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.DSL_POINTER)
def pointer_change(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.DSL_POINTER)
    sent = request.POST if request.method == "POST" else None  # an empty box is an answer too
    form = PointerForm(sent, initial={"speak_to_dsl": pupil.speak_to_dsl})
    if request.method == "POST" and form.is_valid():
        actions.change_pointer(pupil=pupil, by=request.member, **form.cleaned_data)
        messages.success(request, "Saved: the pointer to the safeguarding lead.")
        return redirect(pupil)
    return render(
        request, "pupils/pointer_change.html", {"pupil": pupil, "form": form}, status=422 if form.errors else 200
    )

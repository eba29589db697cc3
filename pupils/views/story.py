"""The story of a case on one page: for whom, then what becomes of each name, then a PDF by a job."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils.forms.story import NamesForm, StoryForm
from pupils.jobs import STORY
from pupils.queries.story import story_of
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from sendhub.access import Permission, require
from sendhub.kit import jobs
from sendhub.rules.audiences import AUDIENCES, Audience

P = Permission


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_EXPORT)
def pupil_story(request, pk):
    """Who reads it stands in the query string in both methods; the choices of names are posted."""
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.REGISTER_EXPORT)
    why = logged(request, pupil, "story.show")
    asked = StoryForm(request.GET or None, may_restricted=request.member.can(P.NOTE_RESTRICTED))
    context = {"pupil": pupil, "why": why, "asked": asked, "story": None}
    if not asked.is_valid():
        return render(request, "pupils/pupil_story.html", context, status=422 if asked.errors else 200)
    wanted = wanted_of(asked)
    story = story_of(request.member, pupil, timezone.localdate(), **wanted)
    form = NamesForm(request.POST or None, story=story)
    if request.method == "POST" and form.is_valid():
        return redirect(begun(request, pupil, wanted, form))
    context |= {"story": story, "form": form, "row": AUDIENCES[story.audience]}
    return render(request, "pupils/pupil_story.html", context, status=422 if form.errors else 200)


def wanted_of(asked):
    data = asked.cleaned_data
    return {
        "audience": Audience(data["audience"]),
        "since": data["since"],
        "restricted": data.get("restricted", False),
    }


def begun(request, pupil, wanted, form):
    """The job that makes the PDF: it is told ids and choices, and no name."""
    since = wanted["since"]
    return jobs.start(
        school_id=pupil.school_id,
        kind=STORY,
        params={
            "pupil": pupil.pk,
            "audience": str(wanted["audience"]),
            "since": since.isoformat() if since else None,
            "restricted": wanted["restricted"],
            "choices": form.choices(),
        },
        by=request.member,
        title="The story of a case",
        form_id=form.cleaned_data["form_id"],
    )

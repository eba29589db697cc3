"""Download the list: look at what will leave, then a job makes the file. Asks for proof first, and is logged."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupils.exports import columns_for
from pupils.forms import ExportForm, query_of, read_ids, wanted_of, words_of
from pupils.jobs import EXPORT
from pupils.queries import Facts, rows_of
from sendhub.access import Permission, require
from sendhub.kit import jobs
from staff.signin.stepup import step_up

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_LIST, Permission.REGISTER_EXPORT)
@step_up
def pupil_export(request):
    """The filter stands in the query string in both methods; chosen pupils in `ids`. An address without either has
    chosen nobody."""
    member = request.member.throughout()
    wanted = wanted_of(request.GET, member)
    chosen = read_ids(request.GET.getlist("ids"))
    form = ExportForm(request.POST or None, initial={"ids": ",".join(map(str, chosen or []))})
    if request.method == "POST" and form.is_valid():
        job = jobs.start(
            school_id=member.school_id,
            kind=EXPORT,
            params={"filter": query_of(wanted), "ids": form.cleaned_data["ids"], "file": form.cleaned_data["file"]},
            by=member,
            title="A list of pupils",
            form_id=form.cleaned_data["form_id"],
        )
        return redirect(job)
    facts = Facts(member, wanted.get("at"))
    ids = facts.matching({**wanted, "ids": chosen}) if request.GET else []
    context = {
        "form": form,
        "words": words_of(wanted, facts.choices()),
        "names": [row["name"] for row in rows_of(facts, ids[:SHOWN])],
        "more": max(len(ids) - SHOWN, 0),
        "total": len(ids),
        "columns": columns_for(member, facts.then),
    }
    return render(request, "pupils/pupil_export.html", context, status=422 if form.errors else 200)

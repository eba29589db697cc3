"""The page that says when the last backup and the last drill were, and the form that notes a drill."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils.words import day_words
from sendhub.access import Permission, require
from sendhub.operate import actions, queries
from sendhub.operate.doctor import BACKUP_LATE
from sendhub.operate.forms import DrillForm
from sendhub.rules.drills import KEY, drill_due, drilled_this_term
from sendhub.rules.provisions import provision


@require_safe
@require(Permission.SCHOOL_SET)
def backup_show(request):
    today, at = timezone.localdate(), queries.last_backup()
    drills, last = queries.drills(request.school.pk), queries.last_drill(request.school.pk)
    due = drill_due(last, today)
    context = {
        "at": at,
        "backup_late": at is None or timezone.now() - at > BACKUP_LATE,
        "days": settings.BACKUP_DAYS,
        "drills": drills,
        "drilled": drilled_this_term(last, today),
        "drill_late": due.late(today),
        "due_words": day_words(due.due, today),
        "rule": provision(KEY, today),
        "title": title(at, last, due, today),
    }
    return render(request, "operate/backup_show.html", context)


def title(at, last, due, today):
    """The state, in one sentence."""
    if at is None:
        return "No backup has been taken yet"
    if timezone.now() - at > BACKUP_LATE:
        return f"The last backup is of {day_words(timezone.localdate(at), today)}"
    if last is None:
        return "Backups are taken, and none has been restored as a test"
    if due.late(today):
        return "Backups are taken, and none has been restored as a test for a term"
    return "Backups are taken and tried"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.SCHOOL_SET)
def drill_record(request):
    today = timezone.localdate()
    form = DrillForm(request.POST or None, today=today, initial={"tried_on": today, "done_by": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.record_drill(school_id=request.school.pk, by=request.member, **form.cleaned_data)
        messages.success(request, "The drill is noted.")
        return redirect("operate:backup-show")
    return render(request, "operate/drill_record.html", {"form": form}, status=422 if form.errors else 200)

"""Who is on the register, by need, for all who may see counts; small numbers hidden from who sees counts only."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.chart import need_chart, need_table
from pupils.forms import RegisterDayForm
from pupils.queries import register_counts, sees_small
from pupils.views.tabs import register_tabs
from sendhub.access import Permission, require


@require_safe
@require(Permission.COUNT_VIEW)
def register_show(request):
    hide = not sees_small(request.member)
    form = RegisterDayForm(request.GET, counts_only=hide)
    register = register_counts(request.school, hide=hide, on=form.day)
    context = {
        "day_form": form,
        "register": register,
        "chart": need_chart(register),
        "table": need_table(register),
        "heading": register.sentence,
        "today": timezone.localdate(),
        "tabs": register_tabs(request.member, "pupils:register-show"),
    }
    return render(request, "pupils/register_show.html", context)

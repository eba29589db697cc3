"""Saved views: save this one, and the page where one names, shares and deletes one's own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sendhub.kit import actions
from sendhub.kit.forms import NameForm, SaveViewForm
from sendhub.kit.models import SavedView


def own_views(request):
    return SavedView.objects.filter(school_id=request.school.pk, owner_id=request.member.pk)


@require_safe
def saved_view_list(request):
    rows = [{"view": view, "url": f"{reverse(view.page)}?{view.query}"} for view in own_views(request)]
    return render(request, "kit/saved_view_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_save(request):
    """A list links here with ?page=<route>&query=<its query string>."""
    start = {"page": request.GET.get("page", ""), "query": request.GET.get("query", "")}
    form = SaveViewForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        view = actions.save_view(by=request.member, **form.cleaned_data)
        messages.success(request, f"Saved: {view.name}.")
        return redirect(f"{reverse(view.page)}?{view.query}")
    return render(request, "kit/saved_view_save.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_rename(request, pk):
    view = get_object_or_404(own_views(request), pk=pk)
    form = NameForm(
        request.POST or None, initial={"name": view.name}, taken=own_views(request).exclude(pk=pk), view=view
    )
    if request.method == "POST" and form.is_valid():
        actions.rename_view(view=view, by=request.member, **form.cleaned_data)
        return redirect("kit:saved-view-list")
    context = {"form": form, "view": view}
    return render(request, "kit/saved_view_rename.html", context, status=422 if form.errors else 200)


@require_POST
def saved_view_share(request, pk):
    view = get_object_or_404(own_views(request), pk=pk)
    actions.share_view(view=view, by=request.member, shared=request.POST.get("shared") == "yes")
    return redirect("kit:saved-view-list")


@require_POST
def saved_view_delete(request, pk):
    view = get_object_or_404(own_views(request), pk=pk)
    actions.delete_view(view=view, by=request.member)
    return redirect("kit:saved-view-list")

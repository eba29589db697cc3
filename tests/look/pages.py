"""A page with everything that static/js/app.js does, and the addresses it talks to, for test_script.py only.

POSTS holds what arrived, FAIL the statuses to answer with instead; a fixture empties both.
"""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

POSTS, FAIL = [], {}

LINK = (
    '<p id="row"{oob}><span>{{{{ aim }}}}</span> <a id="change" href="/edit/" data-drawer'
    ' hx-get="/edit/" hx-target="#drawer-body" hx-swap="innerHTML">Change</a></p>'
)
PAGE = (
    """{% extends "base.html" %}
{% block title %}Targets{% endblock %}
{% block find %}{% include "components/find.html" with url="/find/" only %}{% endblock %}
{% block main %}
<h1>Targets</h1>
"""
    + LINK.format(oob="")
    + """
<form method="post" action="/note/" data-draft-url="/draft/">{% csrf_token %}
<label for="note">Note</label><textarea id="note" name="note"></textarea>
<label for="pw">Password</label><input id="pw" type="password" name="pw" autocomplete="off">
<button class="btn" type="submit">Save the note</button><span role="status" data-draft-status></span></form>
<form method="post" action="/note/" data-bulk>{% csrf_token %}<b data-chosen></b>
<label><input type="checkbox" data-choose-all class="js-only"> All</label>
<span class="pick"><input type="checkbox" name="ids" value="1" aria-label="One"></span>
<span class="pick"><input type="checkbox" name="ids" value="2" aria-label="Two"></span></form>
<form hx-post="/broken/" hx-target="#row" hx-swap="outerHTML" method="post" action="/broken/">{% csrf_token %}
<button class="btn" type="submit">Break</button></form>
{% endblock %}"""
)
PART = """<h2>Change the target</h2>{% include "components/error_summary.html" with form=form only %}
<form method="post" action="/edit/" hx-post="/edit/" hx-target="#drawer-body" hx-swap="innerHTML" novalidate>
{% csrf_token %}{{ form.aim.as_field_group }}<button class="btn primary" type="submit">Save</button></form>"""
WHOLE = '{% extends "base.html" %}{% block title %}Change{% endblock %}{% block main %}' + PART + "{% endblock %}"
SAVED = (
    LINK.format(oob=' hx-swap-oob="true"')
    + '{% include "components/toast.html" with text="Saved." undo_url="/undo/" csrf_token=csrf_token only %}'
)
FOUND = """<p role="status">2 pupils</p><a href="/p/1/">Maya Thornton <span class="sub">8T</span></a>
<a href="/p/2/">Maya Bell <span class="sub">7H</span></a>"""
state = {"aim": "Blend 3 sounds"}


class AimForm(forms.Form):
    aim = forms.CharField(label="Aim")


def draw(request, source, status=200, **context):
    return HttpResponse(engines["django"].from_string(source).render(context, request), status=status)


@login_not_required
def home(request):
    return draw(request, PAGE, **state)


@login_not_required
def edit(request):
    if "edit" in FAIL:
        return HttpResponse(FAIL.get("said", ""), status=FAIL["edit"], content_type=FAIL.get("type"))
    form = AimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        state["aim"] = form.cleaned_data["aim"]
        return draw(request, SAVED, **state) if request.htmx else redirect("/")
    return draw(request, PART if request.htmx else WHOLE, status=422 if form.errors else 200, form=form)


@login_not_required
def find(request):
    return draw(request, FOUND if request.GET.get("q") else "")


@login_not_required
def note(request):
    POSTS.append(("note", request.POST.dict()))
    return HttpResponse(status=204)


@login_not_required
def draft(request):
    POSTS.append(("draft", request.POST.dict()))
    return HttpResponse(status=FAIL.get("draft", 204))


@login_not_required
def broken(request):
    return HttpResponse(status=500)


urlpatterns = [
    path("", home),
    path("edit/", edit),
    path("find/", find),
    path("note/", note),
    path("draft/", draft),
    path("broken/", broken),
    path("", include("sendhub.look_urls")),
]

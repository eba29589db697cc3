"""Reading and display: size, spacing, paper, typeface and shortcut keys, for anyone, signed in or not.

Kept in one cookie on the device; the server writes the choices as data-* on <html>, so nothing flashes and no script
is needed. What each choice looks like is in static/css/reader.css and the tokens of sendhub.css.
"""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from sendhub.outside import outside

COOKIE = "sendhub_display"
A_YEAR = 365 * 24 * 60 * 60

# Each option's first choice is what one gets without choosing.
OPTIONS = {
    "text": [("normal", "Normal"), ("large", "Large"), ("huge", "Very large")],
    "spacing": [("normal", "Normal"), ("wide", "Wide")],
    "paper": [("white", "White"), ("cream", "Cream"), ("blue", "Blue"), ("green", "Green"), ("dark", "Dark")],
    "font": [("atkinson", "Atkinson Hyperlegible"), ("system", "This device’s own")],
    "keys": [("on", "On"), ("off", "Off")],
}
DEFAULTS = {name: choices[0][0] for name, choices in OPTIONS.items()}


def _radios(name, label, hint=""):
    widget = forms.RadioSelect(attrs={"class": "across"})
    return forms.ChoiceField(label=label, help_text=hint, choices=OPTIONS[name], widget=widget)


class DisplayForm(forms.Form):
    text = _radios("text", "Size of words")
    spacing = _radios("spacing", "Space between letters, words and lines")
    paper = _radios("paper", "Paper")
    font = _radios("font", "Typeface", "Atkinson Hyperlegible is drawn so that letters are hard to mix up.")
    keys = _radios(
        "keys",
        "Shortcuts of one key",
        "/ goes to Find a pupil, j and k through the reading queue. Ctrl and K finds too, and stays on.",
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def chosen(request):
    """The reader's choices, option to value. A cookie that someone has altered counts for nothing where it is wrong."""
    wanted = dict(parse_qsl(request.COOKIES.get(COOKIE, "")))
    allowed = {name: {value for value, _ in choices} for name, choices in OPTIONS.items()}
    return {name: wanted[name] if wanted.get(name) in allowed[name] else DEFAULTS[name] for name in OPTIONS}


def reader(request):
    """Context processor: `reader`, for the attributes of <html>."""
    return {"reader": chosen(request)}


def _back(request, address):
    """Where to go after saving: the page they came from, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours and address.startswith("/") else f"{outside('display')}?saved=1"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request):
    if request.method == "POST":
        form = DisplayForm(request.POST)
        if form.is_valid():
            response = redirect(_back(request, form.cleaned_data["next"]))
            response.set_cookie(
                COOKIE,
                urlencode({name: form.cleaned_data[name] for name in OPTIONS}),
                max_age=A_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
            return response
    else:
        form = DisplayForm(initial={**chosen(request), "next": request.GET.get("next", "")})
    context = {"form": form, "saved": "saved" in request.GET}
    return render(request, "display.html", context, status=422 if form.errors else 200)

"""The style guide: every part of the look, in each state, on one page that the tests walk through with axe.

Sample words and people only, and no database. A new part, colour or size goes here before it goes anywhere else.
"""

import datetime
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from sendhub import display
from sendhub.outside import outside


class SampleForm(forms.Form):
    """One of each kind of field."""

    what = forms.CharField(label="What did you see?", help_text="Say what happened, not why.", widget=forms.Textarea)
    name = forms.CharField(label="Name of the group")
    on = forms.DateField(
        label="When", help_text="For example 27 3 2027", widget=forms.DateInput(attrs={"type": "date"})
    )
    need = forms.ChoiceField(
        label="Main need",
        choices=[("", "Choose"), ("slcn", "Speech, language and communication"), ("asd", "Autism")],
    )
    how = forms.ChoiceField(
        label="How did it go?",
        choices=[("not", "Not yet"), ("help", "With help"), ("own", "On their own")],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label="Who was there?",
        required=False,
        choices=[("maya", "Maya"), ("omar", "Omar"), ("lexi", "Lexi")],
        widget=forms.CheckboxSelectMultiple,
    )
    tell = forms.ChoiceField(
        label="Does the family know?",
        required=False,
        choices=[("told", "They have been told"), ("letter", "Write them a letter")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="The family has said yes", help_text="On the phone counts. Note the day.")
    paper = forms.FileField(label="A letter or a report", required=False)


class SampleFilters(forms.Form):
    year = forms.ChoiceField(label="Year", required=False, choices=[("", "Any"), ("7", "7"), ("8", "8")])
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "Any"), ("e", "EHC plan")])
    need = forms.ChoiceField(label="Main need", required=False, choices=[("", "Any"), ("asd", "Autism")])
    due = forms.ChoiceField(label="Review due", required=False, choices=[("60", "Within 60 days")])


NAV = [
    ("Today", "house", 5, "late"),
    ("Pupils", "users", None, ""),
    ("Annual reviews", "calendar", None, ""),
    ("Provision", "layout-grid", None, ""),
    ("Parent meetings", "message-square", None, ""),
    ("Reports", "file-text", None, ""),
]
PEOPLE = [
    ("Baxter, Ellie", "9T", "SEN support", "Speech and language", 1, "91%"),
    ("Bello, Ayo", "7H", "EHC plan", "Autism", 23, "94%"),
    ("Doyle, Kian", "11B", "EHC plan", "Hearing", 0, "96%"),
    ("Ellis, Rowan", "10C", "EHC plan", "Social, emotional and mental health", -3, "81%"),
    ("Thornton, Maya", "8T", "EHC plan", "Specific learning", -12, "89%"),
]
SWATCHES = [
    ("page", "Page"),
    ("surface", "Surface"),
    ("sunk", "Sunk"),
    ("ink", "Ink"),
    ("soft-ink", "Soft ink"),
    ("accent", "Accent"),
    ("accent-soft", "Accent, soft"),
    ("late", "Late"),
    ("late-soft", "Late, soft"),
    ("due", "Due"),
    ("due-soft", "Due, soft"),
    ("ok", "Met"),
    ("ok-soft", "Met, soft"),
    ("info", "Information"),
    ("info-soft", "Information, soft"),
]
ICONS = [
    "house",
    "users",
    "calendar",
    "refresh-cw",
    "layout-grid",
    "message-square",
    "file-text",
    "clock",
    "triangle-alert",
    "check",
    "search",
    "pencil",
    "printer",
    "download",
    "upload",
    "lock",
    "eye",
    "mail",
    "history",
    "flag",
    "heart-handshake",
    "school",
    "log-out",
    "settings",
    "plus",
    "x",
    "copy",
    "inbox",
]


@login_not_required
@require_safe
def styleguide(request):
    """The whole guide. ?paper=dark and the other reading options can be tried in the address."""
    if request.htmx:  # its Find asks the guide itself: no pupils here, and the guide is not drawn inside the guide
        return HttpResponse(status=204)
    here = outside("styleguide")
    today = timezone.localdate()
    tried = {
        name: request.GET[name] for name, choices in display.OPTIONS.items() if request.GET.get(name) in dict(choices)
    }
    pages = Paginator(range(600), 50)
    context = {
        "reader": {**display.chosen(request), **tried},
        "here": here,
        "today": today,
        "now": timezone.now(),
        "last_year": datetime.date(today.year - 2, 3, 27),
        "nav": [
            SimpleNamespace(label=label, icon=icon, url=here, count=count, count_kind=kind, current=label == "Pupils")
            for label, icon, count, kind in NAV
        ],
        "banners": [
            {"text": "Demo school: made-up people", "icon": "flask-conical"},
            {
                "text": "Mail is delayed. Nothing is lost: it goes out when the mail server answers.",
                "kind": "warn",
                "icon": "mail",
            },
        ],
        "people": [(*row[:4], today + datetime.timedelta(days=row[4]), *row[5:]) for row in PEOPLE],
        "page": pages.page(4),
        "blank": SampleForm(prefix="blank", initial={"how": "help", "who": ["maya"]}),
        "bad": SampleForm(data={"bad-name": "", "bad-how": ""}, prefix="bad"),
        "filters": SampleFilters(),
        "views": [
            {"label": "Everyone", "url": here, "count": 128},
            {"label": "Review due in 60 days", "url": here, "count": 9, "current": True},
            {"label": "Not met this term", "url": here, "count": 11},
        ],
        "tabs": [
            {"label": "Profile", "url": here, "current": True},
            {"label": "Plans", "url": here, "count": 2},
            {"label": "Reviews", "url": here},
            {"label": "History", "url": here},
        ],
        "facts": [("Form", "8T"), ("Stage", "EHC plan"), ("Main need", "Specific learning"), ("Key adult", "")],
        "answers": [
            {"label": "Date of the meeting", "value": "3 December", "url": here},
            {"label": "Who is invited", "value": "Mum, council officer\nEducational psychologist", "url": here},
            {"label": "Papers", "value": "", "url": here},
        ],
        "table": {
            "head": ["Pupil", "Autumn", "Spring"],
            "rows": [("Jakub", "Met", ""), ("Ellie", "Booked", ""), ("Omar", "Late", "Not booked")],
        },
        "drawing": render_to_string("styleguide/families.svg"),
        "typed": [("What did you see?", "Maya read two pages to me and asked for the next one.")],
        "swatches": SWATCHES,
        "icons": ICONS,
    }
    return render(request, "styleguide/styleguide.html", context)

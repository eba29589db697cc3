"""Link many at once, made for two minutes: key adults and assistants to pupils, tutors to forms, leaders to years."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms.links import NEXT, AcceptForm, GroupLinksForm, LinksEndForm, PupilLinksForm
from pupils.models import PupilAdult
from pupils.queries import Facts
from pupils.queries import links as reads
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from staff.job_titles import is_assistant
from staff.models import GroupStaff

PUPIL_PARTS = {"key_adult": "Key adults", "ta": "Teaching assistants"}
GROUP_PARTS = {"tutors": "Form tutors", "leads": "Year leaders"}
PUPIL_PAGE, GROUP_PAGE, END_PAGE = "pupils/pupil_links.html", "pupils/group_links.html", "pupils/links_end.html"


def part_of(request, parts):
    """The tab: the first one for a word that is none of them."""
    part = request.GET.get("part", "")
    return part if part in parts else next(iter(parts))


def tabs(member, current):
    """The four tabs, those that this member may use."""
    places = [("pupils:pupil-links", PUPIL_PARTS, Permission.PUPIL_LINK)]
    places.append(("pupils:group-links", GROUP_PARTS, Permission.GROUP_TIE))
    return [
        {"url": f"{reverse(name)}?part={part}", "label": label, "current": part == current}
        for name, parts, needed in places
        if member.can(needed)
        for part, label in parts.items()
    ]


def done_url(name, operation, **query):
    """Back to the page, which then offers to undo what was done."""
    if operation:
        query["done"] = operation.pk
    return f"{reverse(name)}?{urlencode(query)}"


def undo_url(request):
    """Where the operation that brought this page here is undone; its own page decides who may."""
    done = request.GET.get("done", "")
    return reverse("kit:operation-undo", args=[done]) if done.isascii() and done.isdigit() and len(done) < 18 else ""


def told(ties):
    """Who was told, and who must be told by somebody, in one sentence."""
    people = {tie.staff_id: tie.staff for tie in ties}
    without = sum(1 for person in people.values() if not person.email)
    words = f"{count_words(len(people) - without, 'adult is', 'adults are')} told by e-mail, in one mail each."
    if without:
        words += f" {count_words(without, 'has', 'have').capitalize()} no address here: tell them yourself."
    return words[:1].upper() + words[1:]


# --- adults and pupils -------------------------------------------------------------------------------------------
class PupilPage:
    """What the page about one part is made of; read once, whichever form was sent."""

    def __init__(self, request, part):
        self.request, self.member, self.part, self.day = (
            request,
            request.member.throughout(),
            part,
            timezone.localdate(),
        )
        self.facts = Facts(self.member, self.day)
        self.held = reads.open_adults(self.member.school_id, part, self.day)
        _, self.following = reads.years_open(request.school, self.day)
        self.staff = reads.staff_here(request.school, self.day)
        if part == PupilAdult.Part.TA:
            self.staff.sort(key=lambda person: not is_assistant(person.job_title))
        shared = {"staff": self.staff, "pupils": set(self.facts.pupils), "following": self.following}
        sent = request.POST if request.method == "POST" else None
        self.accepting = sent is not None and "accept" in sent
        self.accept = AcceptForm(sent if self.accepting else None, **shared, day_words=day_words)
        self.form = PupilLinksForm(
            None if self.accepting else sent,
            part=part, choices=self.facts.choices(), day_words=day_words, initial=request.GET, **shared,
        )  # fmt: skip

    @property
    def sent(self):
        return self.accept if self.accepting else self.form

    def starts_on(self):
        return self.following.groups_from if self.sent.cleaned_data["starts"] == NEXT else self.day

    def context(self, showing):
        suggested = reads.suggestions(self.facts, self.part, self.held)
        rows = reads.pupil_rows(self.facts, self.held, self.form.filters, self.form.ids)
        label = PUPIL_PARTS[self.part]
        return {
            "form": self.form, "accept": self.accept, "errors": None if showing else self.sent, "rows": rows,
            "tabs": tabs(self.member, self.part), "part": self.part, "label": label, "state": self.state(),
            "suggested": suggested, "pairs": sum(len(each.pupils) for each in suggested),
            "one": label.removesuffix("s").lower(),
            "end_url": f"{reverse('pupils:pupil-links-end')}?part={self.part}",
            "undo_url": undo_url(self.request),
        }  # fmt: skip

    def state(self):
        """The title: the state, as a number of those on the register."""
        register = self.facts.register
        linked = sum(1 for pk in register if pk in self.held)
        if not register:
            return "Nobody is on the register yet."
        noun = "a key adult" if self.part == PupilAdult.Part.KEY_ADULT else "a teaching assistant"
        return f"{linked} of {len(register)} on the register have {noun}"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
def pupil_links(request):
    page = PupilPage(request, part_of(request, PUPIL_PARTS))
    showing = request.method != "POST" or "show" in request.POST
    if not showing and page.sent.is_valid():
        ties, operation = actions.link_adults(
            school=request.school,
            part=page.part,
            pairs=page.sent.pairs,
            starts_on=page.starts_on(),
            by=request.member,
        )
        words = f"{count_words(len(ties), 'link', 'links').capitalize()} saved. {told(ties)}"
        messages.success(request, words if operation else "They were linked already. Nothing has changed.")
        here = {"part": page.part, **{name: value for name, value in page.form.filters.items() if value}}
        return redirect(done_url("pupils:pupil-links", operation, **here))
    context = page.context(showing)
    shown = {row.pk for row in context["rows"]} | {row.pk for each in context["suggested"] for row in each.pupils}
    log_access(
        page.member, "pupil.list", school_id=page.member.school_id, request_id=request.id, page="links",
        pupils=len(shown), ids=sorted(shown),
    )  # fmt: skip
    template = f"{PUPIL_PAGE}#pupils" if request.htmx and showing else PUPIL_PAGE
    return render(request, template, context, status=200 if showing else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
def pupil_links_end(request):
    part, day = part_of(request, PUPIL_PARTS), timezone.localdate()
    held = reads.open_adults(request.school.pk, part, day)
    facts = Facts(request.member.throughout(), day)
    ties = [tie for pk in facts.pupils for tie in held.get(pk, ()) if tie.ends_on is None]
    ties.sort(key=lambda tie: (tie.staff.surname, tie.staff.forename, tie.staff_id))  # within one, by pupil
    form = LinksEndForm(request.POST if request.method == "POST" else None, ties=ties, today=day)
    if request.method == "POST" and form.is_valid():
        done = actions.end_adults(school=request.school, ties=form.chosen, by=request.member, **form.cleaned_data)
        messages.success(
            request, f"{count_words(len(form.ids), 'link ends', 'links end').capitalize()} after that day."
        )
        return redirect(done_url("pupils:pupil-links", done, part=part))
    rows = [
        {"pk": tie.pk, "who": tie.staff.name, "what": row.name, "form": row.form, "since": tie.starts_on}
        for tie in ties
        for row in [reads.row_of(facts, {}, tie.pupil_id)]
    ]
    log_access(
        request.member, "pupil.list", school_id=request.school.pk, request_id=request.id, page="links",
        pupils=len(rows), ids=sorted({tie.pupil_id for tie in ties}),
    )  # fmt: skip
    context = end_context(request, form, rows, part, PUPIL_PARTS, "pupils:pupil-links")
    return render(request, END_PAGE, context, status=422 if form.errors else 200)


# --- adults and groups -------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.GROUP_TIE)
def group_links(request):
    part, day = part_of(request, GROUP_PARTS), timezone.localdate()
    this_year, following = reads.years_open(request.school, day)
    later = bool(following) and request.GET.get("year") == NEXT
    year, on = (following, None) if later else (this_year, day)
    staff = reads.staff_here(request.school, day)
    rows = reads.group_rows(request.school, part, this_year, year, staff, day)
    form = GroupLinksForm(request.POST if request.method == "POST" else None, rows=rows, staff=staff)
    if request.method == "POST" and form.is_valid():
        ties, operation = actions.link_groups(
            school=request.school, part=part, year=year, chosen=form.chosen, on=on, by=request.member,
            both=form.cleaned_data["both"],
        )  # fmt: skip
        words = f"{count_words(len(ties), 'is', 'are').capitalize()} saved. {told(ties)}"
        messages.success(request, words if operation else "They had these parts already. Nothing has changed.")
        return redirect(done_url("pupils:group-links", operation, part=part, **({"year": NEXT} if later else {})))
    tied, suggested = (sum(1 for row in rows if each(row)) for each in (lambda r: r.ties, lambda r: r.suggested))
    context = {
        "form": form, "rows": form.pairs, "part": part, "label": GROUP_PARTS[part], "tabs": tabs(request.member, part),
        "one": "tutor" if part == GroupStaff.Part.TUTORS else "leader", "later": later, "following": following,
        "tied": tied, "suggested": suggested, "neither": len(rows) - tied - suggested,
        "this_url": group_url(part, False), "next_url": group_url(part, True),
        "noun": "form" if part == GroupStaff.Part.TUTORS else "year",
        "end_url": f"{reverse('pupils:group-links-end')}?part={part}",
        "undo_url": undo_url(request),
    }  # fmt: skip
    return render(request, GROUP_PAGE, context, status=422 if form.errors else 200)


def group_url(part, later):
    return f"{reverse('pupils:group-links')}?part={part}{'&year=next' if later else ''}"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.GROUP_TIE)
def group_links_end(request):
    part, day = part_of(request, GROUP_PARTS), timezone.localdate()
    ties = GroupStaff.objects.filter(
        school=request.school, part=part, ends_on__isnull=True, group__year__groups_until__gte=day
    )
    ties = list(ties.select_related("staff", "group__year").order_by("group__year__starts", "group__name", "pk"))
    form = LinksEndForm(request.POST if request.method == "POST" else None, ties=ties, today=day)
    if request.method == "POST" and form.is_valid():
        done = actions.end_groups(school=request.school, ties=form.chosen, by=request.member, **form.cleaned_data)
        messages.success(request, f"{count_words(len(form.ids), 'ends', 'end').capitalize()} after that day.")
        return redirect(done_url("pupils:group-links", done, part=part))
    rows = [
        {
            "pk": tie.pk,
            "who": tie.staff.name,
            "what": tie.group.name,
            "form": str(tie.group.year),
            "since": tie.starts_on,
        }
        for tie in ties
    ]
    context = end_context(request, form, rows, part, GROUP_PARTS, "pupils:group-links")
    return render(request, END_PAGE, context, status=422 if form.errors else 200)


def end_context(request, form, rows, part, parts, back):
    return {
        "form": form, "rows": rows, "label": parts[part], "tabs": tabs(request.member, part),
        "back": f"{reverse(back)}?part={part}", "groups": parts is GROUP_PARTS,
    }  # fmt: skip

"""Letters to families: the queue, one PDF of many, marked as posted, printed instead of e-mailed, withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.forms import PostForm
from pupils.forms.needs import IdsForm
from pupils.jobs import LETTERS
from pupils.models import FamilyLetter, RegisterMove
from pupils.queries.families import ON_ITS_WAY, SENT, TABS, WAITING, WITHDRAWN, letters_in, letters_of, notice_states
from pupils.register_words import LETTER_TITLES
from pupils.views.chosen import say
from pupils.views.tabs import register_tabs
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.kit import jobs
from sendhub.rules.register_moves import find_move

P = Permission
SIZE = 100
HERE = "pupils:letter-list"


@require_safe
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_list(request):
    member = request.member.throughout()
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else WAITING
    page = Paginator(letters_in(member, tab), SIZE).get_page(request.GET.get("page"))
    letters = list(page.object_list)
    states = notice_states(letters)
    waiting = page.paginator.count if tab == WAITING else letters_in(member, WAITING).count()
    log_access(
        member,
        "letter.list",
        school_id=member.school_id,
        request_id=request.id,
        ids=[each.pupil_id for each in letters],
    )
    context = {
        "rows": [row_of(letter, states) for letter in letters],
        "page": page,
        "tab": tab,
        "tab_words": TABS[tab],
        "waiting": waiting,
        "heading": letter_heading(waiting),
        "tabs": register_tabs(member, HERE),
        "states": [
            {"url": f"{reverse(HERE)}?tab={key}", "label": label, "current": key == tab, "count": None}
            for key, label in TABS.items()
        ],
        "by_hand": tab in {WAITING, SENT},
        "gone": tab == WITHDRAWN,
    }
    return render(request, "pupils/letter_list.html", context)


def letter_heading(waiting):
    if not waiting:
        return "No letter waits to be printed."
    words = count_words(waiting, "letter waits", "letters wait")
    return f"{words[:1].upper()}{words[1:]} to be printed."


def row_of(letter, states):
    move = find_move(letter.move.before, letter.move.after)
    return {
        "letter": letter,
        "pupil": letter.pupil,
        "what": LETTER_TITLES[move.kind],
        "mailed": letter.way == FamilyLetter.Way.EMAIL,
        "state": states.get(letter.pk, ON_ITS_WAY),
        "told": letter.move.told == RegisterMove.Told.TOLD,
    }


def chosen(request, tab):
    """The chosen letters of a tab; all of them with all=1."""
    data = request.POST if request.method == "POST" else request.GET
    letters = letters_in(request.member.throughout(), tab)
    return letters if data.get("all") else letters.filter(pk__in=IdsForm.read(data))


@require_POST
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_print(request):
    """One PDF of the chosen letters, by a job; the page of the job offers the file."""
    ids = list(chosen(request, WAITING).values_list("pk", flat=True))
    if not ids:
        return nothing_chosen(request)
    job = jobs.start(
        school_id=request.member.school_id,
        kind=LETTERS,
        params={"ids": ids},
        by=request.member,
        title=f"{count_words(len(ids), 'letter', 'letters')} to families",
    )
    return redirect(job)


def nothing_chosen(request):
    messages.warning(request, "Nothing was done: choose letters first.")
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_post(request):
    """The chosen printed letters are in the post: which day, and who answers for it."""
    member = request.member.throughout()
    letters = list(chosen(request, WAITING))
    form = PostForm(request.POST if "posted_on" in request.POST else None, member=member)
    if letters and form.is_valid():
        operation = actions.mark_posted(letters=letters, by=member, **form.cleaned_data)
        say(request, f"Saved: {operation.title}. Their families count as told.", operation)
        return redirect(HERE)
    context = {
        "form": form,
        "letters": letters,
        "ids": ",".join(str(letter.pk) for letter in letters),
        "title": f"{count_words(len(letters), 'letter', 'letters')} in the post".capitalize(),
    }
    return render(request, "pupils/letter_post.html", context, status=422 if form.errors else 200)


@require_POST
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_reprint(request):
    """Letters of which only a notice was e-mailed join the print queue."""
    letters = list(chosen(request, SENT).filter(way=FamilyLetter.Way.EMAIL))
    if not letters:
        return nothing_chosen(request)
    number = actions.print_instead(letters=letters, by=request.member)
    say(request, f"{count_words(number, 'letter waits', 'letters wait').capitalize()} to be printed now.")
    return redirect(HERE)


@require_POST
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_withdraw(request):
    letters = list(chosen(request, WAITING))
    if not letters:
        return nothing_chosen(request)
    try:
        number = actions.withdraw_letters(letters=letters, by=request.member)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        say(request, f"{count_words(number, 'letter', 'letters').capitalize()} withdrawn.")
    return redirect(HERE)


@require_safe
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def letter_show(request, pk):
    """One letter as it was written."""
    member = request.member.throughout()
    letter = get_object_or_404(letters_of(member), pk=pk)
    log_access(member, "letter.open", school_id=member.school_id, request_id=request.id, pupil_id=letter.pupil_id)
    context = {"letter": letter, "row": row_of(letter, notice_states([letter]))}
    return render(request, "pupils/letter_show.html", context)

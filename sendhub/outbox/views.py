"""Screens: what was sent, waits, may have arrived or did not go; and the mailbox of mail that stays inside."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sendhub.access import Permission, require
from sendhub.outbox import actions, queries, registry
from sendhub.outbox.deliver import into_mailbox
from sendhub.outbox.models import DemoMail, Message

A_PAGE = 50
TABS = {"waiting": "Waiting", "uncertain": "May have arrived", "dead": "Not sent", "sent": "Sent"}


@require_safe
@require(Permission.MESSAGE_VIEW)
def message_list(request):
    counts = queries.counts(request.school.pk)
    tab = request.GET.get("tab")
    if tab not in TABS:
        tab = next((name for name in ("uncertain", "dead", "waiting") if counts[name]), "sent")
    page = Paginator(queries.on_tab(request.school.pk, tab), A_PAGE).get_page(request.GET.get("page"))
    here = reverse("outbox:message-list")
    context = {
        "page": page,
        "rows": [{"message": message, "title": registry.title(message.template)} for message in page],
        "tab": tab,
        "title": TABS[tab],
        "tabs": [
            {"url": f"{here}?tab={name}", "label": label, "count": counts[name], "current": name == tab}
            for name, label in TABS.items()
        ],
        "into_mailbox": into_mailbox(),
    }
    return render(request, "outbox/message_list.html", context)


@require_POST
@require(Permission.MESSAGE_VIEW)
def message_again(request, pk):
    message = get_object_or_404(Message, school_id=request.school.pk, pk=pk)
    try:
        actions.send_again(message=message, by=request.member)
        messages.success(request, "It will be sent again in a moment.")
    except actions.NotWaiting:
        messages.info(request, "Somebody has dealt with this message already.")
    return redirect("outbox:message-list")


def demo_only():
    """In the demo everybody of the school opens the mailbox, since its people are invented. Elsewhere there is none."""
    if not settings.DEMO:
        raise Http404


@require_safe
def mail_list(request):
    demo_only()
    mails = DemoMail.objects.filter(school_id=request.school.pk)
    page = Paginator(mails, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "outbox/mail_list.html", {"page": page})


@require_safe
def mail_show(request, pk):
    """The text as plain text; the HTML as its source. Neither is ever drawn as part of our page."""
    demo_only()
    mail = get_object_or_404(DemoMail, school_id=request.school.pk, pk=pk)
    return render(request, "outbox/mail_show.html", {"mail": mail})

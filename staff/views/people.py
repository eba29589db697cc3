"""A school's people: who can sign in and what they may do, invitations, the rules of signing in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sendhub.access import Permission, require
from sendhub.outside import outside
from staff import actions
from staff.forms.people import GoogleForm, InviteForm, MicrosoftForm, RolesForm, SecondFactorForm
from staff.models import Invitation, Membership, SchoolIdentityProvider
from staff.signin import queries

PROVIDER_FORMS = {"google": GoogleForm, "microsoft": MicrosoftForm}


def _member(request, pk):
    found = Membership.objects.current().select_related("user", "staff", "school")
    return get_object_or_404(found, school=request.school, pk=pk)


def _invitation(request, pk):
    return get_object_or_404(Invitation.objects.waiting(), school=request.school, pk=pk)


@require_safe
@require(Permission.STAFF_VIEW)
def person_list(request):
    context = {
        "members": queries.members_of(request.school),
        "waiting": queries.waiting_invitations(request.school) if request.member.can(Permission.STAFF_INVITE) else [],
        "may_invite": request.member.can(Permission.STAFF_INVITE),
        "may_set": request.member.can(Permission.SCHOOL_SET),
    }
    return render(request, "staff/person_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.STAFF_INVITE)
def person_invite(request):
    form = InviteForm(request.POST or None, member=request.member, staff=queries.staff_without_sign_in(request.school))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(school=request.school, by=request.member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, "The invitation is on its way. It works once, for seven days.")
            return redirect("staff:person-list")
    return render(request, "staff/person_invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.STAFF_INVITE)
def person_change(request, pk):
    person = _member(request, pk)
    form = RolesForm(request.POST or None, member=request.member, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_roles(member=person, by=request.member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("roles", error)
        else:
            messages.success(request, f"{person.name} is now: {person.role_titles}.")
            return redirect("staff:person-list")
    context = {"form": form, "person": person}
    return render(request, "staff/person_change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.STAFF_INVITE)
def person_end(request, pk):
    person = _member(request, pk)
    refused = None
    if request.method == "POST":
        try:
            actions.end_access(member=person, by=request.member)
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, f"{person.name} can no longer sign in here.")
            return redirect(outside("account_extra:home") if person == request.member else reverse("staff:person-list"))
    context = {"person": person, "refused": refused}
    return render(request, "staff/person_end.html", context, status=422 if refused else 200)


@require_POST
@require(Permission.STAFF_INVITE)
def invitation_resend(request, pk):
    actions.resend(invitation=_invitation(request, pk), by=request.member)
    messages.success(request, "Sent again with a new link. The link before no longer works.")
    return redirect("staff:person-list")


@require_POST
@require(Permission.STAFF_INVITE)
def invitation_revoke(request, pk):
    actions.revoke(invitation=_invitation(request, pk), by=request.member)
    messages.success(request, "The invitation was taken back. Its link no longer works.")
    return redirect("staff:person-list")


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.SCHOOL_SET)
def signin_rules(request):
    form = SecondFactorForm(request.POST or None, initial={"second_factor": request.school.second_factor})
    if request.method == "POST" and form.is_valid():
        actions.set_second_factor(school=request.school, rule=form.cleaned_data["second_factor"], by=request.member)
        messages.success(request, "Saved. It holds from each person's next page.")
        return redirect("staff:signin-rules")
    rows = {row.kind: row for row in SchoolIdentityProvider.objects.filter(school=request.school)}
    providers = [(kind, label, rows.get(kind)) for kind, label in SchoolIdentityProvider.Kind.choices]
    context = {"form": form, "providers": providers}
    return render(request, "staff/signin_rules.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.SCHOOL_SET)
def provider_edit(request, kind):
    if kind not in PROVIDER_FORMS:
        raise Http404
    row = SchoolIdentityProvider.objects.filter(school=request.school, kind=kind).first()
    form = PROVIDER_FORMS[kind](request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "tenant"}
        actions.save_provider(school=request.school, kind=kind, issuer=form.issuer, by=request.member, **fields)
        messages.success(request, "Saved. It is offered on the sign-in page, and in invitations from now on.")
        return redirect("staff:signin-rules")
    callback = request.build_absolute_uri(outside("openid_connect_callback", f"{request.school.slug}-{kind}"))
    context = {"form": form, "row": row, "label": SchoolIdentityProvider.Kind(kind).label, "callback": callback}
    return render(request, "staff/provider_edit.html", context, status=422 if form.errors else 200)


@require_POST
@require(Permission.SCHOOL_SET)
def provider_remove(request, kind):
    row = get_object_or_404(SchoolIdentityProvider, school=request.school, kind=kind)
    actions.remove_provider(provider=row, by=request.member)
    messages.success(request, "Taken away. People use their passkey or password; without one, they ask for a reset.")
    return redirect("staff:signin-rules")

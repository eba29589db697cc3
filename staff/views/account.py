"""Pages outside any school that belong to one person: the way in, the choice of a school, the account.

allauth's own pages (password, factors, sessions) only have our templates; these are the ones that it lacks.
"""

from allauth.account.views import LoginView
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.adapter import get_adapter as get_session_adapter
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sendhub.access import Permission, Role
from sendhub.kit.links import LinkSpent
from sendhub.middleware import SCHOOL_PATH
from staff import actions
from staff.actions.people import JOINING
from staff.forms.people import JoinForm
from staff.queries import places_of
from staff.signin import adapters, demo, invitations, oidc, policy, stepup

ENDED = {
    "idle": "You were signed out because nothing happened for a while. What you had typed is kept as a draft.",
    "day": "You were signed out because your working day's ten hours are over. Sign in again to go on.",
}


def next_page(request, default="/"):
    """Where to go on to: an address of ours, or `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or default
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else default


# --- the front door ----------------------------------------------------------------------------------------------
@login_not_required
@require_safe
def home(request):
    """The start: the demo's cast, the sign-in page, one's only school, or the choice between several."""
    if not request.user.is_authenticated:
        if settings.DEMO:
            return render(request, "account/demo.html", {"schools": demo.cast()})
        return HttpResponseRedirect(settings.LOGIN_URL)
    places = places_of(request.user)
    trusts = {place.school.trust for place in places if Role.TRUST_LEAD in place.roles and place.school.trust}
    if len(places) == 1 and not trusts:
        return HttpResponseRedirect(f"/s/{places[0].school.slug}/")
    context = {"places": places, "trusts": sorted(trusts, key=lambda trust: trust.name)}
    return render(request, "account/home.html", context)


@login_not_required
@require_POST
def demo_sign_in(request):
    """One click as somebody of the cast. There is no such page where the demo is off."""
    member = demo.find(request.POST.get("member")) if settings.DEMO else None
    if member is None:
        raise Http404
    demo.sign_in(request, member)
    return HttpResponseRedirect(f"/s/{member.school.slug}/")


class SignInView(LoginView):
    """allauth's, with the ways of the school that the person was going to, and why they were signed out."""

    def get_context_data(self, **kwargs):
        match = SCHOOL_PATH.match(next_page(self.request))
        self.rows = oidc.of_school(match["slug"]) if match else []
        ended = ENDED.get(self.request.GET.get("ended"))
        return super().get_context_data(**kwargs) | {"providers": self.rows, "ended": ended, "demo": settings.DEMO}

    def render_to_response(self, context, **kwargs):
        kwargs["status"] = 422 if context["form"].errors else 200
        return oidc.allow_forms_to(super().render_to_response(context, **kwargs), self.rows)


# --- accepting an invitation -------------------------------------------------------------------------------------
@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """The invitation opened in this browser. A new address chooses a password or its school's own sign-in; a known
    one signs in; somebody else who is signed in is told so, and nothing is handed over."""
    opened = invitations.opened(request)
    if opened is None:
        return render(request, "account/join_gone.html", status=404)
    context = {"opened": opened, "providers": oidc.of_school(opened.school.slug)}
    person = opened.person
    if request.user.is_authenticated and request.user != person:
        return render(request, "account/join_other.html", context, status=403)
    if person is not None and not request.user.is_authenticated:
        return render(request, "account/join_sign_in.html", context)
    form = None
    if person is None:
        form = JoinForm(request.POST or None, invitation=opened.invitation, school=opened.school)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return joined(request, opened, person or new_person(opened, form))
        except LinkSpent:
            return render(request, "account/join_gone.html", status=404)
    context["form"] = form
    response = render(request, "account/join.html", context, status=422 if form is not None and form.errors else 200)
    return oidc.allow_forms_to(response, context["providers"])


def new_person(opened, form):
    return actions.add_user(
        email=opened.invitation.email,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password1"],
        by=JOINING,
    )


def joined(request, opened, person):
    """Give the place, sign a newcomer in, and go to the school: to its first hour, while that is not over."""
    member = actions.accept(invitation=opened.invitation, link=opened.link, user=person, by=person)
    invitations.forget(request)
    if not request.user.is_authenticated:
        adapters.sign_in(request, person, "password", reauthenticated=True)
    begins = opened.school.setting_up and member.can(Permission.STAFF_INVITE)
    return HttpResponseRedirect(f"/s/{opened.school.slug}/{'first-hour/' if begins else ''}")


# --- the second step and proving it again ------------------------------------------------------------------------
@require_safe
def second_step(request):
    """Where a session is sent that owes a second factor."""
    if not policy.owes_second_factor(request):
        return HttpResponseRedirect("/")
    return render(request, "account/second_step.html", {"places": places_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request):
    """For those whom allauth cannot ask: one of the demo's cast says yes; someone with only a school's own sign-in
    goes there, or is told to add a passkey."""
    back = next_page(request)
    is_demo = stepup.is_demo_person(request.user)
    if request.method == "POST":
        if not is_demo:
            raise PermissionDenied
        stepup.prove(request, "demo")
        return HttpResponseRedirect(back)
    rows = oidc.of_person(request.user)
    context = {"back": back, "is_demo": is_demo, "providers": rows}
    return oidc.allow_forms_to(render(request, "account/step_up.html", context), rows)


@require_POST
def step_up_provider(request, provider_id):
    """To one's school's own sign-in, to sign in there anew."""
    row = next((row for row in oidc.of_person(request.user) if row.provider_id == provider_id), None)
    if row is None:
        raise Http404
    return oidc.ask_again(request, row, next_page(request))


# --- the account -------------------------------------------------------------------------------------------------
@require_safe
def account(request):
    """What one has to sign in with, and where one is signed in."""
    linked = SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True)
    rows = [row for row in map(oidc.find, linked) if row is not None]
    return render(request, "account/account.html", {"places": places_of(request.user), "providers": rows})


@require_safe
def address(request):
    """The address is the invitation's: a new one comes by a new invitation, not by typing it in."""
    return render(request, "account/address.html")


class SessionListView(ListUserSessionsView):
    """allauth's list, without sessions that have ended by themselves and whose rows are still there."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        keys = policy.still_open([each.session_key for each in context["sessions"]])
        context["sessions"] = [each for each in context["sessions"] if each.session_key in keys]
        return context | {"session_count": len(context["sessions"])}


@require_POST
def session_end(request, pk):
    """End one of one's own other sessions."""
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    get_session_adapter().end_sessions([session])
    messages.success(request, "That device has been signed out.")
    return redirect("usersessions_list")

"""Pages outside any school: sign-in, account, links without sign-in, health. A school's pages: urls_school.py."""

from importlib.util import find_spec

from django.urls import include, path


def _there(prefix, module):
    """TEMPORARY while modules arrive."""
    try:
        return [path(prefix, include(module))] if find_spec(module) else []
    except ModuleNotFoundError:
        return []


urlpatterns = [
    *_there("", "sendhub.health"),
    *_there("", "sendhub.look_urls"),
    *_there("", "staff.urls_account"),
    *_there("", "sendhub.kit.urls"),
    *_there("", "sendhub.desk.urls_trust"),
    path("accounts/", include("allauth.urls")),
]

handler400 = "sendhub.errors.bad_request"
handler403 = "sendhub.errors.forbidden"
handler404 = "sendhub.errors.not_found"
handler500 = "sendhub.errors.server_error"

"""A school's pages, under /s/<school>/. Each app's own urls.py is its table of contents."""

from importlib.util import find_spec

from django.urls import include, path


def _there(prefix, module):
    """TEMPORARY while modules arrive."""
    try:
        return [path(prefix, include(module))] if find_spec(module) else []
    except ModuleNotFoundError:
        return []


urlpatterns = [
    *_there("", "sendhub.desk.urls"),
    *_there("pupils/", "pupils.urls"),
    *_there("staff/", "staff.urls"),
    *_there("messages/", "sendhub.outbox.urls"),
    *_there("work/", "sendhub.kit.urls_school"),
]

handler400 = "sendhub.errors.bad_request"
handler403 = "sendhub.errors.forbidden"
handler404 = "sendhub.errors.not_found"
handler500 = "sendhub.errors.server_error"

"""A school's pages, under /s/<school>/. Each app's own urls.py is its table of contents."""

from django.urls import include, path

urlpatterns = [
    path("", include("sendhub.desk.urls")),
    path("rights/", include("sendhub.desk.rights.urls")),
    path("pupils/", include("pupils.urls")),
    path("staff/", include("staff.urls")),
    path("messages/", include("sendhub.outbox.urls")),
    path("backups/", include("sendhub.operate.urls")),
    path("work/", include("sendhub.kit.urls_school")),
]

handler400 = "sendhub.errors.bad_request"
handler403 = "sendhub.errors.forbidden"
handler404 = "sendhub.errors.not_found"
handler500 = "sendhub.errors.server_error"

"""Pages outside any school: sign-in, account, links without sign-in, health. A school's pages: urls_school.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("sendhub.health")),
    path("", include("sendhub.look_urls")),
    path("", include("staff.urls_account")),
    path("", include("sendhub.kit.urls")),
    path("", include("sendhub.desk.urls_trust")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "sendhub.errors.bad_request"
handler403 = "sendhub.errors.forbidden"
handler404 = "sendhub.errors.not_found"
handler500 = "sendhub.errors.server_error"

"""The staff pages inside a school, under /s/<school>/staff/."""

from django.urls import path

from staff.views import batch, people, school, year

app_name = "staff"
urlpatterns = [
    path("", people.person_list, name="person-list"),
    path("invite/", people.person_invite, name="person-invite"),
    path("invite/everyone/", batch.invitation_batch, name="invitation-batch"),
    path("invite/everyone/send/", batch.invitation_send, name="invitation-send"),
    path("<int:pk>/change/", people.person_change, name="person-change"),
    path("<int:pk>/end/", people.person_end, name="person-end"),
    path("invitations/<int:pk>/resend/", people.invitation_resend, name="invitation-resend"),
    path("invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation-revoke"),
    path("school/", school.school_edit, name="school-edit"),
    path("school/years/", year.year_plan, name="year-plan"),
    path("school/years/<int:starts>/terms/", year.year_terms, name="year-terms"),
    path("school/years/<int:starts>/closures/", year.year_closures, name="year-closures"),
    path("school/years/<int:pk>/", school.year_edit, name="year-edit"),
    path("sign-in/", people.signin_rules, name="signin-rules"),
    path("sign-in/<slug:kind>/", people.provider_edit, name="provider-edit"),
    path("sign-in/<slug:kind>/remove/", people.provider_remove, name="provider-remove"),
]

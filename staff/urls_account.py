"""Pages of one person, outside any school. Those of allauth that we replace stand here, before it."""

from django.urls import path

from staff.views import account

app_name = "account_extra"
urlpatterns = [
    path("", account.home, name="home"),
    path("demo/sign-in/", account.demo_sign_in, name="demo-sign-in"),
    path("join/", account.join, name="join"),
    path("accounts/", account.account, name="account"),
    path("accounts/login/", account.SignInView.as_view(), name="sign-in"),
    path("accounts/email/", account.address, name="address"),
    path("accounts/second-step/", account.second_step, name="second-step"),
    path("accounts/confirm/", account.step_up, name="step-up"),
    path("accounts/confirm/<slug:provider_id>/", account.step_up_provider, name="step-up-provider"),
    path("accounts/sessions/", account.SessionListView.as_view(), name="session-list"),
    path("accounts/sessions/<int:pk>/end/", account.session_end, name="session-end"),
]

"""Messages of a school, and the mailbox where mail lands that does not leave. Under messages/ in a school."""

from django.urls import path

from sendhub.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.message_list, name="message-list"),
    path("<int:pk>/again/", views.message_again, name="message-again"),
    path("mailbox/", views.mail_list, name="mail-list"),
    path("mailbox/<int:pk>/", views.mail_show, name="mail-show"),
]

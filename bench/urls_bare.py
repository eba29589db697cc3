"""Django's own floor, with no page of ours beside it."""

from django.urls import path

from bench import views

urlpatterns = [path("bare/", views.bare)]

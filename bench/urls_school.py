"""A school's pages and the floor."""

from django.urls import path

from bench import views
from sendhub.urls_school import *  # noqa: F403
from sendhub.urls_school import urlpatterns as pages

urlpatterns = [path("bench/floor/", views.floor), *pages]

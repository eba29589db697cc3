"""Addresses that belong to the look and to no school: reading and display options, the style guide."""

from django.urls import path

from sendhub import display, styleguide

urlpatterns = [
    path("display/", display.display, name="display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

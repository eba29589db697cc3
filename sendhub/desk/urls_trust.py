"""A trust's page, outside any one school."""

from django.urls import path

from sendhub.desk import trust

urlpatterns = [path("trust/<slug:slug>/", trust.trust_show, name="trust-show")]

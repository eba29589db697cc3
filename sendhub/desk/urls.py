"""Today: the first page of a school, under /s/<school>/."""

from django.urls import path

from sendhub.desk import light_views, setup_views, views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("compliance/", light_views.light_list, name="light-list"),
    path("compliance/<slug:question>/", light_views.light_show, name="light-show"),
    path("first-hour/", setup_views.first_hour, name="first-hour"),
    path("first-hour/skip/", setup_views.first_hour_skip, name="first-hour-skip"),
    path("first-hour/resume/", setup_views.first_hour_resume, name="first-hour-resume"),
    path("first-hour/finish/", setup_views.first_hour_finish, name="first-hour-finish"),
]

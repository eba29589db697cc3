"""Today: the first page of a school, under /s/<school>/."""

from django.urls import path

from sendhub.desk import views

app_name = "desk"
urlpatterns = [path("", views.today, name="today")]

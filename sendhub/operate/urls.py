"""Backups and drills, under /s/<school>/backups/."""

from django.urls import path

from sendhub.operate import views

app_name = "operate"
urlpatterns = [
    path("", views.backup_show, name="backup-show"),
    path("drill/", views.drill_record, name="drill-record"),
]

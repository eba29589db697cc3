"""The pages about rights and the end of a record, under /s/<school>/rights/. Paths are noun, id, verb."""

from django.urls import path

from sendhub.desk.rights import views

app_name = "rights"

urlpatterns = [
    path("", views.rights_home, name="rights-home"),
    path("requests/add/", views.request_add, name="request-add"),
    path("requests/<int:pk>/", views.request_show, name="request-show"),
    path("requests/<int:pk>/change/", views.request_change, name="request-change"),
    path("requests/<int:pk>/flags/", views.request_flags, name="request-flags"),
    path("requests/<int:pk>/archive/", views.request_archive, name="request-archive"),
    path("keep/", views.keep_show, name="keep-show"),
    path("keep/<str:key>/change/", views.rule_change, name="rule-change"),
    path("removals/propose/", views.removal_propose, name="removal-propose"),
    path("removals/<int:pk>/approve/", views.removal_approve, name="removal-approve"),
    path("removals/<int:pk>/withdraw/", views.removal_withdraw, name="removal-withdraw"),
    path("holds/<int:pk>/set/", views.hold_set, name="hold-set"),
    path("holds/<int:pk>/lift/", views.hold_lift, name="hold-lift"),
    path("leaving/", views.leaving_list, name="leaving-list"),
    path("leaving/<int:pk>/", views.leaving_choose, name="leaving-choose"),
    path("leaving/files/<int:pk>/send/", views.leaving_send, name="leaving-send"),
    path("breaches/add/", views.breach_add, name="breach-add"),
    path("breaches/<int:pk>/", views.breach_change, name="breach-change"),
    path("complaints/add/", views.complaint_add, name="complaint-add"),
    path("complaints/<int:pk>/", views.complaint_change, name="complaint-change"),
]

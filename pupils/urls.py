"""The pages about pupils, under /s/<school>/pupils/. Paths are noun, id, verb."""

from django.urls import path

from pupils import views

app_name = "pupils"

urlpatterns = [
    path("", views.pupil_list, name="pupil-list"),
    path("find/", views.pupil_find, name="pupil-find"),
    path("export/", views.pupil_export, name="pupil-export"),
    path("register/", views.register_show, name="register-show"),
    path("reading/", views.reading_list, name="reading-list"),
    path("reading/tag/", views.reading_tag_many, name="reading-tag-many"),
    path("register/move/", views.register_move_many, name="register-move-many"),
    path("register/flags/", views.flag_set_many, name="flag-set-many"),
    path("register/told/", views.told_list, name="told-list"),
    path("register/told/record/", views.told_record, name="told-record"),
    path("register/letters/", views.letter_list, name="letter-list"),
    path("register/letters/print/", views.letter_print, name="letter-print"),
    path("register/letters/post/", views.letter_post, name="letter-post"),
    path("register/letters/reprint/", views.letter_reprint, name="letter-reprint"),
    path("register/letters/withdraw/", views.letter_withdraw, name="letter-withdraw"),
    path("register/letters/<int:pk>/", views.letter_show, name="letter-show"),
    path("register/proposals/", views.proposal_list, name="proposal-list"),
    path("register/proposals/set-aside/", views.proposal_set_aside, name="proposal-set-aside"),
    path("links/", views.pupil_links, name="pupil-links"),
    path("links/end/", views.pupil_links_end, name="pupil-links-end"),
    path("links/groups/", views.group_links, name="group-links"),
    path("links/groups/end/", views.group_links_end, name="group-links-end"),
    path("<int:pk>/", views.pupil_record, name="pupil-record"),
    path("<int:pk>/move/", views.register_move, name="register-move"),
    path("<int:pk>/needs/", views.needs_change, name="needs-change"),
    path("<int:pk>/flags/add/", views.flag_set, name="flag-set"),
    path("<int:pk>/flags/<int:flag>/end/", views.flag_end, name="flag-end"),
    path("<int:pk>/contacts/", views.pupil_contacts, name="pupil-contacts"),
    path("<int:pk>/page.pdf", views.pupil_page, name="pupil-page"),
    path("<int:pk>/history/", views.pupil_history, name="pupil-history"),
    path("<int:pk>/first-line/", views.first_line_change, name="first-line-change"),
    path("<int:pk>/first-line/<int:event>/restore/", views.first_line_restore, name="first-line-restore"),
    path("<int:pk>/pointer/", views.pointer_change, name="pointer-change"),
    path("<int:pk>/read/", views.reading_show, name="reading-show"),
    path("<int:pk>/tag/", views.reading_tag, name="reading-tag"),
    path("<int:pk>/adults/add/", views.adult_link, name="adult-link"),
    path("<int:pk>/adults/<int:adult>/end/", views.adult_end, name="adult-end"),
]

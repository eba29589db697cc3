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
    path("<int:pk>/", views.pupil_record, name="pupil-record"),
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

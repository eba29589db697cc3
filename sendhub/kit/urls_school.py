"""A person's own work in progress: jobs, what was done in one go, drafts, saved views. Under work/ in a school."""

from django.urls import path

from sendhub.kit.views import drafts, jobs, operations, saved_views

app_name = "kit"
urlpatterns = [
    path("jobs/", jobs.job_list, name="job-list"),
    path("jobs/<int:pk>/", jobs.job_show, name="job-show"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job-cancel"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job-file"),
    path("operations/", operations.operation_list, name="operation-list"),
    path("operations/<int:pk>/", operations.operation_show, name="operation-show"),
    path("operations/<int:pk>/undo/", operations.operation_undo, name="operation-undo"),
    path("drafts/", drafts.draft_list, name="draft-list"),
    path("drafts/<str:form>/<int:object_id>/", drafts.draft_save, name="draft-save"),
    path("drafts/<str:form>/<int:object_id>/discard/", drafts.draft_discard, name="draft-discard"),
    path("views/", saved_views.saved_view_list, name="saved-view-list"),
    path("views/save/", saved_views.saved_view_save, name="saved-view-save"),
    path("views/<int:pk>/rename/", saved_views.saved_view_rename, name="saved-view-rename"),
    path("views/<int:pk>/share/", saved_views.saved_view_share, name="saved-view-share"),
    path("views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved-view-delete"),
]

"""Links without sign-in, outside any school's prefix: the school is in the link."""

from django.urls import path

from sendhub.kit.views import links

app_name = "kit_links"
urlpatterns = [
    path("l/<str:token>", links.link_door, name="link-door"),
    path("f/<int:pk>/", links.link_form, name="link-form"),
]

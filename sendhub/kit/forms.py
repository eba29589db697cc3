"""Forms of saved views, and the one that is sent once."""

from django import forms
from django.urls import NoReverseMatch, reverse

from sendhub.kit.actions.saved_views import clean_query


class SaveViewForm(forms.Form):
    name = forms.CharField(label="Name", max_length=60)
    shared = forms.BooleanField(label="Everyone at this school may use it", required=False)
    page = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    def clean_page(self):
        """A list of this school: a route that takes no ids."""
        try:
            reverse(self.cleaned_data["page"])
        except NoReverseMatch:
            raise forms.ValidationError("This page can not be saved as a view.") from None
        return self.cleaned_data["page"]

    def clean_query(self):
        """Letters beyond ASCII grow when the query is written down (actions.save_view)."""
        query = clean_query(self.cleaned_data["query"])
        if len(query) > self.fields["query"].max_length:
            raise forms.ValidationError("These filters are too long to keep.")
        return query


class NameForm(forms.Form):
    name = forms.CharField(label="Name", max_length=60)

    def __init__(self, *args, view, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.view, self.taken = view, taken

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.taken.filter(page=self.view.page, name=name).exists():
            raise forms.ValidationError("You have a view of that name already. Choose another.")
        return name


class OnceForm(forms.Form):
    """Nothing to fill in: `form_id` makes a double press one job."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)

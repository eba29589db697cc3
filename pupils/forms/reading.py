"""What the reading queue is told: read or not, on the list or not, and which part of the queue one is in."""

from django import forms

YES_NO = [("yes", "Yes"), ("no", "No")]


class ReadForm(forms.Form):
    """`part` is the year group (or the tagged ones) that somebody reads through; it says who comes next."""

    read = forms.ChoiceField(choices=YES_NO, widget=forms.HiddenInput)
    part = forms.CharField(max_length=6, required=False, widget=forms.HiddenInput)


class TagForm(forms.Form):
    """`back` says on which of the two pages the button was."""

    tagged = forms.ChoiceField(choices=YES_NO, widget=forms.HiddenInput)
    back = forms.ChoiceField(choices=[("record", "Record"), ("read", "Reading")], widget=forms.HiddenInput)
    part = forms.CharField(max_length=6, required=False, widget=forms.HiddenInput)

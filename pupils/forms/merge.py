"""Two records side by side: which value stands, column by column, and whose history of the register."""

from django import forms

from pupils.actions.merge import chosen_columns
from pupils.models import Pupil
from sendhub.access import Permission
from sendhub.audit.presenters import COLUMNS, value_words

ONE, OTHER = "one", "other"
EMPTY = (None, "")


class WhoForm(forms.Form):
    """Find the other record by name."""

    q = forms.CharField(label="Name, or name and form", max_length=80)


class MergeForm(forms.Form):
    """A choice for each column in which the two differ. What only one of them knows is kept (`known`), and so is what
    the reader may not see, without a choice."""

    register = forms.ChoiceField(label="History on the register", widget=forms.RadioSelect)
    needs = forms.ChoiceField(label="Needs", widget=forms.RadioSelect)
    versions = forms.CharField(widget=forms.HiddenInput)  # of both: what somebody changes meanwhile is seen first

    def __init__(self, *args, one, other, member, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.one, self.other, self.silent, self.known = one, other, [], []
        for name in ("register", "needs"):
            told, theirs = sides[0][name], sides[1][name]
            self.fields[name].choices = [(ONE, told), (OTHER, theirs)]
            self.fields[name].initial = OTHER if sides[0][f"no_{name}"] and not sides[1][f"no_{name}"] else ONE
        for name in chosen_columns():
            self.add_choice(name, member)
        self.now = f"{one.version}-{other.version}"
        self.fields["versions"].initial = self.now

    def add_choice(self, name, member):
        """Nothing to choose where the two say the same, or only one of them knows."""
        mine, theirs = getattr(self.one, name), getattr(self.other, name)
        column = Pupil._meta.get_field(name)
        label = COLUMNS.get(name, str(column.verbose_name))
        label = label[:1].upper() + label[1:]
        hidden = name in Pupil.CIRCUMSTANCES and not member.can(Permission.CIRCUMSTANCE_VIEW)
        if mine == theirs:
            return
        if name != "left_on" and (hidden or mine in EMPTY or theirs in EMPTY):
            self.silent += [name] if mine in EMPTY else []
            self.known += [] if hidden else [label]
            return
        choices = [(key, value_words(column, value, {}).strip("“”")) for key, value in ((ONE, mine), (OTHER, theirs))]
        self.fields[f"column_{name}"] = forms.ChoiceField(
            label=label,
            choices=[(key, words[:1].upper() + words[1:]) for key, words in choices],
            initial=OTHER if theirs is None else ONE,  # who is here has not left
            widget=forms.RadioSelect,
        )

    def clean_versions(self):
        if self.cleaned_data["versions"] != self.now:
            raise forms.ValidationError("Somebody has changed one of the two meanwhile. Look again, then choose.")
        return self.now

    def columns(self):
        """Names of the columns whose value in the other record stands."""
        chosen = [
            name[7:] for name, value in self.cleaned_data.items() if name.startswith("column_") and value == OTHER
        ]
        return chosen + self.silent

    def pairs(self):
        return [self[name] for name in self.fields if name != "versions"]

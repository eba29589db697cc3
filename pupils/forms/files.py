"""Files that are chosen in a form: each is looked into, and what is not taken says what to do."""

from django import forms

from sendhub import files

HELP = "PDF, Word, Excel or a picture. {} at most."
ACCEPT, PICTURES = {"accept": files.ACCEPT}, {"accept": ".png,.jpg,.jpeg,.heic"}
MOST_FILES = 5
TOO_MANY = f"Choose {MOST_FILES} files at most; add the others afterwards."


class CheckedFileField(forms.FileField):
    """One file as files.Checked, or None."""

    def __init__(self, *, only_pictures=False, square=0, **kwargs):
        kwargs.setdefault("help_text", HELP.format("10 MB"))
        kwargs.setdefault("widget", forms.FileInput(attrs=PICTURES if only_pictures else ACCEPT))
        super().__init__(allow_empty_file=True, **kwargs)
        self.options = {"only_pictures": only_pictures, "square": square}

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return look(upload, **self.options) if upload else None


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class CheckedFilesField(forms.FileField):
    """Up to five files as a list of files.Checked, empty when none was chosen."""

    def __init__(self, *, only_pictures=False, **kwargs):
        kwargs.setdefault("help_text", HELP.format(f"{MOST_FILES} files, 10 MB together"))
        kwargs.setdefault("widget", SeveralFiles(attrs={**(PICTURES if only_pictures else ACCEPT)}))
        super().__init__(allow_empty_file=True, required=kwargs.pop("required", False), **kwargs)
        self.options = {"only_pictures": only_pictures}

    def clean(self, data, initial=None):
        chosen = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(TOO_MANY)
        if not chosen and self.required:
            raise forms.ValidationError("Choose a file first.")
        clean = super().clean
        return [look(clean(one), **self.options) for one in chosen]


def look(upload, **options):
    """files.Checked, or the refusal as the form's own error."""
    if upload.size > files.MOST:  # of such a file nothing was kept (sendhub.uploads)
        raise forms.ValidationError(files.TOO_LARGE)
    try:
        return files.look_into(upload.read(), upload.name, **options)
    except files.Refused as refusal:
        raise forms.ValidationError(str(refusal)) from None

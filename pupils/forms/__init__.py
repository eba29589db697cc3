"""All input about pupils passes one of these."""

from pupils.forms.export import ExportForm, read_ids
from pupils.forms.filters import controls, hidden_fields, query_of, wanted_of
from pupils.forms.reading import ReadForm, TagForm
from pupils.forms.record import AdultEndForm, AdultForm, FirstLineForm, PointerForm

__all__ = [
    "AdultEndForm",
    "AdultForm",
    "ExportForm",
    "FirstLineForm",
    "PointerForm",
    "ReadForm",
    "TagForm",
    "controls",
    "hidden_fields",
    "query_of",
    "read_ids",
    "wanted_of",
]

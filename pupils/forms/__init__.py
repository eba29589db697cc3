"""All input about pupils passes one of these."""

from pupils.forms.chosen import chosen_of
from pupils.forms.concerns import ConcernFindForm, ConcernForm, OtherConcernForm, WithdrawForm
from pupils.forms.export import ExportForm, read_ids
from pupils.forms.filters import controls, hidden_fields, query_of, wanted_of, words_of
from pupils.forms.imports import ChoicesForm, ColumnsForm, DoubtsForm, LeaversForm, TickedForm, UploadForm
from pupils.forms.merge import MergeForm, WhoForm
from pupils.forms.moves import MoveForm, PlaceForm, PostForm, PupilMoveForm, ToldForm
from pupils.forms.needs import AsideForm, FlagEndForm, FlagForm, FlagManyForm, NeedsForm
from pupils.forms.pupil import BackForm, LeaveForm, PupilChangeForm, PupilForm
from pupils.forms.reading import ReadForm, TagForm
from pupils.forms.record import AdultEndForm, AdultForm, AtForm, FirstLineForm, PointerForm
from pupils.forms.register import RegisterDayForm
from pupils.forms.timeline import TimelineForm

__all__ = [
    "AdultEndForm",
    "AdultForm",
    "AsideForm",
    "AtForm",
    "BackForm",
    "ChoicesForm",
    "ColumnsForm",
    "ConcernFindForm",
    "ConcernForm",
    "DoubtsForm",
    "ExportForm",
    "FirstLineForm",
    "FlagEndForm",
    "FlagForm",
    "FlagManyForm",
    "LeaveForm",
    "LeaversForm",
    "MergeForm",
    "MoveForm",
    "NeedsForm",
    "OtherConcernForm",
    "PlaceForm",
    "PointerForm",
    "PostForm",
    "PupilChangeForm",
    "PupilForm",
    "PupilMoveForm",
    "ReadForm",
    "RegisterDayForm",
    "TagForm",
    "TickedForm",
    "TimelineForm",
    "ToldForm",
    "UploadForm",
    "WhoForm",
    "WithdrawForm",
    "chosen_of",
    "controls",
    "hidden_fields",
    "query_of",
    "read_ids",
    "wanted_of",
    "words_of",
]

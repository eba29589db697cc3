"""The screens about pupils: one module a screen or two, each view in the order fetch, form, action, answer."""

from pupils.views.adjustments import (
    adjustment_add,
    adjustment_change,
    adjustment_confirm,
    adjustment_end,
    adjustment_list,
)
from pupils.views.adults import adult_end, adult_link
from pupils.views.agencies import (
    agency_contact_add,
    agency_contact_change,
    agency_tie_add,
    agency_tie_change,
    agency_tie_end,
    agency_tie_list,
)
from pupils.views.arrangements import (
    arrangement_add,
    arrangement_change,
    arrangement_end,
    arrangement_list,
    arrangement_use,
)
from pupils.views.attendance import pupil_attendance
from pupils.views.census import census_check
from pupils.views.concern_triage import concern_list, concern_match, concern_triage, pupil_concerns
from pupils.views.concerns import concern_raise, concern_raise_other, concern_show, concern_who, concern_withdraw
from pupils.views.contacts import contact_add, contact_change
from pupils.views.days import days_change
from pupils.views.directory import (
    agency_add,
    agency_change,
    agency_end,
    agency_list,
    professional_add,
    professional_change,
    professional_end,
)
from pupils.views.export import pupil_export
from pupils.views.families import told_list, told_record
from pupils.views.files import file_remove, file_restore, file_show
from pupils.views.find import pupil_find
from pupils.views.first_line import first_line_change, first_line_restore
from pupils.views.flags_many import flag_set_many
from pupils.views.gaps import gap_list
from pupils.views.history import pupil_history
from pupils.views.import_settle import import_choices, import_columns, import_leavers, import_same, import_settle
from pupils.views.imports import import_apply, import_drop, import_failed, import_list, import_show
from pupils.views.kinds import kind_add, kind_change, kind_end, kind_list, kind_own
from pupils.views.letters import (
    letter_list,
    letter_post,
    letter_print,
    letter_reprint,
    letter_show,
    letter_withdraw,
)
from pupils.views.links import group_links, group_links_end, pupil_links, pupil_links_end
from pupils.views.lists import pupil_list
from pupils.views.medical import medical_add, medical_change, medical_end, medical_list, medical_review
from pupils.views.merge import double_list, double_reject, merge_run, pupil_merge
from pupils.views.moves import register_move
from pupils.views.moves_many import register_move_many
from pupils.views.needs import flag_end, flag_set, needs_change
from pupils.views.notes import note_list, note_show, note_versions
from pupils.views.notes_write import (
    note_add,
    note_attach,
    note_change,
    note_pin,
    note_restore,
    note_withdraw,
)
from pupils.views.photo import photo_change, photo_remove
from pupils.views.placements import (
    placement_add,
    placement_change,
    placement_end,
    placement_list,
    pupil_placements,
    visit_add,
    visit_change,
    visit_end,
)
from pupils.views.pointer import pointer_change
from pupils.views.proposals import proposal_list, proposal_set_aside
from pupils.views.pupil import pupil_add, pupil_change, pupil_leave, pupil_return
from pupils.views.reading import reading_list, reading_show, reading_tag, reading_tag_many
from pupils.views.record import pupil_contacts, pupil_page, pupil_record
from pupils.views.register import register_show
from pupils.views.rights import (
    correction_add,
    correction_change,
    correction_list,
    restriction_lift,
    restriction_set,
)
from pupils.views.risk import risk_add, risk_change, risk_end, risk_list, risk_read, risk_read_for
from pupils.views.story import pupil_story
from pupils.views.support import support_due, support_list, support_reading
from pupils.views.suspensions import (
    pupil_suspensions,
    suspension_add,
    suspension_change,
    suspension_end,
    suspension_list,
)
from pupils.views.timeline import pupil_timeline
from pupils.views.timetables import (
    pupil_timetables,
    timetable_add,
    timetable_change,
    timetable_end,
    timetable_list,
)
from pupils.views.voice import (
    about_change,
    voice_add,
    voice_attach,
    voice_change,
    voice_check,
    voice_list,
    voice_restore,
    voice_withdraw,
)

__all__ = [
    "about_change",
    "adjustment_add",
    "adjustment_change",
    "adjustment_confirm",
    "adjustment_end",
    "adjustment_list",
    "adult_end",
    "adult_link",
    "agency_add",
    "agency_change",
    "agency_contact_add",
    "agency_contact_change",
    "agency_end",
    "agency_list",
    "agency_tie_add",
    "agency_tie_change",
    "agency_tie_end",
    "agency_tie_list",
    "arrangement_add",
    "arrangement_change",
    "arrangement_end",
    "arrangement_list",
    "arrangement_use",
    "census_check",
    "concern_list",
    "concern_match",
    "concern_raise",
    "concern_raise_other",
    "concern_show",
    "concern_triage",
    "concern_who",
    "concern_withdraw",
    "contact_add",
    "contact_change",
    "correction_add",
    "correction_change",
    "correction_list",
    "days_change",
    "double_list",
    "double_reject",
    "file_remove",
    "file_restore",
    "file_show",
    "first_line_change",
    "first_line_restore",
    "flag_end",
    "flag_set",
    "flag_set_many",
    "gap_list",
    "group_links",
    "group_links_end",
    "import_apply",
    "import_choices",
    "import_columns",
    "import_drop",
    "import_failed",
    "import_leavers",
    "import_list",
    "import_same",
    "import_settle",
    "import_show",
    "kind_add",
    "kind_change",
    "kind_end",
    "kind_list",
    "kind_own",
    "letter_list",
    "letter_post",
    "letter_print",
    "letter_reprint",
    "letter_show",
    "letter_withdraw",
    "medical_add",
    "medical_change",
    "medical_end",
    "medical_list",
    "medical_review",
    "merge_run",
    "needs_change",
    "note_add",
    "note_attach",
    "note_change",
    "note_list",
    "note_pin",
    "note_restore",
    "note_show",
    "note_versions",
    "note_withdraw",
    "photo_change",
    "photo_remove",
    "placement_add",
    "placement_change",
    "placement_end",
    "placement_list",
    "pointer_change",
    "professional_add",
    "professional_change",
    "professional_end",
    "proposal_list",
    "proposal_set_aside",
    "pupil_add",
    "pupil_attendance",
    "pupil_change",
    "pupil_concerns",
    "pupil_contacts",
    "pupil_export",
    "pupil_find",
    "pupil_history",
    "pupil_leave",
    "pupil_links",
    "pupil_links_end",
    "pupil_list",
    "pupil_merge",
    "pupil_page",
    "pupil_placements",
    "pupil_record",
    "pupil_return",
    "pupil_story",
    "pupil_suspensions",
    "pupil_timeline",
    "pupil_timetables",
    "reading_list",
    "reading_show",
    "reading_tag",
    "reading_tag_many",
    "register_move",
    "register_move_many",
    "register_show",
    "restriction_lift",
    "restriction_set",
    "risk_add",
    "risk_change",
    "risk_end",
    "risk_list",
    "risk_read",
    "risk_read_for",
    "support_due",
    "support_list",
    "support_reading",
    "suspension_add",
    "suspension_change",
    "suspension_end",
    "suspension_list",
    "timetable_add",
    "timetable_change",
    "timetable_end",
    "timetable_list",
    "told_list",
    "told_record",
    "visit_add",
    "visit_change",
    "visit_end",
    "voice_add",
    "voice_attach",
    "voice_change",
    "voice_check",
    "voice_list",
    "voice_restore",
    "voice_withdraw",
]

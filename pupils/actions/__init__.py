"""Every write of a `pupils` row, one module a noun."""

from pupils.actions.adjustments import add_adjustment, change_adjustment, confirm_adjustment, end_adjustment
from pupils.actions.adult import end_adult, link_adult
from pupils.actions.agencies import (
    add_agency,
    add_agency_contact,
    add_agency_tie,
    add_professional,
    change_agency,
    change_agency_contact,
    change_agency_tie,
    change_professional,
    end_agency,
    end_agency_tie,
    end_professional,
)
from pupils.actions.arrangements import (
    add_arrangement,
    add_kind,
    change_arrangement,
    change_kind,
    end_arrangement,
    end_kind,
    own_kinds,
    use_arrangement,
)
from pupils.actions.concerns import NotNow, match_concern, move_concern, raise_concern, withdraw_concern
from pupils.actions.contact import add_contact, change_contact, save_contacts
from pupils.actions.days import change_days
from pupils.actions.files import add_file, put_file_back, remove_file, remove_photo, tidy_files
from pupils.actions.first_line import change_first_line, change_pointer, restore_first_line
from pupils.actions.flags import end_flag, set_flag
from pupils.actions.import_tidy import forget_old_imports
from pupils.actions.imports import (
    apply_batch,
    apply_now,
    bring_in_file,
    drop_batch,
    read_batch,
    set_choices,
    set_columns,
    settle_line,
    upload_file,
)
from pupils.actions.leave import come_back, take_leave
from pupils.actions.letters import (
    Letter,
    mark_posted,
    print_instead,
    record_told,
    withdraw_letters,
    write_letters,
)
from pupils.actions.links import end_adults, end_groups, link_adults, link_groups
from pupils.actions.medical import add_medical, change_medical, end_medical, review_medical
from pupils.actions.merge import merge_pupils, reject_double
from pupils.actions.moves import move_many, move_on_register
from pupils.actions.place import place_in_year_and_form, place_pupils, save_adults, save_places
from pupils.actions.proposals import set_aside
from pupils.actions.pupil import add_pupil, change_pupil, mark_left, save_numbers, save_pupils
from pupils.actions.reading import mark_read, mark_unread, tag_pupils, untag_pupil
from pupils.actions.register import place_on_register, save_needs, save_records, set_needs
from pupils.actions.risk import add_risk, change_risk, end_risk, read_risk

__all__ = [
    "Letter",
    "NotNow",
    "add_adjustment",
    "add_agency",
    "add_agency_contact",
    "add_agency_tie",
    "add_arrangement",
    "add_contact",
    "add_file",
    "add_kind",
    "add_medical",
    "add_professional",
    "add_pupil",
    "add_risk",
    "apply_batch",
    "apply_now",
    "bring_in_file",
    "change_adjustment",
    "change_agency",
    "change_agency_contact",
    "change_agency_tie",
    "change_arrangement",
    "change_contact",
    "change_days",
    "change_first_line",
    "change_kind",
    "change_medical",
    "change_pointer",
    "change_professional",
    "change_pupil",
    "change_risk",
    "come_back",
    "confirm_adjustment",
    "drop_batch",
    "end_adjustment",
    "end_adult",
    "end_adults",
    "end_agency",
    "end_agency_tie",
    "end_arrangement",
    "end_flag",
    "end_groups",
    "end_kind",
    "end_medical",
    "end_professional",
    "end_risk",
    "forget_old_imports",
    "link_adult",
    "link_adults",
    "link_groups",
    "mark_left",
    "mark_posted",
    "mark_read",
    "mark_unread",
    "match_concern",
    "merge_pupils",
    "move_concern",
    "move_many",
    "move_on_register",
    "own_kinds",
    "place_in_year_and_form",
    "place_on_register",
    "place_pupils",
    "print_instead",
    "put_file_back",
    "raise_concern",
    "read_batch",
    "read_risk",
    "record_told",
    "reject_double",
    "remove_file",
    "remove_photo",
    "restore_first_line",
    "review_medical",
    "save_adults",
    "save_contacts",
    "save_needs",
    "save_numbers",
    "save_places",
    "save_pupils",
    "save_records",
    "set_aside",
    "set_choices",
    "set_columns",
    "set_flag",
    "set_needs",
    "settle_line",
    "tag_pupils",
    "take_leave",
    "tidy_files",
    "untag_pupil",
    "upload_file",
    "use_arrangement",
    "withdraw_concern",
    "withdraw_letters",
    "write_letters",
]

"""Every model of which two people may hold a version: pinned, and walked. One that is not here has not been looked at.

A model is pinned with a form of it that two people have open: the second to send it is shown both and loses no word.
"""

import re
from datetime import date

import pytest
from django.apps import apps

from tests.access.targets import one_of_each

WORDS = "Words of the second."
NOUNS = {"pupils.AboutMe": "about_me"}  # where the address names only the pupil

DAY = date.today().isoformat()
# label: (address under the school with {ids of the stage}, what both send, and of each what is their own)
PINNED = {
    "pupils.Pupil": ("pupils/{pupil}/first-line/", {}, {"first_line": "Needs the lift key."}, {"first_line": WORDS}),
    "pupils.Concern": (
        "pupils/concerns/{concern}/triage/",
        {},
        {"after": "family", "words": "Rang the mother"},
        {"after": "closed", "words": WORDS},
    ),
    "pupils.MedicalPointer": (
        "pupils/medical/{medical}/change/",
        {"ask": "the nurse", "starts_on": DAY},
        {"kept_at": "Theirs"},
        {"kept_at": WORDS},
    ),
    "pupils.Adjustment": (
        "pupils/adjustments/{adjustment}/change/",
        {"why": "Sight", "starts_on": DAY},
        {"what": "Theirs"},
        {"what": WORDS},
    ),
    "pupils.RiskPlan": (
        "pupils/risk/{risk}/change/",
        {"may_happen": "Runs", "who": "All", "starts_on": DAY, "review_on": DAY},
        {"we_do": "Theirs"},
        {"we_do": WORDS},
    ),
    "pupils.AccessArrangement": (
        "pupils/arrangements/{arrangement}/change/",
        {"name": "Prompter", "scheme": "jcq", "starts_on": DAY},
        {"evidence": "Theirs"},
        {"evidence": WORDS},
    ),
    "pupils.Note": (
        "pupils/{pupil}/notes/{note}/change/",
        {"kind": "meeting", "on": DAY},
        {"text": "Theirs"},
        {"text": WORDS},
    ),
    "pupils.PupilVoice": (
        "pupils/{pupil}/voice/{voice}/change/",
        {"how": "said", "said_on": DAY, "taken_by": "{staff}"},
        {"words": "Theirs"},
        {"words": WORDS},
    ),
    "pupils.AboutMe": ("pupils/{pupil}/about/", {"matters": ""}, {"strengths": "Theirs"}, {"strengths": WORDS}),
    "pupils.Agency": ("pupils/agencies/{agency}/change/", {}, {"name": "Theirs"}, {"name": WORDS}),
    "pupils.Professional": ("pupils/agencies/people/{professional}/change/", {}, {"name": "Theirs"}, {"name": WORDS}),
    "pupils.AgencyTie": (
        "pupils/agencies/ties/{agency_tie}/change/",
        {"who": "{agency_choice}", "starts_on": DAY},
        {"about": "Theirs"},
        {"about": WORDS},
    ),
    "pupils.AgencyContact": (
        "pupils/agencies/contacts/{agency_contact}/change/",
        {"on": DAY, "how": "phone", "staff": "{staff}"},
        {"about": "Theirs"},
        {"about": WORDS},
    ),
    "pupils.Suspension": (
        "pupils/suspensions/{suspension}/change/",
        {"kind": "days", "starts_on": DAY, "days": "2", "reasons": "PP"},
        {"council_on": DAY},
        {"council_on": "2020-03-04"},
    ),
    "pupils.ReducedTimetable": (
        "pupils/timetables/{timetable}/change/",
        {"hours": "12", "starts_on": DAY},
        {"reason": "Theirs"},
        {"reason": WORDS},
    ),
    "pupils.Placement": (
        "pupils/placements/{placement}/change/",
        {"provider": "The Farm", "days": "Mondays", "starts_on": DAY},
        {"reason": "Theirs"},
        {"reason": WORDS},
    ),
    "pupils.PlacementVisit": (
        "pupils/visits/{visit}/change/",
        {"visited_on": DAY, "visited_by_id": "{staff}"},
        {"findings": "Theirs"},
        {"findings": WORDS},
    ),
    "pupils.Correction": (
        "pupils/{pupil}/corrections/{correction}/change/",
        {"about": "A date", "said_by": "A parent", "said_on": DAY},
        {"said": "Theirs"},
        {"said": WORDS},
    ),
    "desk.AccessRequest": (
        "rights/requests/{request}/change/",
        {"settled_on": DAY},
        {"settled_how": "Theirs"},
        {"settled_how": WORDS},
    ),
    "desk.Breach": ("rights/breaches/{breach}/", {"aware_at": f"{DAY}T00:00"}, {"what": "Theirs"}, {"what": WORDS}),
    "desk.Complaint": (
        "rights/complaints/{complaint}/",
        {"received_on": DAY, "who": "A parent"},
        {"about": "Theirs"},
        {"about": WORDS},
    ),
}
# Found by a word and not by a number, so walked in tests/desk/rights/test_keeping.py.
BY_WORD = {"desk.RetentionRule"}


def versioned():
    """Models of ours with a version, but for the tables of their history."""
    return {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "version" for field in model._meta.concrete_fields)
        and not hasattr(model, "pgh_tracked_model")
    }


def test_every_versioned_model_is_pinned_and_has_a_history():
    assert versioned() == {*PINNED, *BY_WORD}
    assert all(hasattr(apps.get_model(label), "pgh_event_model") for label in PINNED)


@pytest.mark.parametrize("label", PINNED)
def test_the_second_to_save_is_shown_both_and_overwrites_nothing(visit, oakfield, inside, label):
    address, both, first, second = PINNED[label]
    model = apps.get_model(label)
    ids = one_of_each(oakfield)
    path, noun = address.format(**ids), NOUNS.get(label) or re.findall(r"{(\w+)}", address)[-1]
    with inside():
        version = model.objects.get(pk=ids[noun]).version
    both = {name: str(value).format(**ids) for name, value in {**both, "version": version}.items()}
    assert visit("sendco").post(path, {**both, **first}).status_code == 302
    with inside():
        stored = model.objects.filter(pk=ids[noun]).values().get()
    colleague = "head" if label.startswith("desk.") or label == "pupils.Correction" else "assistant"
    answer = visit(colleague).post(path, {**both, **second})
    page = re.sub("</?mark>", "", answer.content.decode())
    assert answer.status_code == 409
    assert (WORDS if WORDS in second.values() else next(iter(second.values()))) in page
    assert f'name="version" value="{stored["version"]}"' in page
    with inside():
        assert model.objects.filter(pk=ids[noun]).values().get() == stored

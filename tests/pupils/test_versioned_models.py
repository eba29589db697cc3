"""Every model of which two people may hold a version: pinned, and walked. One that is not here has not been looked at.

A model is pinned with a form of it that two people have open: the second to send it is shown both and loses no word.
"""

import re

import pytest
from django.apps import apps

from tests.access.targets import one_of_each

# label: (address under the school with {ids of the stage}, what the first sends, what the second sends, their words)
PINNED = {
    "pupils.Pupil": (
        "pupils/{pupil}/first-line/",
        {"first_line": "Needs the lift key."},
        {"first_line": "Sits by the door."},
        "Sits by the door.",
    ),
    "pupils.Concern": (
        "pupils/concerns/{concern}/triage/",
        {"after": "family", "words": "Rang the mother"},
        {"after": "closed", "words": "All is well"},
        "All is well",
    ),
}


def versioned():
    """Models of ours with a version, but for the tables of their history."""
    return {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "version" for field in model._meta.concrete_fields)
        and not hasattr(model, "pgh_tracked_model")
    }


def test_every_versioned_model_is_pinned_and_has_a_history():
    assert versioned() == set(PINNED)
    assert all(hasattr(apps.get_model(label), "pgh_event_model") for label in PINNED)


@pytest.mark.parametrize("label", PINNED)
def test_the_second_to_save_is_shown_both_and_overwrites_nothing(visit, oakfield, inside, label):
    address, first, second, words = PINNED[label]
    model = apps.get_model(label)
    ids = one_of_each(oakfield)
    path, noun = address.format(**ids), re.search(r"{(\w+)}", address)[1]
    with inside():
        version = model.objects.get(pk=ids[noun]).version
    assert visit("sendco").post(path, {**first, "version": version}).status_code == 302
    with inside():
        stored = model.objects.filter(pk=ids[noun]).values().get()
    answer = visit("assistant").post(path, {**second, "version": version})
    page = re.sub("</?mark>", "", answer.content.decode())
    assert answer.status_code == 409
    assert words in page
    assert f'name="version" value="{stored["version"]}"' in page
    with inside():
        assert model.objects.filter(pk=ids[noun]).values().get() == stored

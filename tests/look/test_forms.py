"""How a form field is drawn: label, hint, error, input, in that order, tied together for a screen reader."""

import re

from django import forms
from django.template import Context, Template

from sendhub.styleguide import SampleForm

BLANK = SampleForm()
BAD = SampleForm(data={})


def order(html, *parts):
    """The positions of the parts, each of which must be there once."""
    assert all(html.count(part) == 1 for part in parts), html
    return [html.index(part) for part in parts]


def test_label_hint_error_input():
    html = BAD["on"].as_field_group()
    at = order(html, '<label for="id_on">', 'id="id_on_helptext"', 'id="id_on_error"', "<input")
    assert at == sorted(at)
    assert 'aria-describedby="id_on_helptext id_on_error"' in html
    assert 'aria-invalid="true"' in html
    assert "has-error" in html
    assert '<span class="visually-hidden">Error: </span>' in html


def test_a_good_field_says_nothing_of_errors():
    html = BLANK["name"].as_field_group()
    assert "has-error" not in html
    assert "Error" not in html
    assert "(optional)" not in html


def test_what_may_be_left_out_says_so():
    assert "(optional)" in BLANK["paper"].as_field_group()
    assert "(optional)" in BLANK["who"].as_field_group()


def test_radios_are_a_fieldset_with_a_legend():
    html = BAD["how"].as_field_group()
    at = order(html, "<fieldset", "<legend>How did it go?</legend>", 'id="id_how_error"', 'id="id_how_0"')
    assert at == sorted(at)
    assert len(re.findall(r'<label class="choice" for="id_how_\d">', html)) == 3


def test_groups_of_choices_are_named():
    field = forms.ChoiceField(
        label="x", choices=[("Year 7", [("1", "7H")]), ("Year 8", [("2", "8T")])], widget=forms.RadioSelect
    )
    html = type("F", (forms.Form,), {"group": field})()["group"].as_field_group()
    assert '<div role="group" aria-label="Year 7">' in html


def test_one_tick_stands_before_its_words():
    html = BLANK["agree"].as_field_group()
    at = order(html, 'type="checkbox"', "<span>The family has said yes</span>", 'id="id_agree_helptext"')
    assert at == sorted(at)


def test_every_error_in_the_summary_leads_to_its_field():
    html = Template('{% include "components/error_summary.html" with form=form only %}').render(Context({"form": BAD}))
    assert 'role="alert" tabindex="-1"' in html
    fields = "".join(field.as_field_group() for field in BAD)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_what", "id_name", "id_on", "id_need", "id_how_0", "id_agree"]
    assert all(f'id="{target}"' in fields for target in targets)


def test_errors_of_the_whole_form_come_first_and_a_good_form_has_no_summary():
    form = SampleForm(data={})
    form.add_error(None, "Those two dates are the wrong way round.")
    source = Template('{% include "components/error_summary.html" with form=form only %}')
    html = source.render(Context({"form": form}))
    assert html.index("wrong way round") < html.index("id_what")
    assert source.render(Context({"form": SampleForm()})).strip() == ""


def test_no_part_of_a_form_has_a_style_of_its_own():
    html = "".join(field.as_field_group() for field in BAD)
    assert "style=" not in html
    assert "<script" not in html

"""Each main page as its main person in a real browser: no accessibility fault, no report of the content policy (the
page fixture fails on one), and no sideways scroll on a phone."""

import pytest
from django.utils import timezone

from sendhub.rules.school_calendar import academic_year
from tests.look.axe import faults
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("sendco", "/s/oakfield/"),
    ("sendco", "/s/oakfield/pupils/"),
    ("sendco", "/s/oakfield/pupils/?provision=all&sort=here&at=2026-09-20"),
    ("sendco", "/s/oakfield/pupils/?provision=K&all=1"),
    ("sendco", "/s/oakfield/pupils/gaps/?gap=key_adult"),
    ("sendco", "/s/oakfield/pupils/register/census/"),
    ("sendco", "/s/oakfield/pupils/register/?at=2026-09-20"),
    ("sendco", "/s/oakfield/pupils/{aisha}/days/"),
    ("head", "/s/oakfield/compliance/"),
    ("head", "/s/oakfield/compliance/told/"),
    ("office", "/s/oakfield/pupils/gaps/?gap=upn"),
    ("office", "/s/oakfield/pupils/{aisha}/contacts/add/"),
    ("sendco", "/s/oakfield/pupils/find/?q=khan"),
    ("sendco", "/s/oakfield/pupils/find/"),
    ("sendco", "/s/oakfield/pupils/reading/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/read/"),
    ("sendco", "/s/oakfield/pupils/reading/tag/?ids={aisha}"),
    ("sendco", "/s/oakfield/pupils/register/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/history/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/first-line/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/adults/add/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/?at=2026-09-01"),
    ("sendco", "/s/oakfield/pupils/{aisha}/move/?after=N"),
    ("sendco", "/s/oakfield/pupils/{aisha}/needs/"),
    ("sendco", "/s/oakfield/pupils/register/move/?ids={aisha}&after=N"),
    ("sendco", "/s/oakfield/pupils/register/told/"),
    ("sendco", "/s/oakfield/pupils/register/letters/"),
    ("sendco", "/s/oakfield/pupils/register/proposals/"),
    ("sendco", "/s/oakfield/pupils/add/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/change/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/leave/"),
    ("sendco", "/s/oakfield/pupils/{gone}/return/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/merge/"),
    ("sendco", "/s/oakfield/pupils/{aisha}/merge/{mei}/"),
    ("sendco", "/s/oakfield/pupils/doubles/"),
    ("sendco", "/s/oakfield/work/operations/"),
    ("sendco", "/s/oakfield/staff/"),
    ("sendco", "/s/oakfield/staff/invite/"),
    ("sendco", "/s/oakfield/staff/school/"),
    ("sendco", "/s/oakfield/pupils/links/?who=all"),
    ("sendco", "/s/oakfield/pupils/links/end/?part=ta"),
    ("sendco", "/s/oakfield/staff/invite/everyone/"),
    ("sendco", "/s/oakfield/first-hour/"),
    ("office", "/s/oakfield/pupils/links/groups/?part=leads"),
    ("office", "/s/oakfield/staff/school/years/"),
    ("office", "/s/oakfield/staff/school/years/{starts}/terms/"),
    ("office", "/s/oakfield/staff/school/years/{starts}/closures/"),
    ("sendco", "/s/oakfield/messages/"),
    ("sendco", "/s/oakfield/work/jobs/"),
    ("teacher", "/s/oakfield/"),
    ("ta", "/s/oakfield/"),
    ("head", "/s/oakfield/"),
    ("governor", "/s/oakfield/"),
    ("office", "/s/oakfield/"),
    ("office", "/s/oakfield/pupils/{aisha}/contacts/"),
    ("office", "/s/oakfield/pupils/imports/"),
    ("trust_lead", "/trust/meridian/"),
]


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_a_page_is_accessible_and_fits_a_phone(cast, browse, person, path):
    member = cast.oakfield.people[person]
    pupils = {key: pupil.pk for key, pupil in cast.oakfield.pupils.items()}
    page = browse(member, path.format(**pupils, starts=academic_year(timezone.localdate())))
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert width_of(page) == 390
    page.set_viewport_size({"width": 320, "height": 700})
    assert width_of(page) == 320

"""A list of needs by number alone: ranked, merged a pupil, and never a way round the register."""

import pytest

from pupils import actions
from pupils.models import ProvisionProposal, Pupil
from tests.imports.conftest import ANN, BEN, CY, IMPORT, doubt, file

HEAD = "UPN,Adno,SEN Need,SEN Need Ranking,SEN Status\n"


def codes(number):
    return list(Pupil.objects.get(mis_id=number).sen_needs.filter(ends_on=None).values_list("code", flat=True))


@pytest.fixture
def here(counts):
    counts(file(ANN, BEN, CY))


def test_one_row_a_need_by_rank(here, counts):
    rows = HEAD + "R302412719001,,ASD,2,K\nR302412719001,,HI,1,K\n,2,,,N\n"
    assert counts(rows) == (0, 1, 1, 1, 0, 0, 1, 1)
    assert codes("1") == ["HI", "ASD"]
    assert counts(rows)[:3] == (0, 0, 2)


def test_another_status_is_proposed_and_its_needs_wait(here, counts):
    assert counts(HEAD + "F302412718001,,MLD,1,K\n")[:3] == (0, 1, 0)
    assert (ProvisionProposal.objects.get().after, codes("2")) == ("K", [])


def test_rows_that_say_two_things_and_numbers_of_nobody(here, counts):
    assert counts(HEAD + "R302412719001,,ASD,1,K\nR302412719001,,HI,2,E\n,999,HI,1,K\n,3,XX,1,Q\n")[2:6] == (0, 2, 1, 2)
    assert codes("1") == ["SLCN"]


def test_a_need_that_nobody_knows_is_noted(here, bring):
    assert bring(HEAD + "R302412719001,,SLCN; XX,1,K\n").notes == {
        "A type of need is not one that we know and was left out.": [2]
    }


def test_a_blank_ends_needs_only_if_asked(here, counts, upload, apply):
    text = "UPN,SEN Need\nR302412719001,\n"
    assert counts(text)[2] == 1
    apply(actions.set_choices(batch=upload(text), take_blanks=True, by=IMPORT))
    assert codes("1") == []


def test_a_name_that_does_not_fit_is_a_doubt(here, upload):
    batch = upload('UPN,Pupil Name,SEN Need\nR302412719001,"Marsh, Ann",HI\n')
    assert (batch.kind, batch.counts["in_doubt"]) == ("pupils", 1)
    batch = upload('UPN,Learner Name,SEN Need\nR302412719001,"Marsh, Ann",HI\n')
    assert batch.kind == "needs"
    batch = actions.set_columns(batch=batch, columns={"Learner Name": "pupil_name"}, by=IMPORT)
    assert doubt(batch, 2).pupil.mis_id == "1"

"""Moves on the register as actions: never without the family, never two provisions on a day, and what follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pupils import actions
from pupils.models import (
    Contact,
    FamilyLetter,
    ProvisionProposal,
    PupilFlag,
    RegisterMove,
    SENNeed,
    SENRecord,
)
from pupils.queries import register_counts
from pupils.queries.moving import contacts_of, may_be_written_to, standings_of
from sendhub.kit.models import Operation
from sendhub.outbox import letters as outbox_letters
from sendhub.outbox.models import Message


def telling(oakfield, today):
    return {"told_on": today, "told_how": "meeting", "told_by": oakfield.sendco.staff}


def move(oakfield, key, after, on, **changes):
    wanted = {"reason": "Reads two years behind.", "by": oakfield.sendco, **telling(oakfield, timezone.localdate())}
    return actions.move_on_register(pupil=oakfield.pupils[key], after=after, on=on, **{**wanted, **changes})


def letter_to(pupil, text="From [day] there is news about [name].", **options):
    readers = contacts_of(pupil.school_id, [pupil.pk])
    return {"letter": actions.Letter(text, readers, **options), "told_on": None, "told_how": "", "told_by": None}


def held(pupil):
    rows = SENRecord.objects.filter(pupil=pupil).order_by("starts_on")
    return list(rows.values_list("provision", "starts_on", "ends_on"))


def test_on_to_sen_support(oakfield, inside, today):
    mei = oakfield.pupils["mei"]
    with inside():
        moved = move(oakfield, "mei", "K", today)
        made = RegisterMove.objects.get()
        assert held(mei) == [("K", today, None)]
        event = RegisterMove.pgh_event_model.objects.get()
    assert (made.before, made.after, made.on, made.told, made.told_how) == ("N", "K", today, "told", "meeting")
    assert (made.told_on, made.told_by_id, made.source) == (today, oakfield.sendco.staff_id, "person")
    assert event.pgh_context["operation"] == moved.operation.pk
    assert moved.operation.title == "1 pupil on to SEN Support"


def test_from_sen_support_to_a_plan_and_off(oakfield, inside, today):
    aisha, began = oakfield.pupils["aisha"], today - timedelta(days=200)
    with inside():
        move(oakfield, "aisha", "E", today - timedelta(days=9), council_on=today - timedelta(days=9))
        move(oakfield, "aisha", "N", today, council_on=today)
        assert held(aisha) == [
            ("K", began, today - timedelta(days=10)),
            ("E", today - timedelta(days=9), today - timedelta(days=1)),
        ]
        assert not SENNeed.objects.filter(pupil=aisha, ends_on__isnull=True).exists()
        assert list(RegisterMove.objects.values_list("before", "after")) == [("E", "N"), ("K", "E")]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"reason": " "}, "reason", "Say why"),
        ({"told_on": None}, "tell", "not saved without"),
        ({"told_by": None}, "tell", "not saved without"),
        ({"after": "K"}, "after", "what the register says already"),
        ({"after": "E"}, "council_on", "Only the council"),
        ({"council_on": date(2026, 1, 1)}, "council_on", "Leave its date empty"),
    ],
)
def test_a_move_is_refused_in_a_sentence_and_nothing_is_written(oakfield, inside, today, change, field, words):
    change = dict(change)
    after = change.pop("after", "N")
    with inside():
        with pytest.raises(ValidationError) as refused:
            move(oakfield, "aisha", after, today, **change)
        assert words in refused.value.message_dict[field][0]
        assert not RegisterMove.objects.exists()
        assert not Operation.objects.exists()


@pytest.mark.parametrize("days", [0, 1, 30])
def test_a_move_before_the_present_provision_began_is_refused_and_says_what_to_do(oakfield, inside, today, days):
    began = today - timedelta(days=200)
    with inside(), pytest.raises(ValidationError) as refused:
        move(oakfield, "aisha", "N", began - timedelta(days=days))
    words = refused.value.message_dict["on"][0]
    assert "SEN Support” began on" in words
    assert "Choose a later day" in words
    assert "undo the move" in words


def test_after_leaving_the_register_no_move_reaches_back_into_the_time_on_it(oakfield, inside, today):
    with inside():
        move(oakfield, "aisha", "N", today - timedelta(days=5))
        with pytest.raises(ValidationError) as refused:
            move(oakfield, "aisha", "K", today - timedelta(days=5))
        assert "Not on the register” began" in refused.value.message_dict["on"][0]
        move(oakfield, "aisha", "K", today)
        assert len(held(oakfield.pupils["aisha"])) == 2


def test_a_beginning_that_was_only_seen_in_a_file_does_not_stand_in_the_way(oakfield, inside, today):
    """Imported this morning, moved with the council's date of last week: the day before the move it held, at least."""
    aisha, council = oakfield.pupils["aisha"], today - timedelta(days=7)
    with inside():
        SENRecord.objects.filter(pupil=aisha).update(starts_on=today, start_known=False)
        SENNeed.objects.filter(pupil=aisha).update(starts_on=today)
        move(oakfield, "aisha", "E", council, council_on=council)
        day_before = council - timedelta(days=1)
        assert held(aisha) == [("K", day_before, day_before), ("E", council, None)]


def test_off_the_register_keeps_needs_of_an_unknown_beginning_and_drops_those_that_never_held(oakfield, inside, today):
    aisha, leon = oakfield.pupils["aisha"], oakfield.pupils["leon"]
    on = today - timedelta(days=3)
    with inside():
        SENRecord.objects.filter(pupil=aisha).update(starts_on=today, start_known=False)
        SENNeed.objects.filter(pupil__in=[aisha, leon]).update(starts_on=today)
        move(oakfield, "aisha", "N", on)
        move(oakfield, "leon", "N", on, council_on=on)
        assert list(SENNeed.objects.values_list("pupil_id", "ends_on")) == [(aisha.pk, on - timedelta(days=1))]


def test_a_letter_is_drafted_for_each_adult_and_the_notice_queued(oakfield, inside, today):
    mei = oakfield.pupils["mei"]
    with inside():
        Contact.objects.create(
            school=oakfield.school, pupil=mei, priority=2, title="Mr", forename="Li", surname="Zhou",
            parental_responsibility=True,
        )  # fmt: skip
        moved = move(oakfield, "mei", "K", today, **letter_to(mei))
        first, second = FamilyLetter.objects.order_by("pk")
        message = Message.objects.select_related("school").get()
        notice = outbox_letters.write(message)
    assert moved.moves[0].told == "letter"
    assert (first.way, first.sent_on, first.addressee) == ("email", today, "Parent Zhou")
    assert (second.way, second.sent_on, second.addressee) == ("post", None, "Mr Li Zhou")
    assert first.text == second.text
    assert second.text.startswith("From 25") or second.text.startswith("From ")
    assert "news about Mei." in second.text
    assert message.key == f"family_letter:{first.pk}:notice"
    said = notice.subject + notice.text + notice.html
    assert "your child" in said
    assert "Priya Nair" in said
    for word in ("Mei", "SEN ", "SEND", "SENDCO", "Support", "EHC", "plan", "register", "need"):
        assert word not in said, word


def test_no_notice_goes_once_the_letter_is_printed_instead(oakfield, inside, today):
    mei = oakfield.pupils["mei"]
    with inside():
        made = move(oakfield, "mei", "K", today, **letter_to(mei)).letters
        actions.print_instead(letters=made, by=oakfield.sendco)
        assert outbox_letters.write(Message.objects.get()) is None
        assert FamilyLetter.objects.get().sent_on is None


def test_print_all_sends_no_mail(oakfield, inside, today):
    mei = oakfield.pupils["mei"]
    with inside():
        move(oakfield, "mei", "K", today, **letter_to(mei, print_all=True))
        assert FamilyLetter.objects.get().way == "post"
        assert not Message.objects.exists()


def test_a_letter_to_nobody_saves_nothing(oakfield, inside, today):
    with inside(), pytest.raises(ValidationError) as refused:
        letter = {"letter": actions.Letter("Hello", {}), "told_on": None, "told_how": "", "told_by": None}
        move(oakfield, "mei", "K", today, **letter)
    assert "Choose one" in refused.value.message_dict["contacts"][0]


@pytest.mark.parametrize(
    ("responsibility", "order", "may"),
    [(True, "", True), (True, "No contact", False), (False, "", False), (None, "", False)],
)
def test_whom_a_letter_goes_to_by_itself(responsibility, order, may):
    assert may_be_written_to(Contact(parental_responsibility=responsibility, court_order=order)) is may


def test_many_at_once_leave_out_those_to_whom_it_does_not_apply(oakfield, inside, today):
    pupils = [oakfield.pupils[key] for key in ("aisha", "leon", "mei")]
    with inside():
        moved = actions.move_many(
            pupils=pupils, after="K", on=today, reason="Screened.", by=oakfield.sendco, **telling(oakfield, today)
        )
        assert [(left.pupil, left.now) for left in moved.left_out] == [
            (pupils[0], "SEN Support"),
            (pupils[1], "EHC plan"),
        ]
        assert "says already" in moved.left_out[0].why
        assert "Only the council" in moved.left_out[1].why
        assert [made.pupil for made in moved.moves] == [pupils[2]]
        assert Operation.objects.get().title == "1 pupil on to SEN Support"
        none = actions.move_many(
            pupils=pupils[:1], after="K", on=today, reason="Screened.", by=oakfield.sendco, **telling(oakfield, today)
        )
        assert (none.operation, none.moves) == (None, [])


def test_a_move_from_a_file_cannot_tell(oakfield, inside, today):
    with inside():
        made = actions.move_on_register(
            pupil=oakfield.pupils["mei"], after="K", on=today, reason="", by=oakfield.sendco, source="file"
        ).moves[0]
    assert (made.told, made.source) == ("cannot_tell", "file")


def test_a_move_accepts_the_proposal_that_says_the_same_and_leaves_another_open(oakfield, inside, today):
    mei, aisha = oakfield.pupils["mei"], oakfield.pupils["aisha"]
    with inside():
        for pupil, before, after in ((mei, "N", "K"), (aisha, "K", "N")):
            ProvisionProposal.objects.create(
                school=oakfield.school, pupil=pupil, before=before, after=after, seen_on=today
            )
        made = move(oakfield, "mei", "K", today).moves[0]
        move(oakfield, "aisha", "E", today, council_on=today)
        same, other = ProvisionProposal.objects.order_by("pk")
        assert (same.state, same.move_id, same.decided_on) == ("accepted", made.pk, today)
        assert (other.state, other.move_id) == ("open", None)
        assert actions.set_aside(proposals=[same, other], note="The plan is new.", by=oakfield.sendco) == 1
        assert actions.set_aside(proposals=[same], note="", by=oakfield.sendco) == 0
        other.refresh_from_db()
    assert (other.state, other.note) == ("set_aside", "The plan is new.")


def test_flags_never_change_the_counts(oakfield, inside, today):
    pupils = [oakfield.pupils[key] for key in ("aisha", "mei")]
    with inside():
        before = register_counts(oakfield.school, hide=False)
        for kind in PupilFlag.Kind.values:
            actions.set_flag(pupils=pupils, kind=kind, starts_on=today, note="", by=oakfield.sendco)
        assert register_counts(oakfield.school, hide=False) == before
        assert PupilFlag.objects.count() == 4


def test_a_flag_is_set_once_and_ended_with_a_day(oakfield, inside, today):
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    with inside():
        actions.set_flag(pupils=[aisha], kind="concern", starts_on=today, note="Tired.", by=oakfield.sendco)
        both = actions.set_flag(pupils=[aisha, mei], kind="concern", starts_on=today, by=oakfield.sendco)
        assert ([flag.pupil for flag in both.flags], both.left_out) == ([mei], [aisha])
        assert actions.set_flag(pupils=[aisha], kind="concern", starts_on=today, by=oakfield.sendco).flags == []
        flag = PupilFlag.objects.get(pupil=aisha)
        with pytest.raises(ValidationError, match="It began on"):
            actions.end_flag(flags=[flag], ends_on=today - timedelta(days=1), by=oakfield.sendco)
        actions.end_flag(flags=[flag], ends_on=today, note="Sleeps better.", by=oakfield.sendco)
        flag.refresh_from_db()
    assert (flag.ends_on, flag.note) == (today, "Sleeps better.")


def test_standings_of_say_what_holds_and_since_when(oakfield, inside, today):
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    with inside():
        found = standings_of(oakfield.school.pk, [aisha.pk, mei.pk])
    assert (found[aisha.pk].provision, found[aisha.pk].since) == ("K", today - timedelta(days=200))
    assert (found[mei.pk].provision, found[mei.pk].since, found[mei.pk].record) == ("N", None, None)

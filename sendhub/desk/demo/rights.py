"""A parent who asks for everything, a breach and a complaint that are dealt with, a date that a family disputes: the
pages about rights are alive on the first day, and nothing on them is late."""

from datetime import timedelta

from django.utils import timezone

from pupils.actions import add_correction
from pupils.models import Contact
from sendhub.desk.actions import add_breach, add_complaint, add_request


def write_down(school, register, members, today):
    """`register` is [(pupil, main need)]; the data protection lead keeps the logs."""
    lead = members["Adler"]
    pupils = [pupil.pk for pupil, _ in register]
    asks = Contact.objects.filter(
        school=school, pupil_id__in=pupils, parental_responsibility=True, court_order=""
    ).select_related("pupil")
    parent = asks.order_by("pupil__form", "id").first()
    if parent is not None:
        add_request(
            pupil=parent.pupil, who="parent", contact=parent, asked_on=today - timedelta(days=6),
            settled_on=today - timedelta(days=5), settled_how="Known to the office", by=lead,
        )  # fmt: skip
        add_correction(
            pupil=parent.pupil, about="When the first concern was", said="We told the class teacher in May.",
            said_by=parent.name, said_on=today - timedelta(days=20), outcome="changed",
            decided_on=today - timedelta(days=12), by=members["Nair"],
        )  # fmt: skip
    known = timezone.now() - timedelta(days=40)
    add_breach(
        school=school, aware_at=known, what="A timetable with names and rooms was left in the staff car park.",
        kinds="Names, forms and rooms of six pupils", people=6, risk="none",
        risk_why="Found within the hour by a colleague; nothing on it says why the pupils were listed.",
        done="Timetables are no longer printed.", closed_on=today - timedelta(days=38), by=lead,
    )  # fmt: skip
    add_complaint(
        school=school, received_on=today - timedelta(days=60), who="A parent in Year 8",
        about="A letter went to an old address.", acknowledged_on=today - timedelta(days=58),
        answered_on=today - timedelta(days=50), outcome="We said sorry, and put the address right.",
        by=lead,
    )  # fmt: skip

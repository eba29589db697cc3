"""By when what supports a pupil is looked at again, counted from what happened. Each function gives one Deadline.

What does not live here: whose it is (`pupils`) and how it is worded on Today (`sendhub.desk`).
"""

from datetime import date

from sendhub.rules.arrangements import Approval
from sendhub.rules.deadline import Deadline, add_months, add_weeks, from_provision
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import add_working_days


def healthcare_review(reviewed_on: date | None, today: date) -> Deadline:
    """A healthcare plan is looked at again. None: nobody can tell when it last was."""
    rule = provision("healthcare_plan_months", today)
    return from_provision(
        rule,
        due=None if reviewed_on is None else add_months(reviewed_on, rule.value),
        anchor="the day on which it was last looked at",
        basis=f"at least every {rule.value} months",
    )


def arrangement_renewal(approved_on: date | None, own: date | None, approval: str, today: date) -> Deadline:
    """An approval runs out: on the day that it names itself (`own`), else counted where somebody outside gave it.
    What the school approves itself, or has not been approved, has no such day."""
    rule = provision("arrangement_approval_months", today)
    outside = approved_on is not None and approval != Approval.DELEGATED
    due = own or (add_months(approved_on, rule.value) if outside and approved_on else None)
    return from_provision(
        rule, due=due, anchor="the day of the approval", applies=due is not None, basis=f"up to {rule.value} months"
    )


def usual_way(last_said: date | None, began: date | None, ends: date | None, today: date) -> Deadline:
    """Somebody says in each half term that an arrangement is used. `began` and `ends` are those of this half term."""
    said = last_said if last_said and began and last_said >= began else None
    return from_provision(
        provision("usual_way_times", today),
        due=None if began is None else ends,
        anchor="the half term",
        basis="once a half term is our count",
        happened_on=said,
    )


def adjustment_check(since: date, confirmed_on: date | None, own: date | None, today: date) -> Deadline:
    """Somebody says whether an adjustment is still needed: by a day of the school's own, or counted."""
    rule = provision("adjustment_check_months", today)
    last = confirmed_on or since
    counted = add_months(last, rule.value)
    return from_provision(
        rule,
        due=own if own and own > last else counted,
        anchor="when somebody last said so",
        basis=f"the law sets no number, we count {rule.value} months",
    )


def risk_review(review_on: date, today: date) -> Deadline:
    """A risk plan is looked at again on the day that its makers chose."""
    return from_provision(
        provision("risk_plan_months", today), due=review_on, anchor="the day on the plan", basis="the day on the plan"
    )


def first_risk_review(made_on: date, today: date) -> date:
    """The day that a new risk plan is offered for its review."""
    return add_months(made_on, provision("risk_plan_months", today).value)


def risk_plan_read(words_of: date, today: date) -> Deadline:
    """Each adult linked to the pupil reads a risk plan, or its new words, of that day."""
    rule = provision("risk_plan_read_working_days", today)
    return from_provision(
        rule,
        due=add_working_days(words_of, rule.value),
        anchor="the day of its words",
        basis=f"we count {rule.value} working days",
    )


def agency_heard(last_contact: date | None, since: date, today: date) -> Deadline:
    """Somebody is in touch with an agency that works with a pupil."""
    rule = provision("agency_contact_weeks", today)
    return from_provision(
        rule,
        due=add_weeks(last_contact or since, rule.value),
        anchor="the last contact",
        basis=f"we count {rule.value} weeks, about a term",
    )

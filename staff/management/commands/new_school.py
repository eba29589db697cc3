"""Open a school and invite its SENDCO: `manage.py new_school --name NAME --slug SLUG --la 302 --estab 4127
--sendco-email ADDRESS`. Prints the link of the invitation, in case mail is not set up yet, and queues its mail."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import RegexValidator, validate_email, validate_slug
from django.db import IntegrityError, transaction

from sendhub.access import Role
from sendhub.audit import Actor
from sendhub.tenancy import school_context
from staff import actions

OPERATOR = Actor("system:operator", "Whoever runs this service")


class Command(BaseCommand):
    help = "Open a school and invite its SENDCO."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="as it stands on letters")
        parser.add_argument("--slug", required=True, help="in every address: letters, digits and hyphens")
        parser.add_argument("--la", required=True, help="the council's number, three digits")
        parser.add_argument("--estab", required=True, help="the school's number, four digits")
        parser.add_argument("--sendco-email", required=True)
        parser.add_argument("--sendco-name", default="")

    def handle(self, *, name, slug, la, estab, sendco_email, sendco_name, **options):
        if settings.DEMO:
            raise CommandError("SENDHUB_DEMO is on: a real school may not stand beside the demo.")
        check(validate_slug, slug, "slug")
        check(RegexValidator(r"\A[a-z0-9-]{1,50}\Z"), slug, "slug")
        check(RegexValidator(r"\A\d{3}\Z"), la, "la")
        check(RegexValidator(r"\A\d{4}\Z"), estab, "estab")
        check(validate_email, sendco_email, "sendco-email")
        try:
            url = open_school(name, slug, la, estab, sendco_email, sendco_name)
        except IntegrityError as error:
            raise CommandError("A school with this slug, or with these numbers, is here already.") from error
        self.stdout.write(f"{name} is open. Its SENDCO's invitation works once, for seven days:\n{url}")
        self.stdout.write("It is also on its way by mail.")


WANTED = {
    "slug": "small letters, digits and hyphens",
    "la": "the council's number, three digits",
    "estab": "the school's number, four digits",
    "sendco-email": "an e-mail address",
}


def check(validator, value, option):
    try:
        validator(value)
    except ValidationError as error:
        raise CommandError(f"--{option} {value!r} will not do: give {WANTED[option]}.") from error


@transaction.atomic
def open_school(name, slug, la, estab, email, person):
    """The invitation's address, after making the school and queueing the mail."""
    school = actions.add_school(name=name, slug=slug, la_code=la, estab=estab, setting_up=True, by=OPERATOR)
    with school_context(school.pk):
        invitation = actions.invite(
            school=school, email=email, name=person or "SENDCO", roles=[Role.SENDCO.value], by=OPERATOR
        )
        return actions.make_link(invitation=invitation, by=OPERATOR)[1]

"""Input of the pages about rights and the end of a record."""

from sendhub.desk.rights.forms.logs import BreachForm, ComplaintForm
from sendhub.desk.rights.forms.requests import FindForm, RequestAddForm, RequestForm, TickForm

__all__ = ["BreachForm", "ComplaintForm", "FindForm", "RequestAddForm", "RequestForm", "TickForm"]

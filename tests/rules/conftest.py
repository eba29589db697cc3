"""Settings of hypothesis for the tables of the law; no fixtures."""

from hypothesis import settings

# No limit of time for one example: a busy machine is no fault of a rule.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

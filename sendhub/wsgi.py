"""The web server's door to the app. It does not open for a database login that row security lets through."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")

application = get_wsgi_application()

from sendhub.checks import refuse_unsafe_login  # noqa: E402  needs the app registry
from staff.signin.demo import refuse_real_schools  # noqa: E402

refuse_real_schools()
refuse_unsafe_login()

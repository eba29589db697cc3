"""The spine: what every app needs, and nothing that belongs to one noun."""

from sendhub.celery import app as celery_app

__all__ = ["celery_app"]

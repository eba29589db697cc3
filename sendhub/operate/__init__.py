"""Keeping the installation whole: backups and their restore, the drill that proves them, the doctor.

Here: what the commands `backup`, `restore` and `doctor` do, and the page that says when the last ones were. Not here:
the embedded services of `make run` (sendhub.local), health for a load balancer (sendhub.health).
"""

"""The embedded default: Postgres and Valkey from their wheels under .local/, and the processes on top of them.

Here: what `make run`, `make test`, `make manage` and `make reset` do. Not here: anything production needs
(docker-compose.yml does that), or anything about schools. Nothing in this package imports Django's settings.
"""

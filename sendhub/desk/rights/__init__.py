"""Rights and the end of a record: who asked for a child's data, the logs of what went wrong, how long a record is kept
and how it goes, the file for the next school. The tables are in `sendhub.desk.models`, the law in `sendhub.rules`."""

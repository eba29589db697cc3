"""Asks the web process in this container whether it can serve. Exit code 0 when /readyz answers 200."""

import http.client
import os
import sys


def main(port=8000):
    # By the first of our own names: Django answers no other.
    host = os.environ["SENDHUB_HOSTS"].split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

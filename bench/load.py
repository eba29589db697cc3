"""Requests a second and 95th percentiles: eight clients against the real web server, on loopback."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time

CLIENTS = 8
SECONDS = 8


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(port):
    """gunicorn as `make run` starts it: two sync workers."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "sendhub.wsgi",
            "-w",
            "2",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
        ],
        env={**os.environ, "SENDHUB_LOG_LEVEL": "ERROR"},
        start_new_session=True,
    )
    for _ in range(100):
        try:
            get(port, "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.terminate()
    raise RuntimeError("The web server did not start.")


def get(port, path, cookie):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", path, headers={"Cookie": cookie, "Host": f"localhost:{port}"})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status


def run(port, path, cookie):
    """(requests a second, 95th percentile in ms) for one page; raises when any answer is not 200."""
    times, wrong = [], []
    stop = time.monotonic() + SECONDS

    def client():
        while time.monotonic() < stop and not wrong:
            started = time.perf_counter()
            status = get(port, path, cookie)
            times.append((time.perf_counter() - started) * 1000)
            if status != 200:
                wrong.append(status)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{path} answered {wrong[0]} under load")
    return len(times) / SECONDS, statistics.quantiles(times, n=20)[-1]

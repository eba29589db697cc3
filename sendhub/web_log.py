"""What gunicorn itself writes, as JSON and without the caller's words: it would quote addresses and headers.

Named on gunicorn's command line (--logger-class), and so in no setting.
"""

from gunicorn.glogging import Logger

from sendhub.logs import JsonFormatter


class WebLog(Logger):
    """gunicorn's own log, in our format."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

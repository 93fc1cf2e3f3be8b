"""Logs to stderr: one line per event, key=value on a terminal, JSON elsewhere. Never a token, never a figure."""

import logging
import sys

import structlog

_PROCESSORS: list[structlog.typing.Processor] = []
"""One list for the whole process: loggers keep the one they were first used with."""


def configure_logs(level: str) -> None:
    """Once per process. `level`: debug, info, warning or error."""
    terminal = sys.stderr.isatty()
    penata: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer()
    )
    _PROCESSORS[:] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([] if terminal else [structlog.processors.format_exc_info]),
        penata,
    ]
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # graphql-core errors are logged by us, once, under their id
    logging.getLogger("strawberry").setLevel(logging.CRITICAL + 1)

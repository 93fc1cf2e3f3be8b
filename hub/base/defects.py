"""Unexpected failures: logged in full under a number, told to the reader by that number alone."""

import uuid

import structlog

DEFECT = "KESALAHAN_DALAM"


def report_defect(error: BaseException, logger: str) -> tuple[str, str]:
    """(sentence for the reader, number)."""
    number = uuid.uuid4().hex[:12]
    structlog.get_logger(logger).error("kesalahan tak terduga", nomor=number, exc_info=error)
    return (
        f"Terjadi kesalahan di dalam hub (nomor {number}). Coba lagi; bila berulang, sebutkan nomor ini kepada pengelola.",
        number,
    )

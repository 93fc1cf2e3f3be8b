"""Days since 1900 or 1904, as spreadsheets keep dates, written as ISO writes them. Pure."""

from datetime import datetime, timedelta

MOMENT, TIME, SPAN = "MOMENT", "TIME", "SPAN"
_FIRST = datetime(1899, 12, 30)
_DAYS_TO_1904 = 1462
_LEAP_THAT_WAS_NONE = 60  # 29 February 1900: days before it are counted one too few
_AFTER_LAST = 2_958_466  # the year 10000
_DAY = 86_400  # seconds


def written_date(days: float, kind: str, *, from_1904: bool = False) -> str | None:
    """ "2021-03-05", "2021-03-05 08:30:00", "08:30:00" or, of a span, "26:30:00". None where that number is no such thing."""
    if kind == SPAN:
        seconds = round(abs(days) * _DAY) if abs(days) < _AFTER_LAST else 0
        hours, rest = divmod(seconds, 3600)
        return f"{'-' if days < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}" if abs(days) < _AFTER_LAST else None
    if from_1904:
        days += _DAYS_TO_1904 if days >= 1 or kind == MOMENT else 0
    if not 0 <= days < _AFTER_LAST or (kind == MOMENT and days < 1):
        return None
    seconds = round(days % 1 * _DAY)
    moment = _FIRST + timedelta(int(days) + (1 <= days < _LEAP_THAT_WAS_NONE), seconds)
    if days < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if not seconds or seconds == _DAY else moment.isoformat(" ")

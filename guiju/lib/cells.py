"""A cell of a spreadsheet as the text a person sees in it."""

from datetime import date, datetime, time, timedelta


def cell_text(value: object) -> str:
    """Whole numbers without ".0", others with the 15 digits a spreadsheet keeps; dates and times as in ISO 8601."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", _precision(value.time()))
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(_precision(value))
        case timedelta():
            return _duration(value)
    return str(value)


def _precision(value: time) -> str:
    return "seconds" if value.second or value.microsecond else "minutes"


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}"

"""The sample's calendar: everything in it is told in days before or after today, so that it never grows old."""

from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

OPENS, CLOSES = 8 * 60 + 30, 17 * 60 + 30  # the office, in minutes of the day


class Days:
    """Dates and instants relative to the moment at which the sample is made, where the organization is."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now.astimezone(zone)
        self.zone = zone

    @property
    def today(self) -> date:
        return self.now.date()

    def workday(self, count: int) -> date:
        """The day `count` working days from today: -1 is the last before today, 0 is today, whichever day that is."""
        day, step = self.today, timedelta(days=1 if count > 0 else -1)
        for _counted in range(abs(count)):
            day += step
            while day.weekday() > 4:
                day += step
        return day

    def day(self, count: int) -> date:
        """The day `count` calendar days from today."""
        return self.today + timedelta(days=count)

    def at(self, count: int, clock: str) -> datetime:
        """The instant on a working day; `clock` is "16:05", or "-40" for so many minutes before now."""
        if clock.startswith("-"):
            return self.now - timedelta(minutes=int(clock[1:]))
        hour, _, minute = clock.partition(":")
        return datetime.combine(self.workday(count), time(int(hour), int(minute)), self.zone)


def some_time(of: str) -> str:
    """A time of the working day for what has no time of its own; always the same for the same text."""
    minutes = OPENS + crc32(of.encode()) % (CLOSES - OPENS)
    return f"{minutes // 60}:{minutes % 60:02d}"

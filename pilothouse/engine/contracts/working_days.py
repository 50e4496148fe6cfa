"""Which days are working days, and how are they counted?

By country and region, with the public holidays that `holidays` knows. Where the region is not known, every holiday of
any region counts as one: fewer working days make every date to act by earlier, never later. Of a country that is not
known, only Saturdays and Sundays are free, and `known` says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from pilothouse.engine.contracts.terms import BusinessDays, Week
from pilothouse.engine.dates import OutOfCalendar

MOST_BUSINESS_DAYS = 1000
_SATURDAY, _SUNDAY = 5, 6
_TYPICAL_YEAR = 2024
_DAY = timedelta(1)


class WorkingDays:
    """The working days of one country and region; built once for many contracts (see `working_days`)."""

    def __init__(self, country: str, region: str) -> None:
        self._country, self._region = country, region
        self._years: dict[int, frozenset[date]] = {}
        self.known = _is_known(country)
        self.region_known = self.known and region in _regions(country)

    def is_working(self, day: date, week: Week = Week.MON_FRI) -> bool:
        """Whether work is done on a day; Saturdays only in a week that has them."""
        weekday = day.weekday()
        if weekday == _SUNDAY or (weekday == _SATURDAY and week is Week.MON_FRI):
            return False
        free = self._years.get(day.year)
        if free is None:
            free = self._years[day.year] = self._holidays(day.year)
        return day not in free

    def last_until(self, day: date) -> date:
        """The last working day that is not past `day`."""
        while not self.is_working(day):
            day = _the_day_before(day)
        return day

    def back(self, day: date, count: int) -> date:
        """The working day that is `count` working days before the working day `day`."""
        for _ in range(count):
            day = self.last_until(_the_day_before(day))
        return day

    def after(self, day: date, length: BusinessDays) -> date:
        """The business day that is `length` after a day, which itself does not count."""
        left = length.count
        try:
            while left > 0:
                day += _DAY
                left -= self.is_working(day, length.week)
        except OverflowError as error:
            raise OutOfCalendar(f"{length.count} business days later lies outside the calendar.") from error
        return day

    def latest_before(self, day: date, length: BusinessDays) -> date:
        """The latest day from which `length` later is not past `day`."""
        left = length.count
        while left > 0:
            left -= self.is_working(day, length.week)
            day = _the_day_before(day)
        return day

    def _holidays(self, year: int) -> frozenset[date]:
        return _holidays_of(self._country, self._region if self.region_known else "", year)


@lru_cache(maxsize=512)
def working_days(country: str, region: str) -> WorkingDays:
    """The working days of a country ("BE") and region ("BY", "DE-BY", "" unknown)."""
    country = country.strip().upper()
    return WorkingDays(country, region.strip().upper().removeprefix(f"{country}-"))


def _the_day_before(day: date) -> date:
    try:
        return day - _DAY
    except OverflowError as error:
        raise OutOfCalendar("Counting back leaves the calendar.") from error


@lru_cache(maxsize=64)
def _is_known(country: str) -> bool:
    import holidays  # here, since it takes its time to load and calendar notice needs none of it

    return country in holidays.list_supported_countries()


@lru_cache(maxsize=64)
def _regions(country: str) -> frozenset[str]:
    """The regions of a country; "" among them where it makes no difference which one it is."""
    import holidays

    everywhere = set(holidays.country_holidays(country, years=_TYPICAL_YEAR))
    regions = holidays.list_supported_countries().get(country, [])
    own = [set(holidays.country_holidays(country, subdiv=r, years=_TYPICAL_YEAR)) for r in regions]
    return frozenset(regions) | (frozenset() if any(found - everywhere for found in own) else {""})


@lru_cache(maxsize=4096)
def _holidays_of(country: str, region: str, year: int) -> frozenset[date]:
    """The public holidays of a year; of all regions together where the region is not known."""
    if not _is_known(country):
        return frozenset()
    import holidays

    found = set(holidays.country_holidays(country, subdiv=region or None, years=year))
    if not region:
        for each in _regions(country) - {""}:
            found.update(holidays.country_holidays(country, subdiv=each, years=year))
    return frozenset(found)

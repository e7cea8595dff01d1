"""Days and months as an office of Viet Nam counts them."""

from generator.calendar.months import add_months
from generator.calendar.working_days import CalendarUnknown, WorkingCalendar
from generator.calendar.years import CalendarDay, YearTable, calendar_year, uncertain_years, year_note, year_table

__all__ = [
    "CalendarDay",
    "CalendarUnknown",
    "WorkingCalendar",
    "YearTable",
    "add_months",
    "calendar_year",
    "uncertain_years",
    "year_note",
    "year_table",
]

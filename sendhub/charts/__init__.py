"""Charts as SVG text, the same for page and PDF: plain functions, figures in, a Chart out. No query, no request.

Each chart brings its finding in words and its figures as a table, for "See this as a table" and for CSV.
"""

from sendhub.charts.attendance import attendance_lines
from sendhub.charts.meter import meter
from sendhub.charts.register import NeedCount, register_by_need
from sendhub.charts.svg import PALETTE, Chart
from sendhub.charts.year import year_calendar

__all__ = ["PALETTE", "Chart", "NeedCount", "attendance_lines", "meter", "register_by_need", "year_calendar"]

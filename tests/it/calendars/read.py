"""Reads calendar files and tells each event as JSON, one a line: what an independent program makes of them.

Hours are told twice: by the zone database of Python, and by the rules that stand in the file itself.
"""

import datetime
import json
import sys

import icalendar
from icalendar.timezone import tzp


def told(at, rules):
    """A date as it is; an hour with its offset, by name and by the file's own rules."""
    if not isinstance(at, datetime.datetime):
        return {"day": at.isoformat()}
    name = getattr(at.tzinfo, "key", None)
    said = {"by_name": at.isoformat()}
    if name in rules:
        said["by_rules"] = at.replace(tzinfo=rules[name]).isoformat()
    return said


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    errors = [str(error) for part in calendar.walk() for error in getattr(part, "errors", [])]
    rules = {str(zone["TZID"]): zone.to_tz(tzp=tzp, lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        alarms = [alarm for alarm in event.walk("VALARM")]
        print(
            json.dumps(
                {
                    "errors": errors,
                    "method": str(calendar["METHOD"]),
                    "uid": str(event["UID"]),
                    "sequence": int(event["SEQUENCE"]),
                    "status": str(event["STATUS"]),
                    "summary": str(event["SUMMARY"]),
                    "start": told(event["DTSTART"].dt, rules),
                    "end": told(event["DTEND"].dt, rules) if "DTEND" in event else None,
                    "rule": event["RRULE"].to_ical().decode() if "RRULE" in event else None,
                    "alarms": [str(alarm["TRIGGER"].dt) for alarm in alarms],
                }
            )
        )

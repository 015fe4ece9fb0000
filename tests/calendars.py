"""Reads a calendar by the rules of RFC 5545, strictly, knowing nothing of what wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Z-]+)=("[^"]*"|[^";:,]*)')
_ESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@dataclass
class Component:
    """A part of a calendar, "VEVENT": its properties, each with parameters, and parts within."""

    name: str
    properties: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A property as people read it; empty where it is not there."""
        value = self.properties.get(name, ({}, ""))[1]
        assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
        return re.sub(r"\\(.)", lambda found: _ESCAPED[found[0]], value)

    def when(self, name: str) -> date | datetime | None:
        parameters, value = self.properties.get(name, ({}, ""))
        if not value:
            return None
        if parameters.get("VALUE") == "DATE":
            return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    @property
    def events(self) -> list[Component]:
        return [part for part in self.parts if part.name == "VEVENT"]


def read(file: bytes) -> Component:
    """The calendar in a file. Raises AssertionError for what breaks a rule."""
    lines = file.decode().split("\r\n")
    assert lines.pop() == "", "The last line ends as every line does."
    assert all(len(line.encode()) <= 75 for line in lines), "A line is too long."
    assert not any(re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines)
    outside = Component("")
    inside = [outside]
    for line in re.sub(r"\r\n[ \t]", "", "\r\n".join(lines)).split("\r\n"):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found[1], found[3]
        parameters = {key: said.strip('"') for key, said in _PARAMETER.findall(found[2])}
        if name == "BEGIN":
            inside[-1].parts.append(part := Component(value))
            inside.append(part)
        elif name == "END":
            assert inside.pop().name == value
        else:
            assert name not in inside[-1].properties, f"{name} stands there twice."
            inside[-1].properties[name] = (parameters, value)
    (calendar,) = outside.parts
    _has_what_it_must(calendar)
    return calendar


def _has_what_it_must(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.text("VERSION") == "2.0"
    assert calendar.text("PRODID")
    assert calendar.parts, "A calendar has at least one part."
    for event in calendar.events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "ORGANIZER"} <= set(event.properties)
        starts, ends = event.when("DTSTART"), event.when("DTEND")
        assert starts is not None
        assert ends is None or (type(ends) is type(starts) and ends > starts)
    uids = [event.text("UID") for event in calendar.events]
    assert len(uids) == len(set(uids)), "Two events have one UID."

"""What is due in a stretch of days, as a list and as a calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from icalendar import Calendar, Event

from api.resources.work.listing import Asked, Item, Listed, cut_page, to_kept
from api.resources.work.shown import address_of, first_rows, thing
from api.resources.work.tasks import full_tasks
from kg.graph.resources.base import Kept, Slice
from kg.graph.resources.tasks import due_counts_query, due_query
from kg.graph.resources.totals import names_query
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_MOST = 5000  # events of one calendar
_PAGE = 500
_COUNTS = 600  # days of a year, and fifty units by month
_NAME = 60  # characters of a task that are an event's name
_ZH_DAY = "{0.year}年{0.month}月{0.day}日"


def list_deadlines(store: Store, ids: Ids, asked: Asked) -> Listed:
    """The tasks that are due in a stretch of days, by day, each with the days that lie in it."""
    kept = to_kept(store, asked)
    query = due_query(kept, asked.part)
    items, more = cut_page(full_tasks(store, ids, query), asked.limit)
    for item in items:
        days = [(day, one, reckoned) for day, one, reckoned in _days(item) if kept.start <= day <= (kept.end or "9999")]
        item["due"] = [{"date": day, "printed": one["printed"], "reckoned": reckoned} for day, one, reckoned in sorted(days, key=_day)]
    return Listed(items=items, query=query, more=more)


def _day(one: tuple[str, Item, bool]) -> str:
    return one[0]


def _reckoned(one: tuple[str, Item, bool]) -> tuple[bool, str]:
    return one[2], one[1]["iri"]


def _days(item: Item) -> Iterator[tuple[str, Item, bool]]:
    """The last days of a task: those that are printed, and those that were reckoned from an event whose day is known."""
    for one in item["deadlines"]:
        if one["date"]:
            yield one["date"], one, False
        elif one["reckoned"]:
            yield one["reckoned"], one, True


def count_deadlines(store: Store, ids: Ids, asked: Asked) -> Listed:
    """How many tasks are due, by month, by day, or by the unit that owes them."""
    by = asked.filters.get("by", "month")
    kept = to_kept(store, replace(asked, filters={name: value for name, value in asked.filters.items() if name != "by"}))
    query = due_counts_query(by, kept, _COUNTS)
    rows, more = cut_page([row for row in select_strings(store, query) if "key" in row], _COUNTS)
    items = [{**_key(ids, row, by), "tasks": int(row["n"])} for row in rows]
    return Listed(items=items, query=query, more=more)


def _key(ids: Ids, row: Mapping[str, str], by: str) -> Item:
    """What a number is counted of."""
    if not by.startswith("unit"):
        return {by: row["key"]}
    month = {"month": row["month"]} if "month" in row else {}
    return {**(thing(ids, row, "key", "label") or {}), **month}


def calendar(store: Store, ids: Ids, facets: Mapping[str, tuple[str, ...]], filters: Mapping[str, str], url: str) -> bytes:
    """A calendar of the last days of tasks, an event a task and day. Standing, prompt and recurring duties have no day and are left out."""
    kept = to_kept(store, Asked(facets=facets, filters=filters))
    cal = Calendar()
    cal.add("prodid", "-//Zhengpu//zhengpu//ZH")
    cal.add("version", "2.0")
    cal.add("calscale", "GREGORIAN")
    cal.add("method", "PUBLISH")
    cal.add("x-wr-calname", _named(store, kept))
    cal.add("refresh-interval", dt.timedelta(days=1), parameters={"VALUE": "DURATION"})
    cal.add("x-published-ttl", "P1D")
    events = [event for item in _tasks(store, ids, kept) for event in _events(ids, item, kept, url)]
    note = "长期、随时和定期的事项没有日子，不在日历里 / standing, prompt and recurring duties have no day and are left out"
    cut = f"；只列出前 {_MOST} 项 / only the first {_MOST}" if len(events) > _MOST else ""
    cal.add("x-wr-caldesc", note + cut)
    for event in events[:_MOST]:
        cal.add_component(event)
    return bytes(cal.to_ical())


def _tasks(store: Store, ids: Ids, kept: Kept) -> Iterator[Item]:
    for offset in count(0, _PAGE):
        found = full_tasks(store, ids, due_query(kept, Slice(limit=_PAGE, offset=offset)))
        yield from found[:_PAGE]
        if len(found) <= _PAGE or offset >= _MOST:
            return


def _named(store: Store, kept: Kept) -> str:
    """What the calendar is called: whose deadlines they are, by the names of the facets that were chosen."""
    things = (*kept.unit, *kept.plan, *kept.place)
    labels = first_rows(select_strings(store, names_query(things)), "one") if things else {}
    whose = "、".join([*(labels[iri]["label"] for iri in things if "label" in labels.get(iri, {})), *kept.year])
    return f"时限：{whose}" if whose else "政谱：时限"


def _events(ids: Ids, item: Item, kept: Kept, url: str) -> Iterator[Event]:
    """The events of a task, one a day. Their ids come from the task and the deadline, so that a calendar that is fetched again
    knows them; of several deadlines on one day a printed one comes before a reckoned one."""
    days = {day: (deadline, reckoned) for day, deadline, reckoned in sorted(_days(item), key=_reckoned, reverse=True)}
    for day, (deadline, reckoned) in sorted(days.items()):
        if (kept.start and day < kept.start) or (kept.end and day > kept.end):
            continue
        date = dt.date.fromisoformat(day)
        event = Event()
        event.add("uid", f"{hashlib.blake2b(deadline['iri'].encode(), digest_size=16).hexdigest()}@zhengpu")
        event.add("dtstamp", dt.datetime(date.year, 1, 1, tzinfo=dt.UTC))  # what is said does not depend on when it is asked
        event.add("dtstart", date)
        event.add("dtend", date + dt.timedelta(days=1))
        event.add("summary", item["text"][:_NAME] + ("…" if len(item["text"]) > _NAME else ""))
        event.add("description", _description(item, deadline, date, reckoned))
        event.add("url", url + address_of(ids, item["iri"]))
        event.add("transp", "TRANSPARENT")
        event.add("categories", [one["label"] for one in (item["place"], item["plan"]) if one])
        yield event


def _description(item: Item, deadline: Item, date: dt.date, reckoned: bool) -> str:
    """The words of a task, who owes it, and how the day is known."""
    roles: dict[str, list[str]] = {}
    for one in item["units"]:
        roles.setdefault(one["role"]["zh"], []).append(one["printed"])
    lines = [item["text"], *(f"{role}：{'、'.join(names)}" for role, names in roles.items())]
    how = f"（自{deadline['reckoned_from']}起推算）" if reckoned else ""
    lines.append(f"时限：{deadline['printed']}，{_ZH_DAY.format(date)}{how}")
    if item["plan"]:
        lines.append(f"计划：{item['plan']['label']}" + (f" 第{item['number']}项" if item["number"] else ""))
    return "\n".join(lines)

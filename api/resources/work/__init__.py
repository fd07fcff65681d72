"""What worker processes do for the resources. No module here imports the framework."""

from __future__ import annotations

from api.resources.work import around, deadlines, documents, instruments, lineage, plans, search, statistics, tasks, units, whole

# loaded with this package, so that a worker has them before its first call; `ask` loads a dictionary, and waits for its first question
__all__ = ["around", "deadlines", "documents", "instruments", "lineage", "plans", "search", "statistics", "tasks", "units", "whole"]

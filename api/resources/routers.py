"""The routes of all resources; more special paths come first."""

from __future__ import annotations

from fastapi import APIRouter

from api.resources import ask, deadlines, documents, lineage, overview, plans, search, units

ROUTERS: tuple[APIRouter, ...] = (
    plans.router,
    units.router,
    deadlines.router,
    lineage.router,
    documents.router,
    search.router,
    ask.router,
    overview.router,
)

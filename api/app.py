"""The one place where the parts of the server meet: routes, errors, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import cast

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import operations
from api.description import routes as description
from api.explorer import routes as explorer
from api.front import Front
from api.graphs import routes as graphs
from api.ingestion import routes as ingestion
from api.ingestion.running import Jobs, run_jobs
from api.linked import ontology
from api.linked import routes as linked
from api.pages import home
from api.pages import routes as pages
from api.problems import fault, http_problem, problem, to_response
from api.resources.answers import PROBLEMS
from api.resources.routers import ROUTERS as RESOURCES
from api.server import make_server, run_server
from api.settings import Settings
from api.sparql import routes as sparql
from api.stock import routes as stock
from kg.errors import ZhengpuError

# Every router of the server. One that is added here is served; more special paths come first.
ROUTERS: tuple[APIRouter, ...] = (
    operations.router,
    sparql.router,
    graphs.router,
    description.router,
    linked.router,
    ontology.router,
    stock.router,
    ingestion.router,
    ingestion.dumps,
    *RESOURCES,
    pages.router,
    explorer.router,
    home.router,
)
_EXPOSED = ("ETag", "Link", "Location", "Retry-After", "X-Request-ID", "RateLimit", "RateLimit-Policy", "Content-Language")


def build_app(settings: Settings) -> FastAPI:
    """The application; its processes start and end with its lifespan."""
    server = make_server(settings)
    jobs = Jobs(server)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with run_server(server), run_jobs(jobs):
            yield

    app = FastAPI(
        title="政谱 Zhengpu",
        version=version("zhengpu"),
        summary="政府工作计划的知识图谱：谁该在何时依何规做何事 / who must do what, by when, under which regulation",
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=PROBLEMS,
    )
    app.state.server, app.state.jobs = server, jobs
    for router in ROUTERS:
        app.include_router(router)
    # the same again without what FastAPI does for a route, which takes as long as all else; what is described is the one above
    app.router.routes.insert(0, Route("/sparql", sparql.sparql, methods=["GET", "HEAD", "POST"], include_in_schema=False))
    app.add_exception_handler(ZhengpuError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(
        CORSMiddleware, allow_origins=sorted(settings.cors), allow_methods=["*"], allow_headers=["*"], expose_headers=list(_EXPOSED)
    )
    app.add_middleware(Front, server=server)
    return app


async def _told(request: Request, error: Exception) -> Response:
    return to_response(request, cast(ZhengpuError, error))


async def _failed(request: Request, error: Exception) -> Response:  # noqa: ARG001 - what it was stands in the log
    return fault(request)


async def _refused(request: Request, error: Exception) -> Response:
    known = cast(HTTPException, error)
    headers = dict(known.headers or {})
    if known.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return http_problem(request, known.status_code, str(known.detail), headers)


def _methods(request: Request) -> set[str]:
    """All methods that an address takes, whichever route takes them."""
    routes = (route for router in ROUTERS for route in router.routes if isinstance(route, Route))
    return {method for route in routes if route.path_regex.match(request.url.path) for method in route.methods or ()}


async def _invalid(request: Request, error: Exception) -> Response:
    """Which parameters are wrong, and how."""
    wrong = [{"at": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in cast(RequestValidationError, error).errors()]
    words = "; ".join(f"{each['at']}: {each['message']}" for each in wrong)
    return problem(request, 422, "parameters", ("参数有误", "Wrong parameters"), (f"参数有误：{words}", words), more={"errors": wrong})

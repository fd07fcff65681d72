"""`/api/ask`: questions in Chinese, alone or in a conversation."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.calls import call
from api.replies import to_answer
from api.resources import answers as a
from api.resources.work import ask as work
from api.server import server_of

router = APIRouter(tags=["questions"])
_MOST, _TURNS, _KEPT = 10_000, 8, 3600.0  # conversations, questions of one, seconds after the last


@dataclass(slots=True)
class _Conversations:
    """The questions that were asked in each conversation; the oldest are forgotten first."""

    _asked: OrderedDict[str, tuple[float, tuple[str, ...]]] = field(default_factory=OrderedDict)

    def before(self, client: str, name: str) -> tuple[str, ...]:
        """What was asked before in this conversation of this client."""
        at, questions = self._asked.get(f"{client} {name}", (0.0, ()))
        return questions if time.monotonic() - at < _KEPT else ()

    def add(self, client: str, name: str, question: str) -> None:
        questions = (*self.before(client, name), question)[-_TURNS:]
        self._asked[f"{client} {name}"] = (time.monotonic(), questions)
        self._asked.move_to_end(f"{client} {name}")
        while len(self._asked) > _MOST:
            self._asked.popitem(last=False)


@a.get(
    router,
    "/api/ask",
    summary="用中文提问 / ask in Chinese",
    **a.told({"question": "…", "answer": "…", "query": {"name": "…", "text": "…"}, "rows": []}),
)
async def ask(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=500, description="问题 / the question", examples=["澄湖区财政局2023年要做哪些事？"])],
    conversation: Annotated[
        str, Query(max_length=64, pattern=r"^[\w.-]*$", description="承接哪段对话；new 另起一段，答案里有它的名字 / new begins one")
    ] = "",
) -> Response:
    """The answer with the stock query and its SPARQL, the rows, what was understood; or what is not, with questions near to it."""
    state = request.app.state
    if not hasattr(state, "conversations"):
        state.conversations = _Conversations()
    client = request.scope["client_key"]
    name = secrets.token_hex(8) if conversation == "new" else conversation
    before = state.conversations.before(client, name) if name else ()
    reply = await call(request, work.ask_json, q, before, name, limit=server_of(request).settings.timeout, text=q)
    if name:
        state.conversations.add(client, name, q)
    return to_answer(reply, a.JSON, {"Cache-Control": "no-store"})

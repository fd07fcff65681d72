"""Questions in Chinese 问答: a question to a stock query with its values, never to another question than was asked.

`cut` takes a question apart, `understand` gives its meaning by the patterns in the TOML files, `evaluate` and `answers` ask the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from kg.store import Store
from queries.ask.answers import answer
from queries.ask.cut import cut, warm_up
from queries.ask.evaluate import Evaluation, check_known
from queries.ask.finder import Index, IndexFinder, TextFinder
from queries.ask.follow import follows, merge
from queries.ask.gather import Parts, gather
from queries.ask.lexicon import load_lexicon
from queries.ask.model import Answer, Decline, Finder, Hit, Matter, Meaning
from queries.ask.restate import offers
from queries.ask.understand import choose, to_meaning

__all__ = ["Answer", "Asker", "Finder", "Hit", "Index", "IndexFinder", "Matter", "Meaning", "warm_up"]


class Asker:
    """Answers questions about one state of a store; it holds the names that the store knows."""

    def __init__(self, store: Store, finder: Finder | None = None, today: dt.date | None = None) -> None:
        self._store = store
        self._lexicon = load_lexicon(store)
        self._finder = finder or TextFinder(store)
        self._evaluation = Evaluation(store, self._finder)
        self._today = today or dt.date.today()

    def ask(self, question: str, before: Answer | None = None, *, loosely: bool = False) -> Answer:
        """The answer; a question that leans on another (那财政局呢？) is read with `before`, the answer to that.

        `loosely`: so is one that does not say which tasks it asks of (什么时候完成？), as in a conversation.
        """
        question = question.strip()
        parts: Parts | None = None
        try:
            tokens = cut(question, self._lexicon, self._today)
            leaning = follows(tokens, loosely=loosely and before is not None)
            if leaning and (before is None or before.meaning is None):
                raise Decline("这是接着上一句的问法，而没有上一句")
            if leaning and before is not None and before.meaning is not None:
                meaning = merge(question, tokens, before, self._lexicon, self._finder)
            else:
                parts = gather(question, tokens, self._lexicon, self._finder)
                meaning = to_meaning(choose(parts), parts)
            check_known(meaning, self._finder)
            return answer(question, meaning, self._evaluation, self._lexicon)
        except Decline as decline:
            if decline.choices:
                return Answer(question=question, words=decline.reason, choices=decline.choices)
            return Answer(question=question, declined=decline.reason, offers=offers(parts, self._lexicon))

    def converse(self, questions: Iterable[str], *, loosely: bool = False) -> Iterator[Answer]:
        """The answers in order; a question that leans on another leans on the one before. An empty one ends a conversation."""
        before: Answer | None = None
        for question in questions:
            if not question.strip():
                before = None
                continue
            given = self.ask(question, before, loosely=loosely)
            before = given if given.meaning is not None else before
            yield given

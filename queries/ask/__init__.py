"""Questions in Chinese 问答: a question to a stock query with its values, never to another question than was asked.

`cut` takes a question apart, `understand` gives its meaning by the patterns in the TOML files, `evaluate` and `answers` ask the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.store import Store
from queries.ask.answers import answer
from queries.ask.answers_value import of_statements
from queries.ask.cut import cut, warm_up
from queries.ask.evaluate import Evaluation, check_known
from queries.ask.finder import Index, IndexFinder, TextFinder
from queries.ask.follow import follows, merge
from queries.ask.freely import asks_number, only_freely, read_freely
from queries.ask.gather import gather
from queries.ask.lexicon import load_lexicon
from queries.ask.model import Answer, Decline, Finder, Hit, Matter, Meaning, Unread
from queries.ask.parts import Parts
from queries.ask.restate import offers, restate
from queries.ask.understand import choose, to_meaning

__all__ = ["Answer", "Asker", "Finder", "Hit", "Index", "IndexFinder", "Matter", "Meaning", "warm_up"]

_ONE = {
    "whose",
    "whose-named",
    "whose-deed",
    "when",
    "has-deadline",
    "law",
    "why",
}  # asks of one matter, that is read freely where no task has it
_VALUES = {"value", "compare-values"}
Reading = Callable[[str, "Answer | None", bool], Meaning]


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
        order = self._readings(question, before)
        empty: Answer | None = None  # the answer by the patterns, where no task has all the words
        declined: Decline | None = None
        for read in order:
            try:
                meaning = read(question, before, loosely)
                given = self._answer(question, meaning, freely=read == self._freely)
            except Decline as decline:
                if decline.choices:
                    return empty or Answer(question=question, words=decline.reason, choices=decline.choices)
                declined = decline if declined is None or not decline.soft else declined
                if not decline.soft:
                    break
                continue
            if given.rows or meaning.ask not in _ONE or read == order[-1]:
                return given
            empty = given
        if empty is not None:
            return empty
        reason = declined.reason if declined else ""
        return Answer(question=question, declined=reason, offers=offers(self._parts(question), self._lexicon))

    def _readings(self, question: str, before: Answer | None) -> list[Reading]:
        """The ways of reading to be tried, in order: by the patterns first, unless a number is asked for that only tasks can say."""
        alone = only_freely(question, self._lexicon)
        on_numbers = before is not None and before.meaning is not None and before.meaning.ask in _VALUES
        if alone or (alone is None and on_numbers and asks_number(question, self._lexicon)):
            return [self._freely]
        return [self._strictly, self._freely] if alone is None else [self._freely, self._strictly]

    def _answer(self, question: str, meaning: Meaning, *, freely: bool) -> Answer:
        """The answer by the tasks; to what is read freely and no task says, by what else the plans say."""
        try:
            return answer(question, meaning, self._evaluation, self._lexicon)
        except Unread as unread:
            if not freely or meaning.ask not in {"value", "when"}:
                raise
            try:
                made = of_statements(meaning, self._evaluation)
            except Unread:
                raise unread from None
            return replace(made, question=question, understood=restate(meaning), meaning=meaning)

    def _strictly(self, question: str, before: Answer | None, loosely: bool) -> Meaning:
        """The meaning by the patterns, all words of which are understood."""
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
        return meaning

    def _freely(self, question: str, before: Answer | None, loosely: bool) -> Meaning:
        """The meaning by what is asked for and the task that the other words come near to."""
        del loosely
        return read_freely(question, before, self._lexicon, self._finder, self._today)

    def _parts(self, question: str) -> Parts | None:
        try:
            return gather(question, cut(question, self._lexicon, self._today), self._lexicon, self._finder)
        except Decline:
            return None

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

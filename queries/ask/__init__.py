"""Questions in Chinese 问答: a question to a stock query with its values, never to another question than was asked.

`cut` takes a question apart, `understand` gives its meaning by the patterns in the TOML files, `evaluate` and `answers` ask the store.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

from kg.store import Store
from queries.ask.answers import answer
from queries.ask.answers_value import of_statements
from queries.ask.cut import cut, warm_up
from queries.ask.english import in_english
from queries.ask.evaluate import Evaluation, check_known
from queries.ask.finder import Index, IndexFinder, TextFinder
from queries.ask.follow import follows, may_lean, merge
from queries.ask.freely import asks_number, only_freely, read_freely
from queries.ask.gather import gather
from queries.ask.issuers import names_issuer
from queries.ask.lexicon import load_lexicon
from queries.ask.model import Answer, Decline, Finder, Hit, Matter, Meaning, Token, Unread
from queries.ask.parts import Parts
from queries.ask.passing import left_out, not_held, passing_note, without, without_speaker
from queries.ask.refusals import refuse_awarded
from queries.ask.restate import offers, restate
from queries.ask.scope import in_words, scope_of
from queries.ask.slips import put_right
from queries.ask.twofold import halves, joined, narrowings, partly
from queries.ask.understand import choose, to_meaning
from queries.ask.years import asked_back, settled

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
_TOPICS = {
    "tasks",
    "tasks-cited",
    "tasks-which",
    "tasks-closing",
    "where",
}  # asks of a matter, that is read as a topic where no task has all its words
_TOLD_EMPTY = {"has-deadline", "when"}  # asks of tasks that are known, which may have none
_HOW_MUCH = re.compile(r"(?<![有是共务项条件占])(?<=[一-龥])多少(?:了|呢|啊|呀)?[？?。]*$")  # 户厕要新建多少
_OF_ONE = {"value", "when", "whose"}  # asks of what one of a few tasks says
_FEW = 5
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
        self._issuing = self._by_issuers()

    def _by_issuers(self) -> Asker | None:
        """One to whom a unit that issued plans stands for these; none where no unit did."""
        if not self._lexicon.issued:
            return None
        other = copy(self)
        other._lexicon, other._issuing = replace(self._lexicon, issuing=True), None
        return other

    def ask(self, question: str, before: Answer | None = None, *, loosely: bool = False) -> Answer:
        """The answer; a question that leans on another (那财政局呢？) is read with `before`, the answer to that.

        `loosely`: so is one that does not say which tasks it asks of (什么时候完成？), as in a conversation.
        """
        question = question.strip()
        given = self._asked(question, before, loosely=loosely)
        if not given.rows and (rest := without_speaker(question)):
            alone = self._asked(rest, before, loosely=loosely)
            given = replace(alone, question=question) if alone.rows else given
        if not given.rows and not given.choices:
            given = self._put_right(question, before, loosely=loosely) or given
        if not given.rows and self._issuing and names_issuer(cut(question, self._lexicon, self._today), self._lexicon):
            by_plan = self._issuing._asked(question, before, loosely=loosely)
            return by_plan if by_plan.rows else given
        return given

    def _put_right(self, question: str, before: Answer | None, *, loosely: bool) -> Answer | None:
        """The answer to a question with slips in the words of its matter put right, which is said; none where there are none or no rows."""
        right, slips = put_right(question, cut(question, self._lexicon, self._today), self._lexicon, self._finder)
        given = self._asked(right, before, loosely=loosely) if slips else None
        if given is None or not given.rows:
            return None
        said = "；".join(f"“{wrong}”看作“{meant}”" for wrong, meant in slips)
        return replace(given, question=question, understood=f"{given.understood}（{said}）")

    def _asked(self, question: str, before: Answer | None, *, loosely: bool) -> Answer:
        """The answer to one question, or to two in one."""
        parts = list(halves(question, self._lexicon, self._today))
        both = self._both(question, parts, before, loosely=loosely)
        return both or partly(self._whole(question, before, loosely=loosely), parts)

    def _both(self, question: str, parts: Sequence[tuple[str, str]], before: Answer | None, *, loosely: bool) -> Answer | None:
        """The answers to two questions in one, the second of which goes on with the first; none where not both are answered."""
        for head, tail in parts:
            one = self._whole(head, before, loosely=loosely)
            other = self._second(tail, one) if one.rows else one
            if one.rows and other.rows:
                return joined(question, one, other)
        return None

    def _second(self, tail: str, one: Answer) -> Answer:
        """The answer to the second of two questions: of the tasks of the first, else of its place, year and plan."""
        try:
            meaning = read_freely(tail, one, self._lexicon, self._finder, self._today)
        except Decline:
            return self._whole(tail, one, loosely=True)
        for narrowed in narrowings(meaning, one):
            try:
                given = self._answer(tail, narrowed, freely=True)
            except Decline:
                continue
            if given.rows:
                return given
        given = self._whole(tail, one, loosely=True)
        return given if given.meaning is not None and given.meaning.anchored else Answer(question=tail)

    def _whole(self, question: str, before: Answer | None, *, loosely: bool) -> Answer:
        """The answer to a question as one."""
        order = self._readings(question, before)
        empty: Answer | None = None  # the answer by the patterns, where no task has all the words
        declined: Decline | None = None
        for read in order:
            meaning: Meaning | None = None
            try:
                meaning = read(question, before, loosely)
                if loosely and (given_among := self._among(question, meaning, before)):
                    return given_among
                given = self._answer(question, meaning, freely=read == self._freely)
            except Decline as decline:
                if decline.choices and loosely and meaning and (given_near := self._near(question, meaning, before)):
                    return given_near
                if decline.choices:
                    asked = Answer(question=question, words=decline.reason, choices=decline.choices)
                    return empty or replace(asked, meaning=self._scope(question, before))
                declined = decline if declined is None or not decline.soft or read == self._passing else declined
                if not decline.soft:
                    break
                continue
            if read == self._passing and meaning.matter and not given.rows:
                continue
            topic = meaning.ask == "tasks-on" and empty is not None and empty.meaning is not None and empty.meaning.ask not in _TOPICS
            if not topic and self._stands(given, meaning, strictly=read == self._strictly):
                return given
            empty = empty or given
        column = left_out(question) or self._goes_on(question, before)
        if empty is not None and not column:
            return empty
        reason = not_held(column) if column else declined.reason if declined else ""
        scope = self._scope(question, before)
        near = offers(self._parts(question), self._lexicon)
        return Answer(question=question, understood=in_words(scope) if scope else "", declined=reason, offers=near, meaning=scope)

    def _goes_on(self, question: str, before: Answer | None) -> str:
        """The column that the question before asked for in vain, where this one leans on it: 最低的呢; empty where there is none."""
        leans = before is not None and bool(before.declined) and follows(cut(question, self._lexicon, self._today))
        return left_out(before.question) if before is not None and leans else ""

    def _among(self, question: str, meaning: Meaning, before: Answer | None) -> Answer | None:
        """The answer by the few tasks answered before, to a question of one matter that names nothing else, where one has all its words."""
        if before is None or meaning.anchored or meaning.matter is None or not meaning.matter.free or meaning.ask not in _OF_ONE:
            return None
        few = list(dict.fromkeys(str(row["task"]) for row in before.rows if "task" in row))
        weights = self._evaluation.weights(meaning.matter)
        held = [task for task in few if weights.words and all(task in weights.tasks[word] for word in weights.words)]
        try:
            given = self._answer(question, replace(meaning, tasks=tuple(held)), freely=True) if held and len(few) <= _FEW else None
        except Decline:
            return None
        return given if given and given.rows else None

    def _near(self, question: str, meaning: Meaning, before: Answer | None) -> Answer | None:
        """The answer in the place and plan of the question before, to one that names none and is asked back; none if they have none."""
        known = before.meaning if before else None
        if known is None or meaning.anchored or not (known.places or known.plans):
            return None
        near = replace(meaning, places=known.places, plans=known.plans, years=known.years)
        try:
            given = self._answer(question, near, freely=True)
        except Decline:
            return None
        return given if given.rows else None

    def _stands(self, given: Answer, meaning: Meaning, *, strictly: bool) -> bool:
        """Whether an answer is given as it is; one without rows only where no other reading may find some."""
        if given.rows or meaning.ask in _ONE:
            return bool(given.rows) or (bool(meaning.tasks) and meaning.ask in _TOLD_EMPTY)
        return not (strictly and meaning.matter and (meaning.ask in _TOPICS or self._evaluation.unheld(meaning)))

    def _scope(self, question: str, before: Answer | None) -> Meaning | None:
        """What a question is about that is not answered, for the next to lean on."""
        tokens, _ = settled(cut(question, self._lexicon, self._today), self._lexicon)
        return scope_of(question, tokens, before.meaning if before else None, self._lexicon, self._finder)

    def _readings(self, question: str, before: Answer | None) -> list[Reading]:
        """The ways of reading to be tried, in order: by the patterns first, unless a number is asked for that only tasks can say."""
        alone = only_freely(question, self._lexicon)
        on_numbers = before is not None and before.meaning is not None and before.meaning.ask in _VALUES
        if alone or (alone is None and on_numbers and asks_number(question, self._lexicon)):
            return [self._freely]
        if alone is None and _HOW_MUCH.search(question):
            return [self._freely, self._strictly, self._passing]
        return [*([self._strictly, self._freely] if alone is None else [self._freely, self._strictly]), self._passing]

    def _answer(self, question: str, meaning: Meaning, *, freely: bool) -> Answer:
        """The answer by the tasks; to what is read freely and no task says, by what else the plans say."""
        try:
            given = answer(question, meaning, self._evaluation, self._lexicon)
            return asked_back(given, meaning.open_year, self._today.year, self._lexicon) if meaning.open_year else given
        except Unread as unread:
            if not freely or meaning.ask not in {"value", "when"}:
                raise
            try:
                made = of_statements(meaning, self._evaluation)
            except Unread:
                raise unread from None
            return replace(made, question=question, understood=restate(meaning), understood_en=in_english(meaning), meaning=meaning)

    def _strictly(self, question: str, before: Answer | None, loosely: bool) -> Meaning:
        """The meaning by the patterns, all words of which are understood."""
        return self._read(question, cut(question, self._lexicon, self._today), before, loosely)

    def _passing(self, question: str, before: Answer | None, loosely: bool) -> Meaning:
        """The meaning by the patterns, without words that are passed over."""
        tokens = cut(question, self._lexicon, self._today)
        passed: list[str] = []
        while True:
            try:
                meaning = self._read(question, tokens, before, loosely)
                left = self._evaluation.unheld(meaning)
            except Unread as unread:
                left = unread.left
                if without(tokens, left) is None:
                    raise
            kept = without(tokens, left)
            if kept is None:
                return replace(meaning, notes=(*meaning.notes, passing_note(passed)))
            passed += [token.text for token in tokens if token not in kept]
            tokens = kept

    def _read(self, question: str, tokens: list[Token], before: Answer | None, loosely: bool) -> Meaning:
        """The meaning of these tokens, by the patterns."""
        refuse_awarded(question)
        leaning = follows(tokens, loosely=loosely and before is not None)
        known = before if before is not None and before.meaning is not None else None
        near = [one.iri for one in known.meaning.plans] if leaning and known and known.meaning else []
        tokens, now = settled(tokens, self._lexicon, near)
        if leaning and known is None:
            raise Decline("这是接着上一句的问法，而没有上一句")
        if leaning and known is not None:
            meaning = merge(question, tokens, known, self._lexicon, self._finder)
        else:
            meaning = self._alone(question, tokens, known if loosely else None)
        meaning = self._evaluation.sectioned(meaning)
        check_known(meaning, self._finder)
        return replace(meaning, open_year=now if not leaning else "")

    def _alone(self, question: str, tokens: list[Token], before: Answer | None) -> Meaning:
        """The meaning of a question by itself; where it has none, with that of the question before, if it may lean on it."""
        try:
            parts = gather(question, tokens, self._lexicon, self._finder)
            return to_meaning(choose(parts), parts)
        except Decline as decline:
            if before is None or not may_lean(tokens):
                raise
            try:
                return merge(question, tokens, before, self._lexicon, self._finder)
            except Unread:
                raise decline from None

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

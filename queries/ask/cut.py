"""A question cut into names, days, cues, stop words and words of a matter."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

import jieba
from pypinyin import lazy_pinyin

from queries.ask.bodies import bodies, narrowest
from queries.ask.dates import Days, arabic, find_days, to_number
from queries.ask.grammar import STOP, load_grammar
from queries.ask.issuers import as_plans, of_issuers
from queries.ask.lexicon import Lexicon, plain, tidy
from queries.ask.model import Kind, Token
from queries.ask.phrases import rephrased
from queries.ask.shortnames import abbreviated
from queries.ask.unitnames import words

_COMMON = 100  # how often jieba's dictionary has counted an everyday word
_STATE = "中华人民共和国"
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_CODE = re.compile(r"[一-龥]{2,8}〔\d{4}〕(?:第)?\d+号|[一-龥]{2,12}令第?\d+号|第?\d{2,4}号令")
_NUMBER = re.compile(
    r"第（?(?P<n>\d+(?:[-—–.]\d+){0,2})）?(?:项|条|号|款|件)(?:任务|工作|事项)?"
    r"|(?:编号|序号)(?:为|是)?(?P<m>\d+(?:[-—–.]\d+){0,2})(?:号)?(?:的?任务)?|(?P<k>\d+)号任务"
    r"|(?:(?<![\d.〔年月日号\-—–:：])(?P<p>\d{1,2}(?:[-—–.]\d{1,2}){1,2})|(?P<s>（(?:\d{1,2}|[一二三四五六七八九十]{1,3})）)(?:(?:的?第|[里中下]面?的?第?)?(?P<t>\d{1,2}))?)"
    r"(?:[项条号](?:任务)?)?"  # 4-1写的是什么, （三）2由谁负责
    r"(?=[里中上]?(?:写|讲|说|规定|要求|是(?:什么|啥|谁|哪|由|归)|由|归|谁|什么|啥|怎|这|那|的(?:任务|原文|原话|内容|责任|牵头|配合|时限|依据|期限)|[、和与及跟](?:\d{1,2}[-—–.]\d|（[一二三四五六七八九十]+）))|[，,]?$)"
)
_CHINESE_ORDER = re.compile(r"(?<=第)(?:（?)([一二三四五六七八九十]{1,4})(?:）?)(?=项|条|号|款|件)")
_LEVEL_WORDS = re.compile(
    r"(?:全|本|我们|咱们|我|咱)(?P<a>省|市|区|县)(?:里|级|内)?|(?<![小社园城校库景牧林灌片厂辖超股楼郊养护范灾山矿湖产])(?P<b>省|市|区|县)(?:里|级|内|本级)(?!别)"
    r"|(?<![一-龥])(?P<c>省|市|区|县)(?=[一-龥]{0,4}(?:要点|方案|计划|台账|清单|分解表|重点任务|工作安排|文件))"
    r"|(?<=[的在和与跟从比里中是按据])(?P<d>省|市|区|县)(?=[一-龥]{0,4}(?:要点|方案|计划|台账|清单|分解表|重点任务|工作安排|文件))"
)
_LEVEL_HEAD = re.compile(r"(自治区|省|市|区|县)(?:委|政府|人民政府|直)?$")
_ROLE_SAID = re.compile(r"(?:牵头|配合|负责|协办|主办)(?:单位|的)?$")
_RANK = {"自治区": "省"}
_UNIT_LIKE = re.compile(r"(?:局|厅|委员会|办公室|管委会|监察委|法院|检察院|街道办|分局|委办)$")
_QUOTED = re.compile(r"[“\"「『‘]([^“”\"「」『』‘’]{2,40})[”\"」』’]")
_ASIDE = re.compile(r"(?<=[一-龥])（([一-龥]{2,8})）(?=的(?:任务|工作|事))")
_MARKED = re.compile(r"‹([^‹›]+)›")
_ANY = re.compile(r"有(任务|事)没有(?=[？?]?$)")
_FROM = re.compile(r"是?从([^，。？]{0,4}?)(?:哪一?条|哪一?项|哪一?段|哪一?处|哪里|哪儿|哪)来的?")
_WHETHER = re.compile(r"(?!是|对|会|能|可|行|好|知|多|少)([一-龥])不\1")  # 管不管, 负不负责
_OFFICE = re.compile("长(?:信箱|热线|接待|直播|走|办公|质量奖|专线|公开|在线|留言)")
_APPEARS = {"出现", "出现过", "出现在", "落在", "落到", "体现在"}
_HAN = re.compile(r"[一-龥]+")
_HEADS = re.compile(r"^|[，,。；、：:？?]|请问|麻烦|帮我查|查一下|阿拉|咱们?|我们?(?!们)|(?<=[一-龥])[和跟与]")


@cache
def _tokenizer() -> jieba.Tokenizer:
    """jieba with the words of the grammar in its dictionary."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    for word in load_grammar().cues:
        tokenizer.add_word(word, max(tokenizer.suggest_freq(word), 200))
    for word in {each for group in words()["synonyms"] for each in group if _HAN.fullmatch(each) and len(each) < 4}:
        tokenizer.add_word(word)
    for word in {*words()["whole"]}:
        tokenizer.add_word(word)
    tokenizer.del_word("处在")  # 法规处在 2023年
    return tokenizer


@cache
def _dictionary() -> bytes:
    with _tokenizer().get_dict_file() as file:
        return bytes(b"\n" + file.read())


@lru_cache(maxsize=4096)
def entry_of(word: str) -> tuple[int, str]:
    """How often jieba's dictionary has counted a word, and its part of speech; read as needed, for reading all of them takes a second."""
    _tokenizer().check_initialized()
    at = _dictionary().find(f"\n{word} ".encode()) if _tokenizer().FREQ.get(word) else -1
    if at < 0:
        return 0, ""
    _, count, tag = _dictionary()[at + 1 : at + 200].split(b"\n", 1)[0].decode("utf-8").split(" ")
    return int(count), tag


def known_words() -> Iterator[str]:
    """The words of jieba's dictionary and of the grammar."""
    _tokenizer().check_initialized()
    return iter(_tokenizer().FREQ)


def _tag(word: str) -> str:
    return entry_of(word)[1]


def warm_up() -> None:
    """Load jieba's dictionary, so that the first question need not wait for it."""
    list(_tokenizer().cut("谁", HMM=False))


def cut(question: str, lexicon: Lexicon, today: dt.date) -> list[Token]:
    """The tokens of a question, in order; punctuation is left out, and so breaks stretches of a matter."""
    return cut_text(normal(question, lexicon), lexicon, today)


def normal(question: str, lexicon: Lexicon) -> str:
    """A question in the form in which it is read: figures for numbers, one way of asking for several."""
    text = arabic(tidy(_unquoted(question, lexicon)))
    text = rephrased(text)
    text = _FROM.sub(r"来自\1哪条", _ANY.sub(r"有没有\1", _WHETHER.sub(r"是否\1", text)))
    return _CHINESE_ORDER.sub(lambda found: found[0].replace(found[1], str(to_number(found[1]) or found[1])), text)


def cut_text(text: str, lexicon: Lexicon, today: dt.date, without: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The tokens of a text in that form, `without` some stretches of it."""
    tokens: list[Token] = []
    taken = [False] * len(text)
    for start, end in without:
        taken[start:end] = [True] * (end - start)
    for token in _names_and_days(text, lexicon, today, taken):
        tokens.append(token)
    for start, end in _gaps(taken):
        tokens += _words(text, start, end)
    known = of_issuers(abbreviated(narrowest(sorted(tokens, key=lambda one: one.start), lexicon), lexicon), lexicon)
    return _appearing(_citing_words(_words_of_titles(as_plans(known, lexicon), lexicon), lexicon))


def _appearing(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, where a unit appears in tasks and no paper is spoken of: it has these tasks, and cites none."""
    papers = any(
        token.kind == "instrument" or token.tag in {"instrument", "title", "quoted"} or (token.kind == "cue" and "law" in token.value)
        for token in tokens
    )
    if papers or not any(token.kind == "unit" for token in tokens):
        return list(tokens)
    appears = frozenset({"duty"})
    return [replace(one, value=appears) if one.kind == "cue" and "cite" in one.value and one.text in _APPEARS else one for one in tokens]


def _words_of_titles(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, where a word that asks for standing duties goes on as the title of a plan does: 常态化扫黑除恶 asks for none."""
    found = list(tokens)
    for at, (token, behind) in enumerate(pairwise(tokens)):
        asks = token.kind == "cue" and token.value == {"standing"} and behind.kind == "matter" and behind.start == token.end
        if asks and any(token.text + behind.text in plan.thing.label for plan in lexicon.all_plans):
            found[at] = replace(token, kind="matter", value=None, tag="v")
    return found


def _citing_words(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, where a paper is cited that the graph only has in the words of tasks: to cite it is to speak of it."""
    if not any(token.tag == "quoted" and token.text in lexicon.unresolved for token in tokens):
        return list(tokens)
    spoken = frozenset({"about"})
    return [replace(token, value=spoken) if token.kind == "cue" and token.value == {"cite"} else token for token in tokens]


def _unquoted(question: str, lexicon: Lexicon) -> str:
    """The question with single marks around what it quotes, and none around names."""

    def mark(found: re.Match[str]) -> str:
        name = tidy(found[1])
        said = _ROLE_SAID.sub("", name)  # “区财政局牵头”
        known = name in load_grammar().cues or any(
            (name if table is not lexicon.units else said) in table
            for table in (lexicon.units, lexicon.places, lexicon.plans, lexicon.instruments)
        )
        return name if known else f"‹{name}›"

    return _QUOTED.sub(mark, question)


def _names_and_days(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """What is known as a whole, strongest first: titles and numbers, days, levels, units and places, slips of them."""
    for find in (_quotes, _literal, _codes, _numbers, _days, _misspelled_places, _levels, bodies, _known, _slips):
        for token in find(text, lexicon, today, taken):
            if not any(taken[token.start : token.end]):
                taken[token.start : token.end] = [True] * (token.end - token.start)
                yield token


def _quotes(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """What stands in quotation marks is a matter as it stands; so is a bracket that says the words before it otherwise."""
    del today, taken
    for found in _MARKED.finditer(text):
        yield Token(kind="matter", text=found[1], start=found.start() + 1, tag="quoted")
    for found in _ASIDE.finditer(text):
        if not any(found[1] in table for table in (lexicon.units, lexicon.places)) and entry_of(found[1])[1][:1] in {"", "n", "v"}:
            yield Token(kind="matter", text=found[1], start=found.start() + 1, tag="bracketed")


def _literal(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Titles and numbers of plans and instruments."""
    del today, taken
    found: list[tuple[int, int, str]] = []
    for name in lexicon.titles:
        if (at := text.find(name)) >= 0 and not _within_title(text, at, at + len(name)):
            found.append((len(name), at, name))
    for _, at, name in sorted(found, key=lambda one: (-one[0], one[1])):
        start, end = at, at + len(name)
        if text[start - 1 : start] == "《" and text[end : end + 1] == "》":
            start, end = start - 1, end + 1
        instruments, plans = lexicon.instruments.get(name, ()), lexicon.plans.get(name, ())
        kind: Kind = "plan" if plans else "instrument"
        yield Token(kind=kind, text=text[start:end], start=start, things=plans or instruments, value=instruments)


def _within_title(text: str, start: int, end: int) -> bool:
    """Whether a name is only a part of what stands in title marks: 行政执法监督条例 of 《四川省行政执法监督条例》 is another paper."""
    title = next((found for found in _TITLE.finditer(text) if found.start() < start and end < found.end()), None)
    return title is not None and text[start:end] not in {title[0][1:-1], title[0][1:-1].removeprefix(_STATE)}


def _codes(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Titles in title marks and document numbers that nothing in the store has; or only the words of tasks have."""
    del today
    for regex in (_TITLE, _CODE):
        for found in regex.finditer(text):
            if found[0][1:-1] in lexicon.unresolved and not any(taken[found.start() : found.end()]):
                yield Token(kind="matter", text=found[0][1:-1], start=found.start() + 1, tag="quoted")
            elif not any(taken[found.start() : found.end()]):
                yield Token(kind="unknown", text=found[0], start=found.start(), tag="instrument", value=plain(found[0]))


def _numbers(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    del lexicon, today, taken
    for found in _NUMBER.finditer(text):
        number = found["n"] or found["m"] or found["k"] or found["p"] or found["s"] + (found["t"] or "")
        number = f"（{number}）" if "（" in found[0] and not found["s"] else number
        yield Token(kind="number", text=found[0], start=found.start(), value=number)


def _days(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    del lexicon, taken
    for days in sorted(find_days(text, today), key=_by_place):
        words_ = text[days.start : days.end]
        if days.window:
            yield Token(kind="window", text=words_, start=days.start, value=days.window)
        else:
            yield Token(kind="year", text=words_, start=days.start, value=days.years)


def _by_place(days: Days) -> int:
    return days.start


def _levels(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """全市, 县里: the place of that level."""
    del today, taken
    for found in _LEVEL_WORDS.finditer(text):
        behind = text[found.end() : found.end() + 12]
        if (
            any(behind.startswith(name) for name in lexicon.units if len(name) <= len(behind))
            and not found["a"]
            and found[0][-1] not in "里"
        ):
            continue  # 市级 of 市级机关事务局
        level = found["a"] or found["b"] or found["c"] or found["d"]
        yield Token(kind="place", text=found[0], start=found.start(), things=lexicon.levels.get(level, ()), value=level)


def _known(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Units and places by the longest name that stands at a place of the text; a unit's level belongs to it: 区财政局."""
    del today
    longest = lexicon.longest
    at = 0
    while at < len(text):
        sizes = (size for size in range(min(longest, len(text) - at), 1, -1) if not any(taken[at : at + size]))
        whole = (size for size in sizes if not _heads_office(text, at, size, lexicon))
        token = next((found for size in whole if (found := _named(text[at : at + size], at, lexicon))), None)
        if token is None:
            at += 1
            continue
        if token.kind == "unit" and (head := _LEVEL_HEAD.search(text[:at])) and not any(taken[head.start() : at]):
            level = _RANK.get(head[1], head[1])
            token = Token(kind="unit", text=text[head.start() : token.end], start=head.start(), things=token.things, value=level)
        yield token
        at = token.end


def _heads_office(text: str, at: int, size: int, lexicon: Lexicon) -> bool:
    """Whether the last letter of a place belongs to what follows: 云溪 市长信箱."""
    name = text[at : at + size]
    return name in lexicon.places and name[:-1] in lexicon.places and _OFFICE.match(text, at + size) is not None


def _named(name: str, at: int, lexicon: Lexicon) -> Token | None:
    if things := lexicon.units.get(name):
        bare = lexicon.units.get(name[1:], ()) if name[0] in "省市区县" else ()
        if bare:  # 县市监局, which one document prints and all others call 市场监督管理局
            known = {one.iri for one in things}
            return Token(kind="unit", text=name, start=at, things=(*things, *(one for one in bare if one.iri not in known)), value=name[0])
        return Token(kind="unit", text=name, start=at, things=things)
    if things := lexicon.places.get(name):
        return Token(kind="place", text=name, start=at, things=things)
    if plans := lexicon.issuers.get(name):
        return Token(kind="plan", text=name, start=at, things=plans, value=())
    if thing := lexicon.elsewhere.get(name):
        return Token(kind="unknown", text=name, start=at, tag="place", things=(thing,))
    return None


def _slips(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Names of units and places with a character that sounds the same: 教育和体育居."""
    del today
    sounds = _sounds(lexicon.sounded)
    taken = [one or cue for one, cue in zip(taken, _in_cues(text), strict=True)]
    for start, end in _gaps(taken):
        stretch = text[start:end]
        if len(stretch) < 3 or not _HAN.search(stretch):
            continue
        spoken = [lazy_pinyin(one)[0] for one in stretch]
        at = 0
        while at < len(stretch):
            sizes = range(min(16, len(stretch) - at), 2, -1)
            name = next((found for size in sizes if (found := sounds.get(tuple(spoken[at : at + size])))), "")
            if (
                name
                and stretch[at : at + len(name)] != name
                and _alike(name, stretch[at : at + len(name)])
                and not _goes_on(stretch, at + len(name))
            ):
                token = _named(name, start + at, lexicon)
                if token:
                    yield Token(kind=token.kind, text=stretch[at : at + len(name)], start=start + at, things=token.things, slip=name)
                at += len(name)
            else:
                at += 1


def _goes_on(text: str, end: int) -> bool:
    """Whether the last letter before a place of a text begins a word that goes on behind it: 管理 of 档案管理."""
    return end < len(text) and entry_of(text[end - 1 : end + 1])[0] > _COMMON


def _misspelled_places(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Places with one character wrong: of their full names anywhere, of short names where a stretch of the question begins: 云西."""
    del today
    right = [False] * len(text)
    for name in (one for one in (*lexicon.places, *lexicon.elsewhere) if one in text):
        at = text.find(name)
        right[at : at + len(name)] = [True] * len(name)
    taken = [one or other for one, other in zip(taken, right, strict=True)]
    for name in sorted(lexicon.places, key=len, reverse=True):
        for start in range(len(text) - len(name) + 1) if len(name) > 2 else _begins(text):
            said = text[start : start + len(name)]
            if len(said) < len(name) or any(taken[start : start + len(name)]) or not _HAN.fullmatch(said):
                continue
            if _one_slip(name, said) and (token := _named(name, start, lexicon)):
                yield Token(kind=token.kind, text=said, start=start, things=token.things, slip=name)


def _begins(text: str) -> list[int]:
    """Where a question begins, and its parts after a mark or an address."""
    return [found.end() for found in _HEADS.finditer(text)]


def _one_slip(name: str, said: str) -> bool:
    """Whether one character differs, and sounds or looks much the same; of a long name, any one but the last."""
    differ = [at for at, (one, other) in enumerate(zip(name, said, strict=True)) if one != other]
    if len(differ) != 1 or (len(name) > 2 and differ[0] == len(name) - 1):
        return False
    if len(name) == 2 and _tag(said):
        return False
    one, other = name[differ[0]], said[differ[0]]
    return len(name) >= 4 or _sound(one) == _sound(other) or {one, other} <= _alikes().get(one, frozenset())


@lru_cache(maxsize=4096)
def _sound(letter: str) -> str:
    """How a character sounds to those who do not tell zh from z, n from l, ing from in."""
    sound = lazy_pinyin(letter)[0]
    for told, untold in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        sound = sound.replace(told, untold)
    return "l" + sound[1:] if sound[:1] == "n" else sound


@cache
def _alikes() -> dict[str, frozenset[str]]:
    """Characters that look much the same."""
    return {letter: frozenset(group) for group in words()["alike"] for letter in group}


def _in_cues(text: str) -> list[bool]:
    """Which characters stand in a cue of three characters or more: 个单位 of 哪个单位 is no slip of 各单位."""
    inside = [False] * len(text)
    for word in load_grammar().cues:
        at = text.find(word) if len(word) > 2 else -1
        if at >= 0:
            inside[at : at + len(word)] = [True] * len(word)
    return inside


def _alike(name: str, other: str) -> bool:
    """Whether no more than a third of the characters differ, and not all."""
    return sum(one != two for one, two in zip(name, other, strict=True)) <= max(1, len(name) // 3)


@lru_cache(maxsize=8)
def _sounds(names: Sequence[str]) -> dict[tuple[str, ...], str]:
    return {tuple(lazy_pinyin(one)[0] for one in name): name for name in names}


def _gaps(taken: list[bool]) -> Iterator[tuple[int, int]]:
    """The stretches that nothing has been found in."""
    start = None
    for at, one in enumerate([*taken, True]):
        if not one and start is None:
            start = at
        elif one and start is not None:
            yield start, at
            start = None


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    """The words of a gap, as jieba cuts and tags them: cues, stop words, words of a matter."""
    grammar, at = load_grammar(), start
    for word in _tokenizer().cut(text[start:end], HMM=False):
        tag = _tag(word)
        if cues := grammar.cues.get(word):
            kind: Kind = "stop" if cues == {STOP} else "cue"
            yield Token(kind=kind, text=word, start=at, value=cues, tag=tag)
        elif word == "、":
            yield Token(kind="stop", text=word, start=at, value=frozenset({STOP}))
        elif re.search(r"\w", word):
            yield Token(
                kind="unknown" if _UNIT_LIKE.search(word) and len(word) > 2 else "matter",
                text=word,
                start=at,
                tag="unit" if _UNIT_LIKE.search(word) and len(word) > 2 else tag,
            )
        at += len(word)

"""A page as a tree of what can be seen: parsed as browsers do, without scripts, forms and what is hidden.

The parser is turbohtml: it builds the tree of the HTML standard, flattens nesting beyond 512 as browsers do
(so a page of ten thousand open tags costs a millisecond), and does not recurse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import turbohtml

from kg.readers.html_words import words

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_FORMATTING = r"(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
_OPENS = re.compile(rf"<{_FORMATTING}[\s>]", re.IGNORECASE)
_TAG = re.compile(rf"</?{_FORMATTING}(?:\s[^<>]*)?>", re.IGNORECASE)
_MOST_OPEN = 400


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Element:
    """An element that can be seen; `box` are its id and classes, the page's own name for it."""

    tag: str
    attributes: Mapping[str, str]
    box: str
    style: str
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def ancestors(self) -> Iterator[Element]:
        """The element itself, its parent, and so on to the root."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The elements in order, the root first, and what the page says about itself."""

    elements: tuple[Element, ...]
    title: str
    meta: Mapping[str, str]
    hidden: int  # characters that are hidden
    tags: frozenset[str]  # the elements that were left out: what a page without an article has instead
    password: bool


def parse(text: str, *, hidden: bool = False) -> Page:
    """The page in `text`; with `hidden` also what its styles hide."""
    document = turbohtml.parse(_closed(text), scripting=True, positions=False)
    builder = _Builder(hidden)
    if document.root is not None:
        builder.build(document.root)
    return Page(
        elements=tuple(builder.elements),
        title=title.text.strip() if (title := document.find("title")) is not None else "",
        meta=_meta(document),
        hidden=builder.hidden_characters,
        tags=frozenset(builder.left_out),
        password=builder.password,
    )


def _closed(text: str) -> str:
    """`text` without formatting tags where hundreds are never closed: each is copied into all paragraphs after it."""
    unclosed = sum(1 for _ in _OPENS.finditer(text)) - len(re.findall(rf"</{_FORMATTING}\s*>", text, re.IGNORECASE))
    return _TAG.sub("", text) if unclosed > _MOST_OPEN else text


class _Builder:
    """Copies the parser's tree without what is not seen; a stack instead of recursion."""

    def __init__(self, keep_hidden: bool) -> None:
        self.keep_hidden = keep_hidden
        self.elements: list[Element] = []
        self.left_out: set[str] = set()
        self.hidden_characters = 0
        self.password = False
        self.unseen = words("tags", "unseen")

    def build(self, root: turbohtml.Element) -> None:
        """Every element under `root`, which is seen whatever its style."""
        waiting = [(root, _copy(root, None))]
        while waiting:
            node, element = waiting.pop()
            self.elements.append(element)
            inside: list[tuple[turbohtml.Element, Element]] = []
            for child in node.children:
                if isinstance(child, turbohtml.Text):
                    element.children.append(child.data)
                elif isinstance(child, turbohtml.Element) and self._is_seen(child):
                    copied = _copy(child, element)
                    element.children.append(copied)
                    inside.append((child, copied))
            waiting.extend(reversed(inside))

    def _is_seen(self, node: turbohtml.Element) -> bool:
        tag = node.tag.lower()
        if tag in self.unseen:
            self.left_out.add(tag)
            self.password = self.password or (tag == "input" and (node.attr("type") or "").lower() == "password")
            return False
        if not self.keep_hidden and (node.attr("hidden") is not None or _HIDDEN.search(node.attr("style") or "")):
            self.hidden_characters += len(node.text)
            return False
        return True


def _copy(node: turbohtml.Element, parent: Element | None) -> Element:
    attributes = {name: " ".join(value) if isinstance(value, list) else value or "" for name, value in node.attrs.items()}
    box = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip()
    return Element(tag=node.tag.lower(), attributes=attributes, box=box, style=attributes.get("style", "").lower(), parent=parent)


def _meta(document: turbohtml.Document) -> dict[str, str]:
    """What the page's <meta name=…> say, by the name in small letters; the first of each name counts."""
    found: dict[str, str] = {}
    for node in document.find_all("meta"):
        name, content = node.attr("name"), (node.attr("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found

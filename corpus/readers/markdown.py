"""Markdown, with front matter in YAML or TOML where there is some."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise

import yaml

from corpus.cleaning.lines import folded
from corpus.decoding import clean_characters, decode
from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers.fields import draft_from_fields
from corpus.readers.plain import refuse_length
from corpus.readers.reading import Flaw, Source

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML_FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_HEADING = re.compile(
    r"\A\s*(?:#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*(?:\n|\Z)"
    r"|(?![#>*+|-])(\S[^\n]*?)[ \t]*\n(?:={2,}|-{2,})[ \t]*(?:\n|\Z))"
)
_OPENED = re.compile(r"\A\ufeff?---[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"[\w-]*")
_LARGEST_FRONT_MATTER = 64_000
_OWN_LINE = re.compile(r"\s*(?:[-*+•>|#]|\d{1,3}[.)]\s|```|~~~|=+\s*$)|\s{4,}\S|\t")
_ENDED = re.compile(r"(?:[.!?…:;|]|[.!?…][”\"»’')\]*_]+|\\| {2})$")
_LONG_LINE = 50


def read_markdown(source: Source) -> Iterator[Draft | Flaw]:
    """One draft. A first heading is the title where the front matter names none."""
    refuse_length(source)
    text = clean_characters(decode(source.content, source.encoding))
    fields, body = split_front_matter(text)
    draft = draft_from_fields({key: value for key, value in fields.items() if key != "text"})
    heading = _HEADING.match(body)
    title = (heading[1] or heading[2]) if heading else ""
    if heading and (draft.title is None or folded(title) == folded(draft.title)):
        draft.title = draft.title or title
        body = body[heading.end() :]
    draft.text = soft_breaks_joined(body.strip("\n"))
    draft.url = draft.url or source.url
    draft.as_given = bool(fields)
    yield draft


def soft_breaks_joined(text: str) -> str:
    """`text` with the line breaks inside paragraphs as spaces, one for one, as Markdown reads them.

    A break after the end of a sentence may stay: it cuts nothing. A short line before a capital
    stays alone too, since headings are often written without their mark.
    """
    lines = text.split("\n")
    parts: list[str] = []
    for line, following in pairwise(lines):
        parts += [line, " " if _is_soft_break(line, following) else "\n"]
    return "".join([*parts, lines[-1]])


def _is_soft_break(line: str, following: str) -> bool:
    if not line.strip() or not following.strip() or _ENDED.search(line):
        return False
    if _OWN_LINE.match(line) or _OWN_LINE.match(following):
        return False
    first = following.lstrip()[0]
    return first.islower() or first.isdigit() or len(line) >= _LONG_LINE


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Front matter as a mapping, and the text after it. Raises UnreadableFile if it is broken."""
    match = _FRONT_MATTER.match(text) or _TOML_FRONT_MATTER.match(text)
    if not match:
        _refuse_torn(text)
        return {}, text
    if match.end() > _LARGEST_FRONT_MATTER:
        raise UnreadableFile("the front matter is longer than 64,000 characters; shorten it")
    if match.re is _TOML_FRONT_MATTER:
        return _of_toml(match[1]), text[match.end() :]
    fields = _of_yaml(match[1])
    if fields is None:
        return {}, text[match.end() :]
    if not isinstance(fields, dict):
        # Two rules with prose between them, not front matter.
        return {}, text
    return fields, text[match.end() :]


def _of_toml(written: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(written)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            f"the front matter is not valid TOML ({' '.join(str(error).split())[:100]}); correct it"
        ) from None


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node. Raises UnreadableFile for an alias of a value that there is."""
        if self.check_event(yaml.AliasEvent):
            event: yaml.AliasEvent = self.peek_event()  # type: ignore[no-untyped-call]
            if event.anchor in self.anchors:
                raise UnreadableFile(
                    f"the front matter refers to another value (*{event.anchor!s:.50}); write that "
                    "value out in its place"
                )
        return super().compose_node(parent, index)


def _of_yaml(written: str) -> object:
    try:
        return _loaded(written)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise UnreadableFile(
            f"the front matter is not valid YAML (line {line}); correct it, with quotation marks "
            "around values that hold a colon"
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(
            "the front matter holds a value that cannot be read; put it in quotation marks"
        ) from None


def _refuse_torn(text: str) -> None:
    """Raise UnreadableFile where front matter never ends: the file is only half written.

    A rule at the top, with prose below it, is no front matter.
    """
    opened = _OPENED.match(text)
    if not opened or len(text) > _LARGEST_FRONT_MATTER:
        return
    rest = text[opened.end() :]
    whole_lines, _, _ = rest.rpartition("\n")
    if _is_mapping(rest) or _is_mapping(whole_lines) or _KEY.fullmatch(rest):
        raise UnreadableFile("the front matter has no end; close it with a line of three dashes")


def _is_mapping(text: str) -> bool:
    try:
        return isinstance(_loaded(text), dict)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def _loaded(text: str) -> object:
    return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  a safe loader, and safer

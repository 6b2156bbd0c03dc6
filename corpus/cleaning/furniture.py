"""Furniture of a page that stands on lines of its own: share bars, "read also", sign-up boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lines import ends_like_sentence
from corpus.cleaning.reporting import reports

_LONGEST = 200
_LONGEST_PLAYER = 500
_LENGTH = re.compile(r"\s\(?\d{1,2}:\d{2}\)?\s*\Z")
_SHORTEST_TITLE = 4
_MOST_BUTTONS = 5
"""Words of the buttons before the first title, or between the two."""

_WHOLE = re.compile(
    r"(?:advertisements?|anzeige|werbung|publicité|publicidad|реклама|sponsored(?: content)?"
    r"|(?:read|show|see|view|learn|load) more(?: ?\.{3}|…)?|continue reading(?: below)?|more"
    r"|share(?: (?:this|on|via)[\w ]{0,40})?|teilen|drucken|print(?: this)?(?: article)?|merken"
    r"|partager|compartir|поделиться|поділитися|save|subscribe|newsletter abonnieren"
    r"|(?:(?:facebook|twitter|whatsapp|telegram|x|linkedin"
    r"|reddit|pinterest|e-?mail|copy link|link copied|flipboard|vk|instagram|messenger"
    r"|print)\W*){2,}"
    r"|whatsapp|flipboard|copy link|link copied"
    r"|\d+ (?:comments?|kommentare?|shares?|views?|likes?)"
    r"|comments|kommentare"
    r"|leave a (?:comment|reply)"
    r"|skip to (?:main )?content|back to top|nach oben|story continues below(?: advertisement)?"
    r"|article continues (?:after|below)(?: this)?(?: advertisement| ad)?"
    r"|scroll (?:down )?to continue"
    r"|listen to (?:this )?(?:article|story)|(?:photos?|image|video)s?|loading\W*"
    r"|related(?: (?:articles?|stories|topics|content))?|more (?:from|on) [\w' ]{2,40}|topics|tags)"
    r"\s*[:.›»→>]*",
    re.I,
)
_LED = re.compile(
    r"(?:read also|also read|read (?:more|next|related)|see also|related(?: articles?| stories)?"
    r"|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire(?: aussi)?"
    r"|lea también|le puede interesar"
    r"|leia (?:também|mais)|читайте (?:также|також)|по теме|leggi anche|lees ook"
    r"|czytaj (?:też|także))"
    r"\s*[:|–—-]\s*\S.*"
    r"|more\s*:\s*\S.*[^\s.]"
    # Nothing else begins so, with or without a colon.
    r"|(?:read also|also read|(?:à )?lire aussi|lesen sie auch|leggi anche|lees ook|lea también"
    r"|leia também|czytaj (?:też|także)|читайте (?:также|також))\s+\S.*",
    re.I,
)  # fmt: skip
_GLUED = re.compile(r"(?:►\s*)?[A-ZА-ЯІЇЄ][\w’'&. -]{3,40}:[^\W\d_].*[^\W\d_]['’”\"?)]?")
"""A label and a headline without a space between them: two links side by side, as "Analysis:Why
the bridge fell". A headline has no full stop."""
_SIGN_UP = re.compile(
    r"(?:[\w’' ]{2,40}:\s?)?(?:sign up (?:now|here|to|for)|subscribe (?:to|now)|join) "
    r".{0,80}\b(?:newsletters?|inbox|channel)\b.*"
    r"|(?:.{0,160}[.!?:]\s)?sign up (?:for free |now )?here\W*"
    r"|(?:sign up (?:to|for)|subscribe to|get|join) .{0,80}\b(?:newsletters?|inbox|whatsapp channel"
    r"|telegram channel)\b.*"
    r"|(?:follow (?:us|.{2,40})|(?:like|find) us) on (?:facebook|twitter|instagram|telegram|x"
    r"|google news)\b.*"
    r"|(?:download|get) (?:our|the) .{0,30}\bapp\b.{0,80}",
    re.I,
)
"""What a reader is asked to do. A story may begin with such a word, too."""
_NOTICE = re.compile(
    r".{0,40}\b(?:we|this (?:web)?site) uses? cookies\b.*"
    r"|all rights reserved.{0,20}|(?:©|\(c\)|copyright)[\s©]*\d{4}.{0,120}"
    r"|©.{0,60}all rights reserved.{0,20}"
    r"|click here (?:to|for) .{0,120}|have (?:a tip|something to add).{0,120}"
    r"|(?:подписывайтесь|подпишитесь|підписуйтесь|підпишіться) на (?:наш\w*|нас)\b.{0,120}"
    r"|责任编辑\s*[:：].{1,20}|the post .{3,160} appeared first on .{2,60}",
    re.I,
)
_TO_THE_READER = re.compile(r"\b(?:you|yours?|we|us|our)\b", re.I)


def furniture(lines: Sequence[str]) -> dict[int, str]:
    """Lines that belong to the page and not to the article."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or len(stripped) > _LONGEST:
            if len(stripped) <= _LONGEST_PLAYER and _is_player(stripped):
                found[number] = "a video's title and length"
            continue
        if _WHOLE.fullmatch(stripped):
            found[number] = "a button or label of the page"
        elif _LED.fullmatch(stripped) or _GLUED.fullmatch(stripped):
            found[number] = "a pointer to another article"
        elif _is_notice(stripped):
            found[number] = "a notice of the site"
        elif _is_player(stripped):
            found[number] = "a video's title and length"
    return found


def _is_notice(line: str) -> bool:
    """Whether a line asks for something or states a right, and does not report or tell."""
    if _SIGN_UP.fullmatch(line):
        tells = ends_like_sentence(line) and not _TO_THE_READER.search(line)
        return not tells and not reports(line)
    return _NOTICE.fullmatch(line) is not None and not reports(line)


def _is_player(line: str) -> bool:
    """A video player as text: its title, its buttons, its title again, and how long it takes.

    Only the whole line tells: what comes before the second title is the first and a few buttons.
    """
    title = _LENGTH.sub("", line).split()
    if len(title) == len(line.split()):
        return False
    half = len(title) // 2
    return any(
        title[-words:] == title[start : start + words]
        for words in range(half, _SHORTEST_TITLE - 1, -1)
        for start in range(min(_MOST_BUTTONS, len(title) - 2 * words + 1))
        if len(title) - 2 * words <= 2 * _MOST_BUTTONS
    )

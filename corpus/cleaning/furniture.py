"""Furniture of a page that stands on lines of its own: share bars, "read also", sign-up boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 200

_WHOLE = re.compile(
    r"(?:advertisements?|anzeige|werbung|publicité|publicidad|реклама|sponsored(?: content)?"
    r"|(?:read|show|see|view|learn|load) more(?: ?\.{3}|…)?|continue reading(?: below)?|more"
    r"|share(?: (?:this|on|via)[\w ]{0,40})?|teilen|drucken|print(?: this)?(?: article)?|merken"
    r"|partager|compartir|поделиться|поділитися"
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
    r"\s*[:|–—-]\s*\S.*",
    re.I,
)  # fmt: skip
_SIGN_UP = re.compile(
    r"(?:sign up (?:to|for)|subscribe to|get|join) .{0,80}\b(?:newsletters?|inbox|whatsapp channel"
    r"|telegram channel)\b.*"
    r"|(?:follow|like|find) (?:us|.{2,40}) on (?:facebook|twitter|instagram|telegram|x"
    r"|google news)\b.*"
    r"|(?:download|get) (?:our|the) .{0,30}\bapp\b.{0,80}"
    r"|.{0,40}\b(?:we|this (?:web)?site) uses? cookies\b.*"
    r"|all rights reserved.{0,20}|(?:©|\(c\)|copyright)[\s©]*\d{4}.{0,120}"
    r"|©.{0,60}all rights reserved.{0,20}"
    r"|click here (?:to|for) .{0,120}|have (?:a tip|something to add).{0,120}",
    re.I,
)


def furniture(lines: Sequence[str]) -> dict[int, str]:
    """Lines that belong to the page and not to the article."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or len(stripped) > _LONGEST:
            continue
        if _WHOLE.fullmatch(stripped):
            found[number] = "a button or label of the page"
        elif _LED.fullmatch(stripped):
            found[number] = "a pointer to another article"
        elif _SIGN_UP.fullmatch(stripped):
            found[number] = "a notice of the site"
    return found

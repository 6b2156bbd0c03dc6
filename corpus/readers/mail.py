"""Mail (`.eml`) and pages saved as web archives (`.mhtml`), which are mail inside."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses

from corpus.draft import Draft
from corpus.errors import CorpusError, ImportRefused, NoArticleText
from corpus.files import safe_name
from corpus.readers.reading import Flaw, ReadAny, Source
from corpus.readers.zipped import printable

_DEEPEST = 2
_MOST_PARTS = 200
_SIGNATURE = "\n-- \n"


def read_mail(source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    """The mail's text as one draft, then the drafts of what is attached to it."""
    if source.depth >= _DEEPEST:
        raise ImportRefused("mails inside archives inside archives; unpack the outer ones")
    message = email.message_from_bytes(source.content, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise NoArticleText("it is no mail; save it from the mail program again")
    found = False
    for draft in (*_body(message, source, read_any), *_attached(message, source, read_any)):
        found = found or isinstance(draft, Draft)
        yield draft
    if not found:
        raise NoArticleText("the mail holds no text; save what is attached to it instead")


def _body(message: EmailMessage, source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    plain = message.get_body(("plain",))
    page = message.get_body(("html",))
    header = _header(message)
    if page is not None and (plain is None or message.get_content_type() == "multipart/related"):
        url = page.get("content-location") or message.get("snapshot-content-location")
        html = replace(
            source, name="mail.html", content=_bytes(page), url=url or source.url,
            encoding=page.get_content_charset(),
        )  # fmt: skip
        for draft in read_any(html):
            if isinstance(draft, Draft):
                draft.title = draft.title or header.title
                draft.published = draft.published or header.published
            yield draft
    elif plain is not None:
        text = str(_content(plain)).replace("\r\n", "\n").partition(_SIGNATURE)[0]
        if text.strip():
            header.text = text
            yield header


def _header(message: EmailMessage) -> Draft:
    senders = getaddresses([str(one) for one in message.get_all("from", [])])
    date = message.get("date")
    return Draft(
        text="",
        title=str(message.get("subject", "")) or None,
        authors=tuple(name or address for name, address in senders if name or address),
        published=str(date) if date else None,
    )


def _attached(message: EmailMessage, source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    for number, part in enumerate(message.iter_attachments()):
        name = part.get_filename()
        if number >= _MOST_PARTS:
            yield Flaw("attachments", f"more than {_MOST_PARTS}; the rest is left out")
            return
        if not name or not isinstance(part, MIMEPart):
            continue
        where = printable(name)
        member = replace(
            source, name=safe_name(name), content=_bytes(part), url=None, depth=source.depth + 1
        )
        try:
            for draft in read_any(member):
                yield replace(draft, where=f"{where}, {draft.where}" if draft.where else where)
        except CorpusError as error:
            yield Flaw(where, str(error))


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, MessageError):
        return _bytes(part).decode("utf-8", "replace")

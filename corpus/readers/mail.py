"""Mail (`.eml`) and pages saved as web archives (`.mhtml`), which are mail inside."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message, MIMEPart
from email.utils import getaddresses
from itertools import islice

from corpus.cleaning.notices import has_no_sentence
from corpus.decoding import clean_characters, decode
from corpus.draft import Draft
from corpus.errors import CorpusError, ImportRefused, NoArticleText, UnreadableFile
from corpus.files import safe_name
from corpus.readers.mail_limits import refuse_mail_bombs
from corpus.readers.quoted_replies import without_quoted_replies
from corpus.readers.reading import Flaw, ReadAny, Source
from corpus.readers.zipped import printable

_DEEPEST = 2
_MOST_PARTS = 200
_ENDINGS = {
    "message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html",
    "application/pdf": ".pdf", "application/zip": ".zip", "application/json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}  # fmt: skip
_HEADERS = (
    "From", "Subject", "Date", "Content-Type", "Content-Disposition", "Content-Location",
    "Content-Transfer-Encoding", "Snapshot-Content-Location",
)  # fmt: skip
_SIGNATURE = "\n-- \n"


def read_mail(source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    """The mail's text as one draft, then the drafts of what is attached to it."""
    if source.depth >= _DEEPEST:
        raise ImportRefused("mails inside archives inside archives; unpack the outer ones")
    refuse_mail_bombs(source.content)
    try:
        message = email.message_from_bytes(source.content, policy=email.policy.default)
        parts = sum(1 for _ in islice(message.walk(), _MOST_PARTS + 1))
    except RecursionError:
        parts = _MOST_PARTS + 1
    if parts > _MOST_PARTS:
        raise ImportRefused(f"the mail has more than {_MOST_PARTS} parts; save them as files")
    if not isinstance(message, EmailMessage) or not message.keys():
        raise NoArticleText("it is no mail; save it from the mail program again")
    _refuse_damaged_headers(message)
    found = False
    for draft in (*_body(message, source, read_any), *_attached(message, source, read_any)):
        found = found or isinstance(draft, Draft)
        yield draft
    if not found:
        raise NoArticleText("the mail holds no text; save what is attached to it instead")


def _refuse_damaged_headers(message: EmailMessage) -> None:
    """Headers are parsed when they are asked for, and the parser trips over some."""
    try:
        for part in message.walk():
            for name in _HEADERS:
                part.get_all(name)
    except (LookupError, AttributeError, TypeError, ValueError):
        raise UnreadableFile("a header of the mail is damaged; save it again") from None


def _body(message: EmailMessage, source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    plain = message.get_body(("plain",))
    page = message.get_body(("html",))
    header = _header(message)
    if page is not None and (plain is None or message.get_content_type() == "multipart/related"):
        try:
            yield from _page(page, header, message, source, read_any)
        except CorpusError as error:
            # "See attached" is no article, and what is attached may be one.
            if next(message.iter_attachments(), None) is None:
                raise
            yield Flaw("the text of the mail", str(error))
    elif plain is not None:
        try:
            text = clean_characters(decode(_bytes(plain), plain.get_content_charset()))
        except UnreadableFile as error:
            yield Flaw("the text of the mail", str(error))
            return
        header.text, quoted = without_quoted_replies(text.partition(_SIGNATURE)[0])
        header.left_out = tuple(quoted) if source.settings.tell_left_out else ()
        if header.text.strip():
            yield header


def _page(
    page: MIMEPart, header: Draft, message: EmailMessage, source: Source, read_any: ReadAny
) -> Iterator[Draft | Flaw]:
    """The page of a mail, or that of a web archive, whose own date is the day of saving it."""
    url = page.get("content-location") or message.get("snapshot-content-location")
    html = replace(
        source, name="mail.html", content=_bytes(page), url=url or source.url,
        encoding=page.get_content_charset(),
    )  # fmt: skip
    for draft in read_any(html):
        if isinstance(draft, Draft):
            draft.title = draft.title or header.title
            if url is None:
                draft.published = draft.published or header.published
        yield draft


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
        if number >= _MOST_PARTS:
            yield Flaw("attachments", f"more than {_MOST_PARTS}; the rest is left out")
            return
        if not isinstance(part, MIMEPart):
            continue
        name = part.get_filename() or _made_name(part, number + 1, message)
        if name is None:
            continue
        where = printable(name)
        member = replace(
            source, name=safe_name(name), content=_bytes(part), url=None, depth=source.depth + 1
        )
        try:
            for draft in read_any(member):
                place = f"{where}, {draft.where}" if draft.where else where
                if (
                    isinstance(draft, Draft)
                    and not part.get_filename()
                    and has_no_sentence(draft.text.split("\n"))
                ):
                    yield Flaw(place, "it holds no sentence (the foot of a mailing list?)")
                else:
                    yield replace(draft, where=place)
        except CorpusError as error:
            yield Flaw(where, str(error))


def _made_name(part: MIMEPart, number: int, message: EmailMessage) -> str | None:
    """A name for a part without one, by its type; None for pictures and pieces of a saved page."""
    ending = _ENDINGS.get(part.get_content_type())
    if ending is None or message.get_content_type() == "multipart/related":
        return None
    return f"part-{number}{ending}"


def _bytes(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        try:
            return (
                inner.as_bytes(policy=email.policy.compat32) if isinstance(inner, Message) else b""
            )
        except (LookupError, ValueError, TypeError, AttributeError):
            # The library cannot write what it read: the part is taken for an empty one.
            return b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""

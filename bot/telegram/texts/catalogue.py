"""What there is to say. Every language fills in every field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CommandTexts:
    """What the menu says beside each command. Telegram allows 256 characters."""

    ask: str
    new: str
    since: str
    latest: str
    sources: str
    settings: str
    help: str
    articles: str
    remove: str
    reindex: str
    status: str
    feedback: str


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """Words around quotes. The quotes themselves are in the language of their article."""

    not_said: str
    nearest: str
    disagree: str
    understood: str  # {question}
    undated: str
    unnamed_outlet: str
    untitled: str
    said_by: str  # {speaker}
    also_in: str  # {outlets}
    article_gone: str
    expired: str
    context_button: str
    hide_context_button: str
    more_button: str  # {count}
    open_button: str
    thanks: str


@dataclass(frozen=True, slots=True)
class GuideTexts:
    """Greeting, help and what is in the collection."""

    start: str
    help: str
    admin_help: str
    collection: str  # {articles} {outlets}
    empty: str
    latest: str
    sources: str
    outlet_line: str  # {outlet} {count} {first} {last}
    forgotten: str
    ask_usage: str
    since_usage: str
    text_only: str
    inline_hint: str
    inline_nothing: str


@dataclass(frozen=True, slots=True)
class RefusalTexts:
    """Refusals and troubles, in words for people."""

    not_allowed: str
    administrators_only: str
    slower: str  # {seconds}
    index_missing: str
    question: str
    trouble: str
    unknown_command: str
    expired_button: str


@dataclass(frozen=True, slots=True)
class SettingsTexts:
    """The /settings menu."""

    title: str  # {language} {quotes}
    language: str
    quotes: str
    automatic: str
    saved: str


@dataclass(frozen=True, slots=True)
class AdministrationTexts:
    """What administrators read."""

    receiving: str  # {name}
    fetching: str  # {url}
    added: str  # {count} {seconds}
    already_there: str
    skipped: str  # {reason}
    tried: str  # {seconds}
    tried_unanswered: str  # {seconds}
    failed: str  # {reason}
    too_big: str  # {megabytes}
    articles: str  # {first} {last} {total}
    remove_usage: str
    remove_confirm: str  # {title}
    remove_button: str
    keep_button: str
    removed: str  # {title}
    kept: str
    no_such_article: str  # {id}
    index_running: str  # {articles} {passages} {rate}
    index_done: str  # {articles} {passages}
    index_failed: str  # {reason}
    status: str  # {articles} {passages} {generation} {last_sync} {model} {waiting}
    degraded: str  # {reason}
    feedback: str  # {up} {down}
    no_feedback: str


@dataclass(frozen=True, slots=True)
class Texts:
    """One language."""

    code: str
    name: str
    months: tuple[str, ...]
    commands: CommandTexts
    answer: AnswerTexts
    guide: GuideTexts
    refusal: RefusalTexts
    settings: SettingsTexts
    administration: AdministrationTexts

    def date(self, day: date | None) -> str:
        """A date as people write it."""
        if day is None:
            return self.answer.undated
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

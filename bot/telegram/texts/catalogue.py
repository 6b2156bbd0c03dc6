"""What there is to say. Every language fills in every field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.telegram.texts.reasons import reason_in


@dataclass(frozen=True, slots=True)
class CommandTexts:
    """What the menu says beside each command. Telegram allows 256 characters."""

    ask: str
    new: str
    since: str
    latest: str
    sources: str
    proof: str
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
    others_near: str  # {count}
    disagree: str
    understood: str  # {question}
    undated: str
    unnamed_outlet: str
    untitled: str
    said_by: str  # {speaker}
    reporting: str  # {speaker}
    also_in: str  # {outlets}
    agrees: str  # {number} {outlets}
    agree: str  # {number} {outlets}
    revised: str  # {newer} {says} {older} {said}
    nothing_more: str
    nothing_since: str  # {last}
    nothing_until: str  # {first}
    nothing_between: str
    english_only: str
    in_vain: str  # {outlet}
    only: str  # {limits}
    since: str  # {first}
    until: str  # {last}
    between: str  # {first} {last}
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
    start_inline: str
    english_only: str
    small_talk: str
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
    proof: str  # {proven} {total}
    proof_usage: str
    proof_nothing: str
    proof_others: str  # {count}
    different: str
    misplaced: str
    other_version: str
    article_gone: str
    altered: str
    malformed: str
    since_without_question: str  # {first} {written}
    since_ahead: str  # {written}
    since_not_understood: str  # {written}
    text_only: str
    inline_hint: str
    inline_nothing: str
    inline_english_only: str
    inline_slower: str


@dataclass(frozen=True, slots=True)
class RefusalTexts:
    """Refusals and troubles, in words for people."""

    not_allowed: str
    administrators_only: str
    for_administrators: str
    slower: str  # {seconds}
    question_too_long: str  # {most}
    unknown_command: str
    expired_button: str


@dataclass(frozen=True, slots=True)
class TroubleTexts:
    """What went wrong, by its kind."""

    other: str
    question: str
    index_missing: str
    index_unusable: str
    unreadable: str
    no_article: str
    import_refused: str
    busy: str
    unavailable: str
    in_the_log: str


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
    already_there: str  # {count}
    nothing_found: str
    others_added: str  # {count}
    others_skipped: str  # {count}
    still_at_it: str  # {seconds}
    pages_read: str  # {count}
    not_received: str
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
    decimal_mark: str
    months: tuple[str, ...]
    commands: CommandTexts
    answer: AnswerTexts
    guide: GuideTexts
    refusal: RefusalTexts
    trouble: TroubleTexts
    settings: SettingsTexts
    administration: AdministrationTexts

    def date(self, day: date | None) -> str:
        """A date as people write it."""
        if day is None:
            return self.answer.undated
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def tenths(self, number: float) -> str:
        """A number with one decimal, as people write it."""
        return f"{number:.1f}".replace(".", self.decimal_mark)

    def reason(self, reason: str) -> str:
        """A reason that another room gave in English; where it is not known, that the log has it.

        Nobody is given a text of ours in a language that is not theirs.
        """
        return reason_in(self.code, reason) or self.trouble.in_the_log

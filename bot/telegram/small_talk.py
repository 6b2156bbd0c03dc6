"""What people write that asks nothing: greetings, thanks, a lone question mark, an emoji."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_SAID = (
    "hi hello hey hiya howdy greetings good morning afternoon evening night day"
    " thanks thank thx you very much so many a lot cheers ok okay yes yeah yep no nope"
    " sure great cool nice fine well perfect wow lol got it i see bye goodbye welcome sorry"
    " please"
    " привет приветствую здравствуй здравствуйте добрый доброе доброй доброго день дня утро"
    " утра вечер вечера ночи спасибо большое огромное вам тебе благодарю ок окей да нет ага"
    " угу хорошо ладно понятно понял поняла ясно отлично супер круто пока до свидания"
    " пожалуйста извините простите"
    " привіт вітаю вітання добридень ранок ранку вечір вечора ночі дякую дуже щиро спасибі так"
    " ні ага добре гаразд зрозуміло зрозумів зрозуміла чудово бувай побачення прошу вибачте"
    " hallo guten tag morgen abend danke bitte tschüss bonjour salut merci hola gracias adiós"
)
_WORDS = frozenset(_SAID.split())


def is_small_talk(text: str) -> bool:
    """Whether a text asks nothing: it has no words, or none but those of greeting and thanks."""
    return _WORDS.issuperset(_WORD.findall(text.casefold()))

"""Notices of a site that stand where an article was looked for: a cookie wall, a paywall, a request
for JavaScript, an error, a form to log in.

Two things tell them, in any outlet: they speak to the reader about the use of a site instead of
reporting, and the same words stand under titles that have nothing in common (which is learned,
see `repeated_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lines import ends_like_sentence, folded
from corpus.cleaning.reporting import reports
from corpus.sentences import split_sentences

LONGEST = 1_500
"""Code points. A longer text has something to tell, whatever else it says."""
LEAST_SHARE = 0.7
"""Share of a text, in code points, that has to speak of the use of the site."""
LONGEST_LABEL = 60
"""Code points of a heading or a button, which speaks to nobody: "Page not found", "Log in"."""
FEWEST_WORDS = 30
"""A page of fewer words without one sentence is a menu or a form."""

_USE_OF_SITES = re.compile(
    r"\b(?:cookies?|куки|java ?script|captchas?|vpn|pop-?ups?|paywall"
    r"|(?:your|ihr\w*|dein\w*|votre|tu|su|ваш\w*|web|this|diese\w*|ce|este) ?(?:browser|navigat"
    r"eur|navegador|браузер\w*|браузер\w*|переглядач\w*)"
    r"|pass-?words?|passwort|mot de passe|contraseña|парол\w*|user ?name|benutzername"
    r"|ad-? ?block(?:er|ing|ers)?|werbeblocker|bloqueur|bloqueador|блокиров\w* рекламы"
    r"|блокувальник\w* реклами"
    r"|log(?:ged|ging)?[ -]?in|sign(?:ed|ing)? ?in|einlogg\w+|angemeldet|melden sie sich"
    r"|connectez-vous|identifiez-vous|inici(?:e|a|ar) sesión|войдите|авторизуйтесь|увійдіть"
    r"|авторизуйтеся|your account|ihr\w* konto|votre compte|su cuenta|tu cuenta|аккаунт\w*"
    r"|учётн\w* запис\w*|учетн\w* запис\w*|обліков\w* запис\w*"
    r"|subscribe(?:rs?)?|subscriptions?|abonnent\w*|abonnieren|abonnement\w*|abo|abonnez-vous"
    r"|abonnés?|suscríbase|suscríbete|suscriptor\w*|suscripción|подписчик\w*|подписк\w*"
    r"|подпишитесь|передплат\w*|підписк\w*|підписник\w*|підпишіться"
    r"|newsletters?|inbox|posteingang|privacy (?:policy|notice|settings)|datenschutz\w*"
    r"|politique de confidentialité|política de privacidad|политик\w* конфиденциальности"
    r"|політик\w* конфіденційності|terms (?:of (?:use|service)|and conditions)"
    r"|(?:error )?(?:404|403)|not found|nicht gefunden|introuvable|no encontrad[ao]|не найден\w*"
    r"|не знайден\w*|(?:page|seite|página|страниц\w+|сторінк\w+)[^.!?]{0,60} (?:exists?|existiert"
    r"|existe|существует|існує|moved|available|verfügbar|disponible|доступн\w+)"
    r"|access denied|zugriff verweigert|accès refusé|acceso denegado|доступ (?:запрещен|запрещён"
    r"|ограничен|заборонено|обмежено)|you are (?:a )?(?:human|not a robot))\b"
)
"""What people do to sites and sites to people; what a site calls its own pages."""
_SITE = re.compile(
    r"\b(?:(?:web)?(?:pages?|sites?)|accept|e-?mail|permission|access|registration|register"
    r"|details|personal data|consent|settings|content|(?:re)?load|refresh|try again|home ?page"
    r"|search|reading|partners|device|advertising|continue|articles?"
    r"|(?:web)?seiten?|einwillig\w+|zustimm\w+|zugriff|registrier\w+|einstellungen|inhalte?"
    r"|partner\w*|werbung|startseite|suche|weiterlesen|lesen"
    r"|accueil|données|consentement|paramètres|contenus?|partenaires|publicité|accéder|lire"
    r"|inicio|datos|consentimiento|contenidos?|socios|publicidad|acceder|leer|buscar|página"
    r"|страниц\w*|адрес\w*|сайт\w*|согласи\w*|настро\w+|данн\w+|доступ\w*|партн[её]р\w*|реклам\w*|поиск\w*"
    r"|чита\w+|материал\w*|главн\w+|обновите|продолж\w+|зарегистр\w+"
    r"|сторінк\w*|адрес\w*|згод\w+|налаштув\w+|даних|дані|пошук\w*|матеріал\w*|головн\w+|оновіть|зареєстр\w+)\b"
)
_ADDRESS_WORDS = (
    r"you|yours?|please|we|our|bitte|wir|unser(?:e[nmrs]?)?|uns|vous|votre|vos|veuillez|nous|notre"
    r"|usted|por favor|nuestr[oa]s?|вы|вас|вам|пожалуйста|мы|нам|ви|будь ласка"
    r"|[нв]аш(?:[аеиу]|его|ему|ем|ей|ею|ими?|их|і|ої|ого|ому|ій|ою)?"
)
"""Words that speak of nobody but who speaks and who is spoken to ("su" may be anybody's)."""
_ADDRESSED = re.compile(rf"\b(?:{_ADDRESS_WORDS})\b")
_BY_CASE = re.compile(r"\b[Uu]s\b|(?<=[\w,;]\s)(?:Sie|Ihnen|Ihre?[nmrs]?)\b")
"""What only its capital tells apart: "us" and the US; "Sie" within a sentence and "sie"."""
_TO_THE_READER = re.compile(
    rf"\b(?:{_ADDRESS_WORDS}|dein(?:e[nmrs]?)?|tu|tus|ми"
    r"|nos (?:abonnés|articles|conditions|contenus|cookies|lecteurs|newsletters?|offres|pages"
    r"|partenaires|services)"
    r"|(?!\w*(?:сайт|байт))\w+йте(?:сь)?|\w+итесь|\w+ьтесь|\w+(?:йте|іть)ся|\w+іть"
    r"|(?:в[оы]й|перей|зай)дите|(?:в|вы|от|под)ключите|нажмите|обновите|оформите|примите"
    r"|разрешите|подтвердите|выберите|введите|установите|сохраните|укажите|заполните|подождите"
    r"|повторите|получите|купите|прочтите|продолжите|уточните|сообщите|удалите|проверьте"
    r"|оставьте)\b"
    r"|^(?:enable|accept|reject|disable|subscribe|register|enter|click|try|reload|refresh"
    r"|verify|continue|turn|allow|choose|manage|go|return"
    r"|(?:log|sign) (?:in|on|out|up)|check (?:your|the|that)|have an?|not (?:an? |yet|registered)"
    r"|already (?:an? |have|registered|subscribed)|abonnez|connectez"
    r"|suscr[ií]b(?:ete|ase|e)|inici[ae] sesión|vuelva|active|habilite|acepte|introduzca"
    r"|haga clic|pulse|compruebe|regístr(?:ese|ate))\b"
    r"|\b(?:this (?:web)?(?:page|site|article|story|content)|diese[rs]? (?:seite|artikel|inhalt)"
    r"|cet article|cette page|ce contenu|est[ea] (?:artículo|página|contenido)"
    r"|la página que buscas?|olvid(?:ó|aste) (?:su|tu) contraseña"
    r"|эт(?:от|а) (?:материал|статья|страница)|ц(?:ей|я) (?:матеріал|стаття|сторінка))\b"
)
"""How a site speaks to who reads it; nouns that end as imperatives do ("на сайте") are none."""
_OF_ITSELF = re.compile(
    r"^\W*(?:error )?(?:404|403)\b"
    r"|\b(?:page|seite|página|страница|сторінк[ау]) (?:was |wurde |no )?"
    r"(?:not found|nicht gefunden|introuvable|encontrada|не найдена|не знайдено|existe|inconnue)\b"
    r"|^(?:access denied|zugriff verweigert|accès refusé|acceso denegado|доступ запрещ[её]н|доступ"
    r" заборонено)\b|\b(?:only (?:for|available to)|reserved for|nur für|réservée?s? (?:aux|à nos)"
    r"|s[oó]lo para|exclusiv\w+ para|только (?:для |нашим )?|лише (?:для )?|тільки (?:для )?)"
    r" ?(?:our )?(?:subscribers|abonnent\w+|abonnés|suscriptores|подписчик\w+|передплатник\w+"
    r"|підписник\w+)\b"
)
"""What a site says of a page or an article, to nobody in particular."""


def is_notice(text: str, language: str | None = None) -> bool:
    """Whether a text does nothing but tell its reader how to use a site."""
    if len(text) > LONGEST:
        return False
    sentences = [span.of(text) for span in split_sentences(text, language)]
    spoken = {sentence: folded(sentence) for sentence in sentences}
    if any(map(reports, sentences)):
        return False
    if not any(map(_USE_OF_SITES.search, spoken.values())):
        return False
    of_site = sum(len(one) for one in sentences if _is_of_site(one, spoken[one]))
    return of_site > LEAST_SHARE * sum(map(len, sentences))


def speaks_of_site(sentence: str) -> bool:
    """Whether a sentence speaks to its reader, or of the use of a site, and reports nothing."""
    if reports(sentence):
        return False
    spoken = folded(sentence)
    if _BY_CASE.search(sentence):
        return True
    return any(pattern.search(spoken) for pattern in (_ADDRESSED, _USE_OF_SITES, _OF_ITSELF))


def has_no_sentence(lines: Sequence[str]) -> bool:
    """Whether a page gave no more than a few labels: a menu, a form, a list of links."""
    words = sum(len(line.split()) for line in lines)
    return words < FEWEST_WORDS and not any(map(ends_like_sentence, lines))


def _is_of_site(sentence: str, spoken: str) -> bool:
    if _OF_ITSELF.search(spoken):
        return True
    if not (_USE_OF_SITES.search(spoken) or _SITE.search(spoken)):
        return False
    is_label = len(sentence) <= LONGEST_LABEL and not ends_like_sentence(sentence)
    return is_label or bool(_TO_THE_READER.search(spoken) or _BY_CASE.search(sentence))

"""Questions in words of other languages, so that a reader trained on English reads across them.

Words of an English question are exchanged for those of another language, its names written in
Cyrillic where that language is; order and inflection stay English. A multilingual encoder so
learns to find in the passage what either says (Qin et al. 2020, arXiv:2006.06402).
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

LANGUAGES = ("ru", "uk", "de", "fr", "es")

ASKING = """
how many | сколько | скільки | wie viele | combien de | cuántos
how much | сколько | скільки | wie viel | combien | cuánto
how long | как долго | як довго | wie lange | combien de temps | cuánto tiempo
how old | сколько лет | скільки років | wie alt | quel âge | qué edad
how often | как часто | як часто | wie oft | combien de fois | con qué frecuencia
what year | какой год | який рік | welches Jahr | quelle année | qué año
what kind of | какой | який | was für | quel genre de | qué tipo de
what type of | какой вид | який вид | welche Art | quel type de | qué tipo de
who | кто | хто | wer | qui | quién
whom | кого | кого | wen | qui | a quién
whose | чей | чий | wessen | à qui | de quién
what | что | що | was | que | qué
which | какой | який | welcher | quel | cuál
when | когда | коли | wann | quand | cuándo
where | где | де | wo | où | dónde
why | почему | чому | warum | pourquoi | por qué
how | как | як | wie | comment | cómo
"""
"""English | Russian | Ukrainian | German | French | Spanish; the longer ones first."""

WORDS = """
and | и | та | und | et | y
of | из | з | von | de | de
in | в | у | in | dans | en
on | на | на | auf | sur | en
for | для | для | für | pour | para
by | от | від | von | par | por
with | с | з | mit | avec | con
from | из | з | aus | de | de
to | к | до | zu | à | a
before | до | до | vor | avant | antes de
after | после | після | nach | après | después de
during | во время | під час | während | pendant | durante
between | между | між | zwischen | entre | entre
not | не | не | nicht | ne pas | no
was | был | був | war | était | fue
were | были | були | waren | étaient | fueron
is | есть | є | ist | est | es
first | первый | перший | erste | premier | primero
last | последний | останній | letzte | dernier | último
new | новый | новий | neue | nouveau | nuevo
old | старый | старий | alte | vieux | viejo
largest | крупнейший | найбільший | größte | le plus grand | más grande
number | число | кількість | Zahl | nombre | número
name | имя | ім'я | Name | nom | nombre
called | назван | названий | genannt | appelé | llamado
people | люди | люди | Menschen | gens | personas
man | мужчина | чоловік | Mann | homme | hombre
woman | женщина | жінка | Frau | femme | mujer
children | дети | діти | Kinder | enfants | niños
year | год | рік | Jahr | année | año
years | лет | років | Jahre | années | años
month | месяц | місяць | Monat | mois | mes
day | день | день | Tag | jour | día
century | век | століття | Jahrhundert | siècle | siglo
country | страна | країна | Land | pays | país
city | город | місто | Stadt | ville | ciudad
town | городок | містечко | Stadt | ville | pueblo
state | государство | держава | Staat | état | estado
region | область | область | Region | région | región
river | река | річка | Fluss | fleuve | río
bridge | мост | міст | Brücke | pont | puente
border | граница | кордон | Grenze | frontière | frontera
island | остров | острів | Insel | île | isla
world | мир | світ | Welt | monde | mundo
war | война | війна | Krieg | guerre | guerra
army | армия | армія | Armee | armée | ejército
troops | войска | війська | Truppen | troupes | tropas
soldiers | солдаты | солдати | Soldaten | soldats | soldados
battle | битва | битва | Schlacht | bataille | batalla
attack | атака | атака | Angriff | attaque | ataque
president | президент | президент | Präsident | président | presidente
minister | министр | міністр | Minister | ministre | ministro
government | правительство | уряд | Regierung | gouvernement | gobierno
king | король | король | König | roi | rey
queen | королева | королева | Königin | reine | reina
party | партия | партія | Partei | parti | partido
law | закон | закон | Gesetz | loi | ley
court | суд | суд | Gericht | tribunal | tribunal
police | полиция | поліція | Polizei | police | policía
company | компания | компанія | Firma | entreprise | empresa
money | деньги | гроші | Geld | argent | dinero
price | цена | ціна | Preis | prix | precio
cost | стоить | коштує | kosten | coûter | costar
school | школа | школа | Schule | école | escuela
university | университет | університет | Universität | université | universidad
hospital | больница | лікарня | Krankenhaus | hôpital | hospital
church | церковь | церква | Kirche | église | iglesia
museum | музей | музей | Museum | musée | museo
team | команда | команда | Mannschaft | équipe | equipo
game | игра | гра | Spiel | jeu | juego
film | фильм | фільм | Film | film | película
book | книга | книга | Buch | livre | libro
music | музыка | музика | Musik | musique | música
language | язык | мова | Sprache | langue | idioma
population | население | населення | Bevölkerung | population | población
disease | болезнь | хвороба | Krankheit | maladie | enfermedad
patients | пациенты | пацієнти | Patienten | patients | pacientes
virus | вирус | вірус | Virus | virus | virus
water | вода | вода | Wasser | eau | agua
work | работа | робота | Arbeit | travail | trabajo
died | умер | помер | starb | est mort | murió
born | родился | народився | geboren | né | nacido
killed | убит | убитий | getötet | tué | matado
won | выиграл | виграв | gewann | gagné | ganó
lost | проиграл | програв | verlor | perdu | perdió
began | началось | почалося | begann | commencé | comenzó
ended | закончилось | закінчилося | endete | terminé | terminó
built | построен | побудований | gebaut | construit | construido
opened | открыт | відкритий | eröffnet | ouvert | abierto
closed | закрыт | закритий | geschlossen | fermé | cerrado
founded | основан | заснований | gegründet | fondé | fundado
wrote | написал | написав | schrieb | écrit | escribió
said | сказал | сказав | sagte | dit | dijo
used | используется | використовується | benutzt | utilisé | usado
made | сделан | зроблений | gemacht | fait | hecho
found | нашли | знайшли | gefunden | trouvé | encontrado
became | стал | став | wurde | devenu | se convirtió
caused | вызвал | спричинив | verursacht | causé | causó
father | отец | батько | Vater | père | padre
mother | мать | мати | Mutter | mère | madre
wife | жена | дружина | Ehefrau | femme | esposa
husband | муж | чоловік | Ehemann | mari | marido
son | сын | син | Sohn | fils | hijo
daughter | дочь | дочка | Tochter | fille | hija
"""
"""In the same columns. Any everyday words would do; these are frequent in questions."""

DROPPED = frozenset({"the", "a", "an", "did", "does", "do"})
"""Words for which Russian and Ukrainian have none."""

SWITCHED_QUESTIONS, SWITCHED_WORDS, SWITCHED_NAMES = 0.45, 0.85, 0.75
"""Shares of questions that are written anew, and in these of the known words and of the names."""

_LETTERS = (
    "shch щ,sch ш,zh ж,kh х,ts ц,ch ч,sh ш,ya я,yu ю,yo ё,ye е,th т,ph ф,ck к,qu кв,oo у,ee и,"
    "ou у,ay ей,a а,b б,c к,d д,e е,f ф,g г,h х,i и,j дж,k к,l л,m м,n н,o о,p п,q к,r р,s с,"
    "t т,u у,v в,w в,x кс,y и,z з,é е,è е,ö ё,ü ю,ä е,ó о,á а,í и,ú у,ç с,ñ н"
)
_CYRILLIC = dict(pair.split(" ") for pair in _LETTERS.split(","))
_UKRAINIAN = {"ё": "йо", "и": "і", "й": "й"}
_SOUNDS = re.compile("|".join(sorted(map(re.escape, _CYRILLIC), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in row.split("|")] for row in table.strip().splitlines()]


_ASKED = re.compile(r"\b(" + "|".join(row[0] for row in _rows(ASKING)) + r")\b", re.IGNORECASE)
_ASKING = {row[0]: dict(zip(LANGUAGES, row[1:], strict=True)) for row in _rows(ASKING)}
_WORDS = {row[0]: dict(zip(LANGUAGES, row[1:], strict=True)) for row in _rows(WORDS)}


@dataclass(frozen=True, slots=True)
class CodeSwitching:
    """Writes some of the questions in words of other languages."""

    chance: random.Random

    def question(self, text: str) -> str:
        """The question as it is, or with words of one other language."""
        if self.chance.random() >= SWITCHED_QUESTIONS:
            return text
        return self.in_language(text, self.chance.choice(("ru", "ru", "uk", "uk", *LANGUAGES[2:])))

    def in_language(self, text: str, language: str) -> str:
        """The question with its words of asking, most known words and names exchanged."""
        asked = _ASKED.search(text)
        if asked is None:
            return self._words(text, language)
        asking = _ASKING[asked.group().casefold()][language]
        before, after = text[: asked.start()], text[asked.end() :]
        if not before:
            asking = asking[0].upper() + asking[1:]
        return self._words(before, language) + asking + self._words(after, language)

    def _words(self, text: str, language: str) -> str:
        cyrillic = language in {"ru", "uk"}

        def exchanged(found: re.Match[str]) -> str:
            word = found.group()
            known = _WORDS.get(word.casefold())
            if known is not None:
                return known[language] if self.chance.random() < SWITCHED_WORDS else word
            if cyrillic and word.casefold() in DROPPED:
                return ""
            if cyrillic and word[0].isupper() and self.chance.random() < SWITCHED_NAMES:
                return in_cyrillic(word, language)
            return word

        return re.sub(r" {2,}", " ", _WORD.sub(exchanged, text))


def in_cyrillic(name: str, language: str) -> str:
    """A name letter by letter, roughly as Russian or Ukrainian newspapers write it."""
    written = _SOUNDS.sub(lambda sound: _CYRILLIC[sound.group()], name.casefold())
    if language == "uk":
        written = "".join(_UKRAINIAN.get(letter, letter) for letter in written)
    return written[:1].upper() + written[1:]

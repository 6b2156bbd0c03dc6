"""Money as it is written: signs, names of currencies, and their codes beside a figure.

A name that is another word as well ("won", "real") and a code ("TRY") are money beside a figure
only.
"""

from __future__ import annotations

import re

from retrieval.words.word_lists import alternatives

SIGNS = re.escape("$€£¥₴₽₹₨₺₪₩₸₫₦₱₲₡₵₾₼฿৳₿﷼¢")
"""For a class of characters in a regular expression."""

_CODES = (
    "AED", "AFN", "AMD", "ANG", "AOA", "ARS", "AUD", "AZN", "BDT", "BGN", "BHD", "BOB", "BRL",
    "BTC", "BYN", "CAD", "CDF", "CHF", "CLP", "CNY", "CRC", "CZK", "DKK", "DZD", "EGP", "ETB",
    "EUR", "GBP", "GEL", "GHS", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
    "JOD", "JPY", "KES", "KGS", "KRW", "KWD", "KZT", "LBP", "LKR", "LYD", "MAD", "MDL", "MKD",
    "MMK", "MNT", "MXN", "MYR", "MZN", "NGN", "NIS", "NOK", "NPR", "NZD", "OMR", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RMB", "RON", "RSD", "RUB", "RUR", "RWF", "SAR", "SEK", "SGD", "SYP",
    "THB", "TJS", "TMT", "TND", "TRY", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES",
    "VND", "XAF", "XOF", "YER", "ZAR", "ZMW",
)  # fmt: skip
"""Of ISO 4217, and those that people use beside them."""

_BEFORE_FIGURES = ("Rs", "Rs.", "R", "Rp", "RM", "kr", "Kč")
_AFTER_FIGURES = ("zł", "kr", "kr.", "Kč", "грн", "грн.", "тг", "лв", "лв.")
_BESIDE_FIGURES_ONLY = (
    "won", "real", "reals", "reais", "rand", "rands", "leu", "lei", "lev", "leva", "lek",
    "mark", "marks", "sol", "soles", "som", "dram", "drams", "kip", "kyat", "kuna", "pula",
    "quid", "bucks", "pfund",
)  # fmt: skip
_WORDS = (
    "hryvnia", "hryvnias", "hryvnya", "hryvnyas", "hryvni", "zloty", "zlotys", "zloties",
    "zlote", "złoty", "złote", "złotych", "rupee", "rupees", "lira", "liras", "lire", "shekel",
    "shekels", "krone", "kroner", "krona", "kronor", "krónur", "koruna", "korunas", "forint",
    "forints", "rupiah", "rupiahs", "ringgit", "ringgits", "baht", "bahts", "dong", "dirham",
    "dirhams", "dinar", "dinars", "rial", "rials", "riyal", "riyals", "riel", "riels", "peso",
    "pesos", "naira", "nairas", "cedi", "cedis", "tenge", "tenges", "manat", "manats", "lari",
    "laris", "afghani", "afghanis", "taka", "takas", "kwacha", "kwachas", "kwanza", "kwanzas",
    "shilling", "shillings", "birr", "renminbi", "guilder", "guilders", "drachma", "drachmas",
    "escudo", "escudos", "peseta", "pesetas", "deutschmark", "deutschmarks", "bolivar",
    "bolivars", "bolívar", "bolívares", "guarani", "guaranis", "quetzal", "quetzals", "lempira",
    "lempiras", "boliviano", "bolivianos", "somoni", "somonis", "denar", "denars", "kopeck",
    "kopecks", "pence", "bitcoin", "bitcoins", "грн", "злотый", "злотых", "злотого", "злотий",
    "злоті", "шекель", "шекеля", "шекелей", "шекелі", "шекелів", "рупия", "рупии", "рупий",
    "рупія", "рупії", "рупій", "лира", "лиры", "лир", "ліра", "ліри", "лір", "тенге", "юань",
    "юаня", "юаней", "юанів", "иена", "иены", "иен", "єна", "єни", "єн", "фунт", "фунта",
    "фунтов", "фунтів", "франк", "франка", "франков", "франків", "форинт", "форинта",
    "форинтов", "форинтів", "манат", "маната", "манатов", "манатів", "песо", "hrywnja",
    "hrywen", "hrywnjas", "rubel", "franken", "schekel", "rupien", "rupie", "złotys", "roupie",
    "roupies", "rublo", "rublos", "grivna", "grivnas", "rupia", "rupias", "libras",
)  # fmt: skip
"""In the languages of questions."""

CURRENCY_WORDS = alternatives(_WORDS)
"""Names of currencies that are money wherever they stand."""

_FIGURE = r"(?<![\d.,])\d[\d.,]{0,20}(?:[\u00a0\u202f]\d{3}){0,5}"
_LARGE = r"(?:hundred|thousand|million|billion|trillion|crore|lakh|bn|mn|тыс\.?|тис\.?|млн|млрд)"

BEFORE_A_FIGURE = f"(?-i:{alternatives([*_CODES, *_BEFORE_FIGURES])})"
AFTER_A_FIGURE = f"(?-i:{alternatives([*_CODES, *_AFTER_FIGURES])})"
"""Codes and short forms, as they are written: "UAH", "zł"."""

AMOUNT = (
    rf"{BEFORE_A_FIGURE}\s?{_FIGURE}\w*"
    rf"|{_FIGURE}p(?!\w)|{_FIGURE}(?:\s?{_LARGE})?\s?"
    rf"(?:{AFTER_A_FIGURE}|{alternatives(_BESIDE_FIGURES_ONLY)})"
)
"""A figure with what makes it money: "UAH 2.3bn", "Rs 500", "30 zł", "20 million won"."""

LARGE_AMOUNT = (
    rf"{_FIGURE}\s?(?:{_LARGE}|k|m)(?=\s*(?:[.,;:!?)”\"]|$|(?:a|an|per|for|to|in|on|from|by|and|over"
    r"|each|last|this|or|at|with|after|before|since|which|that|when|but)(?!\w)))"
)
"""A large figure of nothing that is named: "It cost 2.3 million."."""

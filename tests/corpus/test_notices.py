"""Notices of sites are refused with their reason; short news about sites is let in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.cleaning.repeated_lines import UNLIKE_TITLES, RepeatedLines
from corpus.imported import ImportedFile, ImportSettings
from corpus.importer import Importer

NOTICES = (
    "Please enable JavaScript to continue. This site needs it to show its content.",
    "Your browser is out of date. Update it to read our articles, or try another browser.",
    "We value your privacy\nWe and our 312 partners store and access information on your device, "
    "such as cookies, to show you advertising that suits you. You can change your settings at any "
    "time in our privacy policy.\nAccept all\nReject all",
    "Subscribe to continue reading\nAlready a subscriber? Log in. Get unlimited access to all our "
    "articles for 1 euro a month.",
    "Page not found\nSorry, the page you are looking for does not exist or was moved. Try the "
    "search or go back to our home page.",
    "Access denied\nYou do not have permission to access this page. Reference 18.5f3a.",
    "Log in\nEnter your e-mail address and your password. Forgot your password? Reset it here.",
    "Verify that you are human. This page checks your browser before you can continue.",
    "It looks like you use an ad blocker. Please switch it off to read our content for free.",
    "Bitte aktivieren Sie JavaScript, um diese Seite anzuzeigen.",
    "Wir und unsere Partner verwenden Cookies, um Ihnen Werbung zu zeigen. Sie können Ihre "
    "Einwilligung jederzeit in unserer Datenschutzerklärung widerrufen.",
    "Dieser Artikel ist nur für Abonnenten. Melden Sie sich an oder testen Sie unser Abo.",
    "Cet article est réservé aux abonnés. Connectez-vous ou abonnez-vous pour lire nos contenus.",
    "Página no encontrada. La página que busca no existe. Vuelva a nuestra página de inicio.",
    "Страница не найдена. Возможно, вы ошиблись в адресе. Вернитесь на главную страницу.",
    "Материал доступен только подписчикам. Войдите или оформите подписку, чтобы читать дальше.",
    "Сторінку не знайдено. Перевірте адресу або скористайтеся пошуком на нашому сайті.",
    "Увімкніть JavaScript у вашому браузері, щоб переглянути цю сторінку.",
    "Active JavaScript en su navegador para continuar.",
    "Чтобы читать дальше, подпишитесь или войдите в аккаунт.",
)
NEWS = (
    "The harbour of Port Essling was closed on Monday after a crane fell into the water.",
    "The maker of the browser will block cookies of other sites from March on, it said on Friday.",
    "The newspaper of Port Essling has lost 4,000 subscribers since it raised its price in May.",
    "A password of four letters was enough: thieves took 2 million crowns from the port's account.",
    "Regulators fined the network 4 million euros for its privacy policy on Tuesday.",
    "Die Zeitung hat im Mai 4.000 Abonnenten verloren, teilte der Verlag mit.",
    "Хакеры похитили пароли двух миллионов человек из аккаунтов порта, сообщили власти.",
    "Кількість передплатників газети зменшилася на 4000 від травня.",
    "Closed",
    "Netflix gana nueve millones de suscriptores en su mejor trimestre desde la pandemia.",
    "El periódico pierde 4.000 suscriptores desde que subió su precio en mayo.",
    "Персональные данные двадцати тысяч подписчиков появились на сайте хакеров.",
    "В России на сайте госуслуг украли пароли тысяч пользователей. Власти начали проверку.",
    "Газета из Вашингтона потеряла 4000 подписчиков, на ее сайте нашли чужую рекламу.",
    "Netflix gewinnt acht Millionen Abonnenten, weil sie ihre Konten nicht mehr teilen dürfen.",
    "Die Zeitung verliert 4.000 Abonnenten, seit sie ihren Preis für alle Inhalte erhöht hat.",
    "Le journal perd 4 000 abonnés au mois de mai, nos voisins en gagnent et accèdent au marché.",
    "The network gained 4 million US subscribers in its best quarter for advertising.",
)


def imported(text: str, importer: Importer | None = None, **fields: str) -> ImportedFile:
    record = {"title": "Crane falls into harbour", "text": text, **fields}
    return (importer or Importer()).read_content("a.json", json.dumps(record).encode())


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_refused_and_said_to_be_one(notice: str) -> None:
    file = imported(notice)
    assert file.articles == ()
    assert "notice of the site" in file.skipped[0].reason


@pytest.mark.parametrize("text", NEWS)
def test_short_news_is_let_in(text: str) -> None:
    (article,) = imported(text).articles
    assert article.text == text


def test_an_article_that_ends_with_a_notice_is_let_in() -> None:
    text = "\n\n".join([*NEWS[:4], NOTICES[2]])
    assert len(imported(text).articles) == 1


def test_a_page_of_labels_holds_no_article() -> None:
    labels = "".join(f"<p>{one}</p>" for one in ("Politics", "Sport today", "Weather in the bay"))
    page = f"<html><body><main><h1>Gazette</h1>{labels}</main></body></html>"
    file = Importer().read_content("page.html", page.encode())
    assert file.articles == ()
    assert "no article" in file.skipped[0].reason


SERVICE = (
    "Was the picture of the offer slow, or was its sound too loud\n"
    "Tell the desk of the Gazette what went wrong with it"
)
TITLES = (
    "Crane falls into harbour",
    "Whale seen off Elm",
    "Mayor resigns",
    "Ferry is two hours late",
)


def words_under(titles: tuple[str, ...], folder: Path, text: str) -> ImportSettings:
    folder.mkdir(exist_ok=True)
    for number, title in enumerate(titles):
        record = {"title": title, "text": text, "source": "Gazette", "id": f"{number}"}
        (folder / f"{number}.json").write_text(json.dumps(record))
    return ImportSettings(repeated_lines=folder.parent / "lines.json")


def test_words_that_stand_under_unlike_titles_are_no_article(tmp_path: Path) -> None:
    settings = words_under(TITLES, tmp_path / "articles", SERVICE)
    importer = Importer(settings)
    files = list(importer.read_all(importer.find([tmp_path / "articles"])))
    assert not any(file.articles for file in files)
    assert all("unlike titles" in file.skipped[0].reason for file in files)

    importer.survey([])
    fifth = imported(SERVICE, Importer(settings), title="Snow in June", source="Gazette", id="9")
    assert fifth.articles == ()
    assert len(imported(SERVICE, title="Snow in June", source="Gazette", id="9").articles) == 1


def test_an_article_whose_title_was_changed_is_let_in(tmp_path: Path) -> None:
    titles = (
        TITLES[0],
        f"{TITLES[0]} | Gazette",
        f"Watch: {TITLES[0]}",
        f"{TITLES[0]} in pictures",
    )
    importer = Importer(words_under(titles, tmp_path / "articles", SERVICE))
    files = list(importer.read_all(importer.find([tmp_path / "articles"])))
    assert all(len(file.articles) == 1 for file in files)


def test_other_outlets_may_have_the_same_words() -> None:
    counts = RepeatedLines()
    lines = SERVICE.split("\n")
    for number, title in enumerate(TITLES):
        counts.observe("Gazette", f"{number}", lines, title)
    assert counts.unlike_titles("Gazette", lines) == UNLIKE_TITLES
    assert counts.unlike_titles("Courier", lines) == 0
    again = RepeatedLines.from_json(counts.to_json())
    assert again.unlike_titles("Gazette", lines) == UNLIKE_TITLES

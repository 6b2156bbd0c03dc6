"""Ukrainian."""

from __future__ import annotations

from bot.telegram.texts.catalogue import (
    AdministrationTexts,
    AnswerTexts,
    CommandTexts,
    GuideTexts,
    RefusalTexts,
    SettingsTexts,
    Texts,
)

UKRAINIAN = Texts(
    code="uk",
    name="Українська",
    months=(
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ),
    commands=CommandTexts(
        ask="Поставити запитання статтям",
        new="Забути розмову й почати нову",
        since="Запитання про час: /since 2024-06-01 запитання",
        latest="Нові статті",
        sources="Видання, дати й кількість статей",
        settings="Мова й кількість цитат",
        help="Як запитувати",
        articles="Що проіндексовано",
        remove="Вилучити статтю",
        reindex="Узгодити індекс із теками",
        status="Стан бота",
        feedback="Оцінки відповідей",
    ),
    answer=AnswerTexts(
        not_said="У статтях цього немає.",
        nearest="Найближчі уривки, які на запитання не відповідають:",
        disagree="Статті розходяться:",
        understood="Зрозуміло як: {question}",
        undated="без дати",
        unnamed_outlet="видання не вказано",
        untitled="без назви",
        said_by="— {speaker}",
        also_in="також: {outlets}",
        article_gone="Відтоді цю статтю змінили або вилучили. Запитайте ще раз, і буде видно, що"
        " в ній тепер.",
        expired="Ця відповідь застаріла. Запитайте ще раз, і вона буде свіжою.",
        context_button="Контекст",
        hide_context_button="Сховати контекст",
        more_button="Ще ({count})",
        open_button="Відкрити статтю",
        thanks="Дякую, записано.",
    ),
    guide=GuideTexts(
        start="Поставте запитання про новинні статті, які в мене є. Я відповідаю дослівними"
        " цитатами з них і прямо кажу, якщо відповіді в них немає.",
        help="Пишіть запитання так, як запитали б людину. Потім можна уточнювати: «а що сказав"
        " Мінськ?»\n\n"
        "/since 2024-06-01 запитання: лише статті від цього дня. Працюють і слова"
        " «з 2024-06-01» та «до 2024-07-01» у самому запитанні.\n"
        "/new: забути розмову\n"
        "/latest: нові статті\n"
        "/sources: видання, дати й кількість\n"
        "/settings: мова й кількість цитат\n\n"
        "У групі згадайте мене, дайте мені відповідь або напишіть /ask. У будь-якому чаті"
        " наберіть моє ім’я та запитання, щоб вставити цитату.\n\n"
        "Під відповіддю: «Контекст» показує сусідні речення, «Ще» — інші цитати.",
        admin_help="Адміністраторам: надішліть файл або посилання, щоб додати статтю. /articles,"
        " /remove ID, /reindex, /status, /feedback.",
        collection="Статей: {articles}. Видань: {outlets}.",
        empty="Статей поки немає.",
        latest="Нові статті:",
        sources="Видання:",
        outlet_line="{outlet}: {count}, від {first} до {last}",
        forgotten="Забуто. Про що розповісти?",
        ask_usage="Напишіть запитання після команди: /ask Що сказав Мінськ?",
        since_usage="Напишіть дату й запитання: /since 2024-06-01 Що сказав Мінськ?",
        text_only="Я читаю лише текст. Напишіть запитання словами.",
        inline_hint="Наберіть запитання",
        inline_nothing="У статтях цього немає. Запитати тут",
    ),
    refusal=RefusalTexts(
        not_allowed="Вибачте, цей бот відповідає лише тим, кого йому представили. Ваш номер"
        " {user}: передайте його тому, хто веде бота.",
        administrators_only="Вибачте, змінювати зібрання можуть лише адміністратори. А запитати"
        " можна.",
        slower="Хвилинку: наступне запитання можна поставити через {seconds} с.",
        index_missing="Поки нічого не проіндексовано. Спробуйте пізніше.",
        question="Не можу прийняти це запитання: {reason}",
        trouble="У мене щось зламалося. Запитайте, будь ласка, ще раз.",
        unknown_command="Такої команди я не знаю. /help покаже, що я вмію.",
        expired_button="Ця кнопка застаріла.",
    ),
    settings=SettingsTexts(
        title="Мова: {language}\nЦитат у відповіді: {quotes}",
        language="Мова",
        quotes="Цитати",
        automatic="як у Telegram",
        saved="Збережено.",
    ),
    administration=AdministrationTexts(
        receiving="Читаю {name}…",
        fetching="Завантажую {url}…",
        added="Додано статей: {count}, за {seconds} с.",
        already_there="Така стаття вже є; нічого не змінилося.",
        skipped="Пропущено: {reason}",
        tried="Запитано й відповіджено за {seconds} с.",
        tried_unanswered="Запитано за {seconds} с: стаття знаходиться, але її заголовок не"
        " запитання, на яке вона відповідає.",
        failed="Не вийшло: {reason}",
        too_big="Файл завеликий: Telegram віддає ботам файли до {megabytes} МБ. Покладіть його"
        " в теку статей і надішліть /reindex.",
        articles="Статті від {first} до {last} з {total}:",
        remove_usage="Напишіть номер статті: /remove ID. Номери показує /articles.",
        remove_confirm="Вилучити «{title}» назавжди?",
        remove_button="Вилучити",
        keep_button="Залишити",
        removed="Вилучено: «{title}».",
        kept="Залишено.",
        no_such_article="Статті {id} немає. Номери показує /articles.",
        index_running="Індексую… статей: {articles}, уривків: {passages}, уривків за секунду:"
        " {rate}.",
        index_done="Індекс узгоджено з теками: статей {articles}, уривків {passages}.",
        index_failed="Індексація не вдалася: {reason}",
        status="Статей: {articles}\nУривків: {passages}\nПокоління: {generation}\n"
        "Остання зміна: {last_sync}\nМодель: {model}\nЧекають обробки: {waiting}",
        degraded="Працює гірше, ніж звичайно: {reason}",
        feedback="👍 {up}   👎 {down}\nУ файлі вони записані як запитання для оцінювання.",
        no_feedback="Відповідей поки ніхто не оцінив.",
    ),
)

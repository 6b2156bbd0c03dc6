"""Russian."""

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

RUSSIAN = Texts(
    code="ru",
    name="Русский",
    months=(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
    commands=CommandTexts(
        ask="Задать вопрос статьям",
        new="Забыть разговор и начать новый",
        since="Вопрос о времени: /since 2024-06-01 вопрос",
        latest="Новые статьи",
        sources="Издания, даты и количество статей",
        settings="Язык и число цитат",
        help="Как спрашивать",
        articles="Что проиндексировано",
        remove="Удалить статью",
        reindex="Привести индекс в соответствие с папками",
        status="Состояние бота",
        feedback="Оценки ответов",
    ),
    answer=AnswerTexts(
        not_said="В статьях этого нет.",
        nearest="Ближайшие отрывки, которые на вопрос не отвечают:",
        disagree="Статьи расходятся:",
        understood="Понято как: {question}",
        undated="без даты",
        unnamed_outlet="издание не указано",
        untitled="без названия",
        said_by="— {speaker}",
        also_in="также: {outlets}",
        article_gone="С тех пор эту статью изменили или удалили. Спросите ещё раз, и будет видно,"
        " что в ней теперь.",
        expired="Этот ответ устарел. Спросите ещё раз, и он будет свежим.",
        context_button="Контекст",
        hide_context_button="Скрыть контекст",
        more_button="Ещё ({count})",
        open_button="Открыть статью",
        thanks="Спасибо, записано.",
    ),
    guide=GuideTexts(
        start="Задайте вопрос о новостных статьях, которые у меня есть. Я отвечаю дословными"
        " цитатами из них и прямо говорю, если ответа в них нет.",
        help="Пишите вопрос так, как спросили бы человека. Потом можно уточнять: «а что сказал"
        " Минск?»\n\n"
        "/since 2024-06-01 вопрос: только статьи с этого дня. Работают и слова «с 2024-06-01»"
        " и «до 2024-07-01» в самом вопросе.\n"
        "/new: забыть разговор\n"
        "/latest: новые статьи\n"
        "/sources: издания, даты и количество\n"
        "/settings: язык и число цитат\n\n"
        "В группе упомяните меня, ответьте мне или напишите /ask. В любом чате наберите моё имя"
        " и вопрос, чтобы вставить цитату.\n\n"
        "Под ответом: «Контекст» показывает соседние предложения, «Ещё» — другие цитаты.",
        admin_help="Администраторам: пришлите файл или ссылку, чтобы добавить статью. /articles,"
        " /remove ID, /reindex, /status, /feedback.",
        collection="Статей: {articles}. Изданий: {outlets}.",
        empty="Статей пока нет.",
        latest="Новые статьи:",
        sources="Издания:",
        outlet_line="{outlet}: {count}, с {first} по {last}",
        forgotten="Забыто. О чём рассказать?",
        ask_usage="Напишите вопрос после команды: /ask Что сказал Минск?",
        since_usage="Напишите дату и вопрос: /since 2024-06-01 Что сказал Минск?",
        text_only="Я читаю только текст. Напишите вопрос словами.",
        inline_hint="Наберите вопрос",
        inline_nothing="В статьях этого нет. Спросить здесь",
    ),
    refusal=RefusalTexts(
        not_allowed="Извините, этот бот отвечает только тем, кого ему представили. Ваш номер"
        " {user}: передайте его тому, кто ведёт бота.",
        administrators_only="Извините, менять собрание могут только администраторы. А вопрос"
        " задать можно.",
        slower="Минутку: следующий вопрос можно задать через {seconds} с.",
        index_missing="Пока ничего не проиндексировано. Попробуйте позже.",
        question="Не могу принять этот вопрос: {reason}",
        trouble="У меня что-то сломалось. Спросите, пожалуйста, ещё раз.",
        unknown_command="Такой команды я не знаю. /help покажет, что я умею.",
        expired_button="Эта кнопка устарела.",
    ),
    settings=SettingsTexts(
        title="Язык: {language}\nЦитат в ответе: {quotes}",
        language="Язык",
        quotes="Цитаты",
        automatic="как в Telegram",
        saved="Сохранено.",
    ),
    administration=AdministrationTexts(
        receiving="Читаю {name}…",
        fetching="Загружаю {url}…",
        added="Добавлено статей: {count}, за {seconds} с.",
        already_there="Такая статья уже есть; ничего не изменилось.",
        skipped="Пропущено: {reason}",
        tried="Спрошено и отвечено за {seconds} с.",
        tried_unanswered="Спрошено за {seconds} с: статья находится, но её заголовок не вопрос,"
        " на который она отвечает.",
        failed="Не получилось: {reason}",
        too_big="Файл слишком велик: Telegram отдаёт ботам файлы до {megabytes} МБ. Положите его"
        " в папку статей и отправьте /reindex.",
        articles="Статьи с {first} по {last} из {total}:",
        remove_usage="Напишите номер статьи: /remove ID. Номера показывает /articles.",
        remove_confirm="Удалить «{title}» насовсем?",
        remove_button="Удалить",
        keep_button="Оставить",
        removed="Удалено: «{title}».",
        kept="Оставлено.",
        no_such_article="Статьи {id} нет. Номера показывает /articles.",
        index_running="Индексирую… статей: {articles}, отрывков: {passages}, отрывков в секунду:"
        " {rate}.",
        index_done="Индекс соответствует папкам: статей {articles}, отрывков {passages}.",
        index_failed="Индексация не удалась: {reason}",
        status="Статей: {articles}\nОтрывков: {passages}\nПоколение: {generation}\n"
        "Последнее изменение: {last_sync}\nМодель: {model}\nОжидают обработки: {waiting}",
        degraded="Работает хуже обычного: {reason}",
        feedback="👍 {up}   👎 {down}\nВ файле они записаны как вопросы для оценки.",
        no_feedback="Ответов пока никто не оценил.",
    ),
)

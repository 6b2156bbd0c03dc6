"""English."""

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

ENGLISH = Texts(
    code="en",
    name="English",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    commands=CommandTexts(
        ask="Ask the articles a question",
        new="Forget this conversation and start a new one",
        since="Ask about a time: /since 2024-06-01 question",
        latest="The newest articles",
        sources="Outlets, dates and counts",
        settings="Language and number of quotes",
        help="How to ask",
        articles="What is indexed",
        remove="Remove an article",
        reindex="Bring the index in line with the folders",
        status="How the bot is doing",
        feedback="What people thought of the answers",
    ),
    answer=AnswerTexts(
        not_said="The articles don't say.",
        nearest="The nearest passages, which do not answer the question:",
        disagree="The articles disagree:",
        understood="Understood as: {question}",
        undated="no date",
        unnamed_outlet="unnamed outlet",
        untitled="untitled",
        said_by="— {speaker}",
        also_in="also in {outlets}",
        article_gone="This article has been changed or removed since. Ask again to see what it"
        " says now.",
        expired="This answer has expired. Ask again and it will be fresh.",
        context_button="Context",
        hide_context_button="Hide context",
        more_button="More ({count})",
        open_button="Open article",
        thanks="Thank you, noted.",
    ),
    guide=GuideTexts(
        start="Ask me a question about the news articles I hold. I answer with sentences quoted"
        " from them word for word, and I say so where they don't answer.",
        help="Write a question as you would to a person. Then ask on: “and what did Minsk say?”\n\n"
        "/since 2024-06-01 question: only articles from that day on. “since 2024-06-01” and"
        " “until 2024-07-01” in the question work too.\n"
        "/new: forget the conversation\n"
        "/latest: the newest articles\n"
        "/sources: outlets, dates and counts\n"
        "/settings: language and number of quotes\n\n"
        "In a group, mention me, reply to me or use /ask. In any chat, type my name and a"
        " question to insert a quote.\n\n"
        "Under an answer: Context shows the sentences around, More shows further quotes.",
        admin_help="For administrators: send a file or a link to add an article. /articles,"
        " /remove ID, /reindex, /status, /feedback.",
        collection="Articles: {articles}. Outlets: {outlets}.",
        empty="There are no articles yet.",
        latest="The newest articles:",
        sources="Outlets:",
        outlet_line="{outlet}: {count}, {first} to {last}",
        forgotten="Forgotten. What would you like to know?",
        ask_usage="Write the question after the command: /ask What did Minsk say?",
        since_usage="Write a date and a question: /since 2024-06-01 What did Minsk say?",
        text_only="I read text only. Please write your question.",
        inline_hint="Type a question",
        inline_nothing="The articles don't say. Ask me here",
    ),
    refusal=RefusalTexts(
        not_allowed="Sorry, this bot answers only people it has been introduced to. Your number"
        " is {user}: give it to the person who runs the bot.",
        administrators_only="Sorry, only administrators can change the collection. But do ask me"
        " a question.",
        slower="One moment, please: you can ask again in {seconds} s.",
        index_missing="Nothing has been indexed yet. Please try again later.",
        question="I could not take this question: {reason}",
        trouble="Something went wrong on my side. Please ask again.",
        unknown_command="I don't know this command. /help shows what I can do.",
        expired_button="This button has expired.",
    ),
    settings=SettingsTexts(
        title="Language: {language}\nQuotes in an answer: {quotes}",
        language="Language",
        quotes="Quotes",
        automatic="as in Telegram",
        saved="Saved.",
    ),
    administration=AdministrationTexts(
        receiving="Reading {name}…",
        fetching="Fetching {url}…",
        added="Articles added: {count}, in {seconds} s.",
        already_there="It was already there; nothing has changed.",
        skipped="Left out: {reason}",
        tried="Asked and answered in {seconds} s.",
        tried_unanswered="Asked in {seconds} s: the article can be found, but its title is not"
        " a question that it answers.",
        failed="This did not work: {reason}",
        too_big="The file is too big: Telegram gives bots files up to {megabytes} MB. Put it into"
        " the article folder and send /reindex.",
        articles="Articles {first} to {last} of {total}:",
        remove_usage="Write the article's id: /remove ID. /articles shows the ids.",
        remove_confirm="Remove “{title}” for good?",
        remove_button="Remove",
        keep_button="Keep",
        removed="Removed: “{title}”.",
        kept="Kept.",
        no_such_article="There is no article {id}. /articles shows the ids.",
        index_running="Indexing… {articles} articles, {passages} passages, {rate} passages a"
        " second.",
        index_done="The index is in line with the folders: {articles} articles, {passages}"
        " passages.",
        index_failed="Indexing failed: {reason}",
        status="Articles: {articles}\nPassages: {passages}\nGeneration: {generation}\n"
        "Last change: {last_sync}\nModel: {model}\nUpdates waiting: {waiting}",
        degraded="Works less well: {reason}",
        feedback="👍 {up}   👎 {down}\nThe file holds them as evaluation questions.",
        no_feedback="Nobody has rated an answer yet.",
    ),
)

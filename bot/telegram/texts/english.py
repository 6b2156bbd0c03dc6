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
    TroubleTexts,
)

ENGLISH = Texts(
    code="en",
    name="English",
    decimal_mark=".",
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
        since="Only articles since a date: /since 2024-06-01 question",
        latest="The newest articles",
        sources="Outlets, dates and counts",
        proof="Prove the last answer word for word",
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
        others_near="… and {count} more that are near",
        disagree="The articles disagree:",
        understood="Understood as: {question}",
        undated="no date",
        unnamed_outlet="unnamed outlet",
        untitled="untitled",
        said_by="— {speaker}",
        reporting="— reporting {speaker}",
        also_in="also in {outlets}",
        agrees="{outlets} says the same as [{number}]",
        agree="{outlets} say the same as [{number}]",
        revised="[{newer}] is later than [{older}]: {says} instead of {said}",
        nothing_more="Beyond what is shown above I found nothing about this.",
        nothing_since="I have nothing from then on; the newest article is of {last}.",
        nothing_until="I have nothing from before then; the oldest article is of {first}.",
        nothing_between="I have no articles from that time.",
        english_only="I found nothing. The articles are in English: ask in English.",
        in_vain="{outlet} does not say; all outlets were asked",
        only="Only {limits}",
        since="articles from {first} on",
        until="articles up to {last}",
        between="articles from {first} to {last}",
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
        start_inline="Write your question here: there is room for more than one quote. Where the"
        " articles don't answer, I show what comes nearest.",
        english_only="The articles are in English: ask in English.",
        small_talk="Ask me about the news. /help shows how.",
        help="Write a question as you would to a person, then ask on:\n"
        "What did Kyiv say about the border?\n"
        "And what did Minsk say?\n\n"
        "/since and a time: only articles from then on:\n"
        "/since last week What did Minsk say?\n"
        "In the question itself too: “since June”, “from Reuters”\n\n"
        "/new: forget the conversation\n"
        "/latest: the newest articles\n"
        "/sources: outlets, dates and counts\n"
        "/proof: check my last answer word for word\n"
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
        since_usage="After /since write a time and a question:\n"
        "/since 2024-06-01 What did Minsk say?\n"
        "/since June What did Minsk say?\n/since last week What did Minsk say?",
        different="the article has other words there",
        misplaced="the words stand at another place",
        other_version="the article has changed since",
        article_gone="the article is gone",
        altered="the article is told of otherwise than it is stored",
        malformed="is no complete quote",
        since_without_question="From {first} on. Now add the question: "
        "/since {written} What did Minsk say?",
        since_ahead="“{written}” is still to come; nothing has been published from then on.",
        since_not_understood="I don’t know the time “{written}”.",
        proof="{proven} of {total} quotes stand word for word at their place in the article."
        " The file has every place; onrecord prove verifies it again.",
        proof_usage="Reply with /proof to one of my answers: it comes as a file with the exact"
        " place of every quote.",
        proof_nothing="My last answer quotes nothing, so there is nothing to prove.",
        proof_others="… and {count} more that do not stand there",
        text_only="I read text only. Please write your question.",
        inline_hint="Type a question",
        inline_nothing="The articles don't say. Ask me here",
        inline_english_only="I found nothing. Ask in English",
        inline_slower="One moment, please: that was a lot at once",
    ),
    refusal=RefusalTexts(
        not_allowed="Sorry, this bot answers only people it has been introduced to. Your"
        " Telegram ID is {user}: give it to the person who runs the bot.",
        administrators_only="Sorry, only administrators can change the collection. But do ask me"
        " a question.",
        for_administrators="This is for administrators.",
        slower="One moment, please: you can ask again in {seconds} s.",
        question_too_long="This question is too long: {most} characters are the most."
        " Please shorten it.",
        unknown_command="I don't know this command. /help shows what I can do.",
        expired_button="This button has expired.",
    ),
    trouble=TroubleTexts(
        other="Something went wrong on my side. Please ask again.",
        question="I could not take this question. Please put it another way.",
        index_missing="Nothing has been indexed yet. Please try again later.",
        index_unusable="The index cannot be used as it is. Whoever runs the bot has to see to it.",
        unreadable="The file or page cannot be read.",
        no_article="There is no article in it.",
        import_refused="For safety this is not taken.",
        busy="The articles are just being changed. Please try again in a moment.",
        unavailable="My store does not answer. Please try again later.",
        in_the_log="The log of the program has the details.",
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
        already_there="Already there, unchanged: {count}.",
        nothing_found="There was nothing in it to add.",
        others_added="… and {count} more",
        others_skipped="… and {count} more left out",
        still_at_it=" {seconds} s",
        pages_read=", pages: {count}",
        not_received="Telegram did not hand the file over. Please send it again.",
        skipped="Left out: {reason}",
        tried="Asked and answered in {seconds} s.",
        tried_unanswered="Asked in {seconds} s: the article can be found, but its title is not"
        " a question that it answers.",
        failed="This did not work. {reason}",
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
        index_done="The index is in line with the folders. Read anew: {articles} articles,"
        " {passages} passages.",
        index_failed="Indexing failed: {reason}",
        status="Articles: {articles}\nPassages: {passages}\nGeneration: {generation}\n"
        "Last change: {last_sync}\nModel: {model}\nUpdates waiting: {waiting}",
        degraded="Works less well: {reason}",
        feedback="👍 {up}   👎 {down}\nThe file holds them as evaluation questions.",
        no_feedback="Nobody has rated an answer yet.",
    ),
)

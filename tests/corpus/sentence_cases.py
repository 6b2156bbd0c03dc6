"""Texts cut into sentences by hand: what news throws at a splitter, in nine languages.

Each case is a language and its sentences; the text is the sentences with a space between (none in
Chinese). Written for this project.
"""

from __future__ import annotations

CASES: list[tuple[str, list[str]]] = [
    ("en", ["The U.S. Army said it would stay.", "Nobody knew why."]),
    ("en", ["He lives in the U.S.", "His brother lives in the U.K. and visits often."]),
    ("en", ["Lt. Col. Dana Reyes spoke to Gen. Mark Hollis on Feb. 17.", "The call was brief."]),
    ("en", ["The train left at 5 p.m. on Sunday.", "It came at 9 a.m. the next day."]),
    ("en", ["The shop closes at 6 p.m.", "Customers may return tomorrow."]),
    ("en", ["J. K. Lowell and George R. R. Hart won.", "A. B. Stone lost."]),
    ("en", ["“We are ready,” he said.", "“We have always been ready.”", "She laughed."]),
    ("en", ["“Are you sure?” she asked.", "“Yes!” he said.", "They left."]),
    ("en", ["The ministry called it “a tragic mistake”.", "It gave no details."]),
    ("en", ["\"It is over.\"", "That was all the mayor said."]),
    ("en", ["\"Stop!\" the guard shouted.", "Nobody stopped."]),
    ("en", ["They share a 1,084km (674-mile) long border.", "It runs through marshes."]),
    ("en", ["He waited... and waited.", "Then he left."]),
    ("en", ["“I don’t know …” she began.", "The line went dead."]),
    ("en", ["Prices rose 3.5 percent to $2.40.", "Wages rose 1.2 percent."]),
    ("en", ["Acme Inc. bought Bolt Corp. for $3 bn.", "Shares of Dyer & Co. fell."]),
    ("en", ["Mr. and Mrs. Oduya met Dr. Lin at St. Mary’s.", "Sen. Bob Ray (R., Ohio) came too."]),
    ("en", ["See No. 5 on p. 12 of vol. 3.", "The rest is lost."]),
    ("en", ["It happened on Jan. 6, 2021.", "On Sept. 11 there was a vigil."]),
    ("en", ["Version 2.0 of app.example.com is out.", "Visit https://example.org/a.b?c=d.", "It is free."]),
    ("en", ["(He later denied it.)", "The court did not believe him."]),
    ("en", ["What now?", "Who pays?!", "Nobody said."]),
    ("en", ["The vote was Smith v. Jones.", "It was close."]),
    ("en", ["He earned a Ph.D. in 1999.", "She has a B.A. from Ohio State."]),
    ("en", ["Washington, D.C., is hot.", "So is Phoenix, Ariz., in July."]),
    ("en", ["The firm, i.e. its owner, paid approx. 5 million, e.g. for rent.", "No one complained."]),
    ("en", ["“The moment they do that, it creates instability,” Bole said.",
            "“It is a risk.”", "He did not elaborate."]),
    ("en", ["Minsk denied it. [1]", "Kyiv did not.[2]", "Warsaw was silent."]),
    ("en", ["He said: “If they deem it necessary.”", "On Tuesday he flew home."]),
    ("en", ["It was 3 a.m. Moscow time.", "The city slept."]),
    ("en", ["“This is it.”", "(He meant the end.)", "Then came the rain."]),
    ("en", ["eBay said profits fell.", "iPhone sales rose."]),
    ("en", ["The fire started at 4 Elm St. and spread to Oak Ave. within minutes.", "No one was hurt."]),
    ("en", ["The bill passed 52-48.", "“Finally!” Sen. Ann Ruiz, D-N.M., said."]),
    ("en", ["Samuel L. Price Jr. died on Monday.", "He was 81."]),
    ("en", ["At 6 ft. 2 in. he was the tallest.", "He weighed 200 lbs. at the time."]),
    ("en", ["Maj. Gen. Rolf Ek warned of war vs. peace.", "Capt. Ito agreed."]),
    ("ru", ["Об этом 5 июля сообщил А. Б. Иванов.", "Подробности не приводятся."]),
    ("ru", ["Ущерб составил 3 млн. руб. и 20 тыс. долл.", "Дело передано в суд."]),
    ("ru", ["В 2022 г. он уехал.", "В городе живёт 1,5 млн человек."]),
    ("ru", ["«Мы готовы», – сказал он.", "«Мы не хотим войны!»", "Больше он не добавил."]),
    ("ru", ["Дом стоит на ул. Ленина, д. 5, кв. 12.", "Вход со двора."]),
    ("ru", ["Это т.е. пример, и т.д. и т.п., как говорят.", "Второе предложение."]),
    ("ru", ["Министр им. не назвал.", "Кто это был?", "Неизвестно…"]),
    ("uk", ["За словами А. Демченка, ситуація контрольована.", "Загрози немає."]),
    ("uk", ["У 2023 р. тут жило 5 тис. осіб.", "Нині – 300."]),
    ("uk", ["«Ми готові», – сказав він.", "«Чи це все?»", "Так."]),
    ("de", ["Am 5. Juli kam Dr. Weber nach Berlin.", "Er blieb bis zum 12. August."]),
    ("de", ["Das kostet z. B. 3,5 Mio. Euro bzw. mehr.", "Die Stadt zahlt."]),
    ("de", ["„Wir sind bereit“, sagte er.", "„Niemand will Krieg.“", "Dann ging er."]),
    ("de", ["Die Fa. Müller & Co. liefert u. a. Holz.", "Der 2. Vorsitzende schwieg."]),
    ("de", ["Im 19. Jahrhundert lebten hier ca. 500 Menschen.", "Heute sind es 80."]),
    ("fr", ["M. Dupont a rencontré Mme Leroy le 5 juillet.", "Ils n’ont rien dit."]),
    ("fr", ["« Nous sommes prêts », a-t-il dit.", "« Personne ne veut la guerre ! »", "Il est parti."]),
    ("fr", ["Est-ce possible ?", "Oui !", "Le prix est de 3,5 M€."]),
    ("es", ["El Sr. Gómez llegó a las 5 p. m. del lunes.", "¿Quién lo vio?", "¡Nadie!"]),
    ("es", ["«Estamos listos», dijo la Dra. Ruiz.", "EE. UU. no respondió.", "Fue todo."]),
    ("ar", ["قال الوزير إن الحدود آمنة.", "هل هذا صحيح؟", "لم يجب أحد."]),
    ("ar", ["بلغ الطول 1.084 كيلومتر.", "وأكدت الوزارة ذلك!"]),
    ("zh", ["部长说边境是安全的。", "“我们准备好了。”", "他没有回答！", "为什么？"]),
    ("zh", ["长度为1084.5公里。", "“为什么？”他问。", "没有人知道……"]),
    ("pl", ["Dr Nowak przyjechał 5 lipca 2023 r. do Warszawy.", "Nic nie powiedział."]),
    ("it", ["Il sig. Rossi è arrivato.", "«Siamo pronti», ha detto l’on. Bianchi.", "Poi è partito."]),
]  # fmt: skip


def text_of(language: str, sentences: list[str]) -> str:
    """The text of a case."""
    return ("" if language == "zh" else " ").join(sentences)

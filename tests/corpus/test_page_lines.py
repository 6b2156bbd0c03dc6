"""Lines of scraped text that belong to the page: captions, galleries, players, links, sign-ups."""

from __future__ import annotations

import pytest

from corpus.cleaning.captions import captions
from corpus.cleaning.furniture import furniture


@pytest.mark.parametrize(
    "line",
    [
        "A crane lies in the harbour of Essling on Tuesday. Anna Berg/Pool/Getty Images",
        "The bridge seen from the north. Bo Li/AP",
        "Erik Lund after the match ANNA BERG/AFP via Getty Images",
        "Photos: The bridge of Orle Cars cross the bridge in May. Hide Caption 2 of 14",
        "Photos: The bridge Bo Li/Getty Images The bridge in May. Bo Li/AP In June. Prev Next",
        "The bridge, which the council said it would close. (Photo by Bo Li, Reuters)",
        "Cars wait at the bridge. (Bo Li/AP)",
        "Cars wait at the bridge (Bo Li, dpa)",
        "Cars wait at the bridge. (with photo by Reuters)",
        "Autos warten an der Brücke. (Foto: dpa/jw)",
        "Cars wait at the bridge. (AP/file)",
        "Cars wait at the bridge. (Bo Li, Reuters)",
        "Cars wait at the bridge. (Source: Getty)",
        "Autos warten an der Brücke. (Quelle: Bo Li/dpa)",
        "Cars wait at the bridge (Source: Reuters)",
        "Cars wait at the bridge. (STR/AFP)",
        "Cars wait at the bridge. (Essling News, Reuters, file)",
        "Image source, Getty Images",
        "Image caption, The old bridge in May",
    ],
)
def test_captions_and_galleries_go(line: str) -> None:
    assert captions(["The bridge was closed.", line]) == {1: "a picture's caption"}


def test_a_line_that_an_agency_signs_is_a_caption_where_it_stands_twice() -> None:
    assert len(captions(["A diver at the crane (AP)", "A diver at the crane (AP)"])) == 2


@pytest.mark.parametrize(
    "line",
    [
        "The mayor told AP the bridge would open.",
        "The poll was made by the council and/or its partners.",
        "A survey by Reuters/Ipsos found that most want the bridge.",
        "He said: photos: none were taken, and nobody could hide a caption.",
        "Photos: three were stolen, the museum said.",
        "Twelve people were hurt in the storm, the ministry said in a statement. (Reuters)",
        "Der Stadtrat hat am Montag beschlossen, die Brücke zu schließen (dpa)",
        "The council closed the bridge (dpa/lno)",
        "Die Feuerwehr war mit 80 Kräften im Einsatz. Verletzt wurde niemand. (mit dpa)",
        "Die Feuerwehr war mit 80 Kräften im Einsatz. Verletzt wurde niemand. (AFP/jw)",
        "Die Feuerwehr war mit 80 Kräften im Einsatz. Verletzt wurde niemand. (dpa, jw)",
        "Die Feuerwehr war mit 80 Kräften im Einsatz. Verletzt wurde niemand. (jw/dpa/AFP)",
        "Die Feuerwehr war im Einsatz. Verletzt wurde niemand. (mit Material von Reuters)",
        "Die Feuerwehr war im Einsatz. Verletzt wurde niemand. (Mit Material von dpa und AFP)",
        "Die Feuerwehr war im Einsatz. Verletzt wurde niemand. jw/dpa",
        "The bridge is open. Nobody was hurt. (With reporting by Reuters)",
        "Nobody was hurt, the ministry said. (Additional work by Anna Berg, AFP)",
        "Oil prices rose 2% to $85 a barrel on Tuesday, the highest since April. (Source: Reuters)",
        "Die Zahl der Arbeitslosen stieg im Juni auf 6,1 Prozent. (Quelle: dpa)",
        "Essling has lost about 3,100 ships since February. (Essling Independent, Reuters)",
        "El desempleo subió al 12% en junio. (EFE, Reuters)",
        "The minister resigned on Monday after three weeks. (Reporting by Anna Berg for Reuters)",
        "The bridge stays closed. (Reporting by A. Berg; Editing by B. Li, AFP/Essling)",
        "Berg leads by 3 points in Essling (Reuters/Ipsos)",
        "Most want the bridge (AP-NORC poll)",
        "",
    ],
)
def test_sentences_are_no_captions(line: str) -> None:
    assert captions([line]) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("More: Why the bridge of Orle fell", "a pointer to another article"),
        ("Analysis:Why the bridge of Orle fell", "a pointer to another article"),
        ("WHAT WE KNOW:Did the crane hit the bridge?", "a pointer to another article"),
        ("NEVER MISS A DAY: Sign up now for our newsletter", "a notice of the site"),
        ("Five things to know, in your inbox daily. Sign up here.", "a notice of the site"),
        ("Save", "a button or label of the page"),
        ("Newsletter abonnieren", "a button or label of the page"),
        ("Подписывайтесь на наш канал в Telegram", "a notice of the site"),
        ("Підписуйтесь на наш канал у Telegram", "a notice of the site"),
        ("责任编辑：李四", "a notice of the site"),
        ("The post Crane falls appeared first on The Gazette.", "a notice of the site"),
        ("Follow the Gazette on X, Facebook", "a notice of the site"),
        ("Join 20,000 of us and get our newsletter.", "a notice of the site"),
        (
            "JUST SEEN Crane falls into the harbour Again More films ... NEXT Crane falls into the"
            " harbour 01:38",
            "a video's title and length",
        ),
    ],
)
def test_links_players_and_notices_go(line: str, reason: str) -> None:
    assert furniture([line]) == {0: reason}


@pytest.mark.parametrize(
    "line",
    [
        "Note: the bridge was closed twice.",
        "More: that is what the council wants.",
        "Berg:We will not close the bridge.",
        "Volunteers were asked to sign up for the council's newsletter.",
        "The council asked people to sign up here and in Halvern, and many came.",
        "The race was won in 02:15",
        "Like many politicians on Instagram, Mr Berg posts daily and hopes for young voters.",
        "Join the crews crossing the Channel and you will see it, said the coastguard's captain.",
        "Subscribe to a channel that nobody knows and wait: so the fraud began.",
        "The post of mayor is vacant, and the news appeared first on Monday, the council said.",
        "The score was 3:2, and the match ended at 21:45",
        "She said it again and again, she said it again and again.",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert furniture([line]) == {}

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.attribution.speakers import attribute
from tests.retrieval.articles import article


def speakers(*sentences: str) -> list[str | None]:
    text, spans = article(*sentences)
    return [one.speaker if one else None for one in attribute(text, spans)]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The bridge is closed, the Harbour Ministry said.", "Harbour Ministry"),
        ("В понедельник Лукашенко заявил, что мост закрыт.", "Лукашенко"),
        ("Во вторник Песков заявил, что мост закрыт.", "Песков"),
        ("Мост закрыт, сказал журналистам Песков.", "Песков"),
        ("Мост закрыт, заявил во вторник Песков.", "Песков"),
        ("Anna Berg said that the bridge is closed.", "Anna Berg"),
        ("According to Anna Berg, the bridge is closed.", "Anna Berg"),
        ("The bridge is closed, according to Anna Berg, a city engineer.", "Anna Berg"),
        (
            "Anna Berg, a city engineer who lives nearby, told the Courier it was closed.",
            "Anna Berg",
        ),
        ("“It is closed,” said Anna Berg, the city engineer.", "Anna Berg"),
        ('"It is closed," Anna Berg told reporters on Monday.', "Anna Berg"),
        ("‘It is closed,’ Anna Berg said.", "Anna Berg"),
        ("Defence Minister Anna Berg said the army was ready.", "Anna Berg"),
        ("Secretary of State Anna Berg said talks went on.", "Anna Berg"),
        ("Mayor Anna Berg on Monday said the bridge was safe.", "Anna Berg"),
        ("Anna Berg has repeatedly denied the allegations.", "Anna Berg"),
        ("While Oslo dismissed the reports, spokesman Jan Lind said they were true.", "Jan Lind"),
        ("Police said two men were arrested.", "Police"),
        ("Anna Berg added she would resign.", "Anna Berg"),
        ("Norwegian officials have dismissed the claims.", "Norwegian officials"),
        ("The Foreign Ministry in Oslo said talks went on.", "Foreign Ministry"),
        ("Мост закрыт, сообщил министр Иван Петров.", "Иван Петров"),
        ("Иван Петров заявил, что мост закрыт.", "Иван Петров"),
        ("По словам Ивана Петрова, мост закрыт.", "Ивана Петрова"),
        ("За словами Олени Коваль, міст закрито.", "Олени Коваль"),
        ("Олена Коваль повідомила, що міст закрито.", "Олена Коваль"),
    ],
)
def test_the_speaker_of_one_sentence(sentence: str, speaker: str) -> None:
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge is closed.",
        "“It is closed”, Anna Berg,, said.",
        "He said the bridge was closed.",
        "Anna Berg was told to leave.",
        "Anna Berg declined to say why.",
        "Anna Berg is said to be rich.",
        "It was denied by everyone.",
        "Nobody said anything.",
        "The things Anna said surprised them.",
        "Anna Berg added three rooms to the house.",
        "Anna Berg added it to the list.",
        "The accused man left the court.",
        "According to plan, the bridge opened.",
    ],
)
def test_nobody_speaks_where_the_text_does_not_say_so(sentence: str) -> None:
    assert speakers(sentence) == [None]


def test_a_surname_is_traced_to_the_full_name() -> None:
    assert speakers(
        "“We are ready,” Dmitri Holt, an aide to the president, said.",
        "¶“We wait,” Mr. Holt told the Courier.",
    ) == ["Dmitri Holt", "Dmitri Holt"]


def test_a_surname_of_two_people_is_left_as_it_stands() -> None:
    assert speakers(
        "Anna Berg met Jonas Berg at the harbour.", "Berg said the bridge was closed."
    ) == [None, "Berg"]


def test_pronouns_are_traced_to_the_last_speaker_who_fits() -> None:
    assert speakers(
        "Spokeswoman Anna Berg said the bridge was closed.",
        "The Harbour Ministry said it would open.",
        "She added that “nobody was hurt in the storm”.",
        "It said that the work was done.",
    ) == ["Anna Berg", "Harbour Ministry", "Anna Berg", "Harbour Ministry"]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("Emil Lund, an aide to President Jonas Berg, took a sharper tone.", "Emil Lund"),
        ("Emil Lund, 47, left the hall.", "Emil Lund"),
        ("Emil Lund, Jonas Berg and Olav Sterne met.", None),
    ],
)
def test_a_pronoun_is_the_subject_whatever_describes_it(opening: str, speaker: str | None) -> None:
    assert speakers(opening, "He told the Courier that they were ready.") == [None, speaker]


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("The club’s coach, Andre Kroll, complained about the penalty.", "Andre Kroll"),
        ("Kroll’s lawyer, Erik Stein, left the room.", "Erik Stein"),
        ("Rovers’ coach, Andre Kroll, complained about the penalty.", "Andre Kroll"),
        ("Coach Andre Kroll complained about the penalty.", "Andre Kroll"),
        ("On Monday Karl Nolan visited the camp.", "Karl Nolan"),
        ("The police arrested Karl Nolan.", None),
        ("There the boy met Karl Nolan.", None),
        ("A spokeswoman, Karla Nolan, had left before.", "Ben Demir"),
        ("The match was played in Port Aline.", "Ben Demir"),
    ],
)
def test_a_pronoun_is_whoever_was_named_last(between: str, speaker: str | None) -> None:
    opening = "“I dreamed of this,” Ben Demir said."
    assert speakers(opening, between, "“All saw it,” he said.")[2] == speaker


def test_two_people_are_not_he() -> None:
    assert speakers("Ben and Jon were happy, and said so.", "“It leaks,” he said.")[1] is None


def test_a_calling_is_no_part_of_a_name() -> None:
    assert speakers("Substitute Yusuf Demir scored twice.", "“I am glad,” Demir said.") == [
        None,
        "Yusuf Demir",
    ]
    assert speakers("“I am glad,” Driver Ingrid said.") == ["Driver Ingrid"]


def test_he_is_never_the_spokeswoman() -> None:
    assert speakers("Spokeswoman Anna Berg said so.", "He said that it was not.")[1] is None


def test_a_pronoun_too_far_from_its_name_stays_unknown() -> None:
    far = ["The water rose."] * 5
    assert speakers("Anna Berg said it was safe.", *far, "She said that it was not.")[-1] is None


def test_a_description_finds_the_body_that_the_text_calls_so() -> None:
    assert speakers(
        "The Belgian Defence Ministry said the ships had left.",
        "They sailed at dawn.",
        "The ministry said that more would follow.",
    ) == ["Belgian Defence Ministry", None, "Belgian Defence Ministry"]


def test_a_title_that_two_people_bear_names_neither() -> None:
    told = "President Anna Maria Berg opened the old bridge in 1998."
    said = "The president said that the bridge was safe."
    assert speakers(told, said) == [None, "Anna Maria Berg"]
    assert speakers("President Lind came to Oslo.", told, said)[-1] == "The president"
    assert speakers("President Berg came to Oslo.", told, said)[-1] == "Anna Maria Berg"


def test_a_short_name_of_a_body_finds_its_full_one() -> None:
    assert speakers(
        "Norway’s Ministry of Foreign Affairs urged Sweden to talk.",
        "¶“We will wait,” the Foreign Ministry said.",
    ) == ["Norway’s Ministry of Foreign Affairs", "Norway’s Ministry of Foreign Affairs"]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    text, spans = article(
        "“The bridge is closed,” Anna Berg said.",
        "“It will open in May.",
        "It needs paint.”",
        "¶“And we have none.”",
        "¶The town lies on the coast.",
    )
    found = attribute(text, spans)
    assert [one.speaker if one else None for one in found] == ["Anna Berg"] * 4 + [None]


def test_a_quotation_before_its_attribution_has_the_same_speaker() -> None:
    assert speakers("“The bridge is closed.", "It will open in May,” said Anna Berg.") == [
        "Anna Berg",
        "Anna Berg",
    ]


def test_a_paragraph_left_open_goes_on_in_the_next() -> None:
    assert speakers(
        "“The bridge is closed,” Anna Berg said. “We wait.", "¶“We have no paint.”"
    ) == ["Anna Berg", "Anna Berg"]


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Anna Berg said the bridge was safe.", "says"),
        ("Anna Berg denied that the bridge was unsafe.", "denies"),
        ("Oslo has rejected the Swedish allegations.", "denies"),
        ("The judge rejected the appeal.", "refuses"),
        ("Oslo accused Stockholm of delay.", "accuses"),
        ("Anna Berg confirmed that the bridge was safe.", "confirms"),
        ("Oslo urged Stockholm to wait.", "urges"),
        ("The Courier couldn’t independently verify the claims.", "doubts"),
        ("Осло отверг обвинения.", "denies"),
    ],
)
def test_how_somebody_speaks(sentence: str, polarity: str) -> None:
    text, spans = article(sentence)
    found = attribute(text, spans)[0]
    assert found is not None
    assert found.verb_polarity == polarity


def test_the_span_mentions_the_speaker() -> None:
    text, spans = article("It rained.", "Harbour chief Anna Berg said the bridge was “a bit” wet.")
    found = attribute(text, spans)[1]
    assert found is not None
    assert found.span.of(text) == "Anna Berg"
    assert found.role == "Harbour chief"


FRAGMENTS = (
    "Anna,Berg,said,told,denied,He,who,and,Mr.,’s,“,”,‘,’,(,),.,İ,ß,заявил,the ministry"
    ",According to,по словам,Ministry of,Secretary,sagte,laut,a déclaré,según,nach Angaben der"
    ",a-t-il ajouté,teilte,mit,die Polizei,her family,data from,the Times,zufolge,le ministre"
)
fragments = st.sampled_from([*FRAGMENTS.split(","), ",", '"', "\n\n", ", a man,"])


def test_the_seat_of_a_body_belongs_to_its_role() -> None:
    text, spans = article("The Foreign Ministry in Oslo said talks went on.")
    found = attribute(text, spans)[0]
    assert found is not None
    assert found.role == "in Oslo"


@given(
    st.one_of(st.text(max_size=300), st.lists(fragments, max_size=40).map(" ".join)),
    st.lists(st.integers(0, 300), max_size=12),
)
def test_any_text_is_read_and_spans_are_valid(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(start, end) for start, end in pairwise(places)]
    found = attribute(text, spans)
    assert len(found) == len(spans)
    for one in found:
        if one is not None:
            assert 0 <= one.span.start < one.span.end <= len(text)
            assert one.speaker
            assert one.speaker.casefold() in text.casefold()


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The dye works denied that it had ever poured acid into the river.", "The dye works"),
        ("The owner of the ferry, Bela Marsh, denied that it was full.", "Bela Marsh"),
        ("Stray dogs were to blame, its head, Urs Feld, said.", "Urs Feld"),
        ("The developer Stonegate says that the tower is safe.", "Stonegate"),
        ("Former manager Olga Brandt told the court that she had obeyed.", "Olga Brandt"),
        ("The paint maker, Brandt and Lowe, rejected the suggestion.", "Brandt and Lowe"),
        ("Interior Minister Karel Zeman called the claim a lie.", "Karel Zeman"),
        ("“It leaks,” board chair Celia Wend said.", "Celia Wend"),
        ("The bridge leaks, councillor Ingrid Pasch said.", "Ingrid Pasch"),
        ("“It leaks,” said the mayor, Borys Lund.", "Borys Lund"),
        (
            "“It leaks,” said the head of the transport company, Borys Lund, on Monday.",
            "Borys Lund",
        ),
        ("Mayor Borys Lund called on the council to wait.", "Borys Lund"),
        ("Oslo has called for a delay.", "Oslo"),
        ("“It leaks,” Rovers’ president, Clara Wend, said.", "Clara Wend"),
        ('"It leaks," Rovers\' president, Clara Wend, said.', "Clara Wend"),
        ("The metalworkers' union accused the owner of greed.", "The metalworkers' union"),
        ("The metalworkers’ union accused the owner of greed.", "The metalworkers’ union"),
        ("Residents say nobody warned them.", "Residents"),
        ("Environmental groups say the piers would harm seals.", "Environmental groups"),
        ("Meteorologist Ida Kroll said the storm was strong.", "Ida Kroll"),
        ("Prime Minister Jon Vale promised aid and said he would visit.", "Jon Vale"),
        ("The mission counted 26 impacts, but said it found no depot.", "The mission"),
    ],
)
def test_where_a_subject_stands_tells_that_it_speaks(sentence: str, speaker: str) -> None:
    text, spans = article(sentence)
    (found,) = attribute(text, spans)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister called his mother on Sunday.",
        "The things Anna said surprised them.",
        "Jon Vale met a man who left the hall and said that it was late.",
        "Jon Vale left when the lights failed and said that it was late.",
        "Reports say the bridge is old.",
        "Others say so.",
    ],
)
def test_not_every_opening_speaks(sentence: str) -> None:
    text, spans = article(sentence)
    assert attribute(text, spans) == [None]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("The bridge leaks, the geologist Petra Halvik said.", "Petra Halvik"),
        ("The bridge leaks, the health secretary Petra Halvik said.", "Petra Halvik"),
        ("The bridge leaks, the retailer Marks Moor said.", None),
    ],
)
def test_she_is_whoever_an_office_or_a_calling_makes_a_person(
    opening: str, speaker: str | None
) -> None:
    text, spans = article(opening, "“It may fall,” she said.")
    found = attribute(text, spans)[1]
    assert (found and found.speaker) == speaker

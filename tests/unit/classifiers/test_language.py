import json
from pathlib import Path

import pytest

from reviewer.classifiers.language import NgramLanguageIdentifier
from reviewer.classifiers.language_names import language_name

UDHR = Path(__file__).parents[3] / "../shared/data/langid/udhr_29lang.jsonl"


@pytest.fixture(scope="module")
def identifier() -> NgramLanguageIdentifier:
    return NgramLanguageIdentifier()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The supplier shall pay the customer within thirty days of the invoice.", "en"),
        ("Der Anbieter haftet nur für Schäden, die er vorsätzlich verursacht hat.", "de"),
        ("Le fournisseur est responsable des dommages causés par sa faute.", "fr"),
        ("El proveedor responde de los daños causados por su propia culpa.", "es"),
        ("本协议受中华人民共和国法律管辖", "zh"),
        ("本契約は日本法に準拠するものとする。", "ja"),
        ("이 계약은 대한민국 법률에 따라 해석된다", "ko"),
        ("Perusahaan wajib membayar uang sewa kantor paling lambat akhir bulan.", "id"),
        ("Syarikat hendaklah membayar wang sewa pejabat selewat-lewatnya pada akhir bulan.", "ms"),
        ("IN NO EVENT SHALL THE SUPPLIER BE LIABLE for loss of PROFIT or GOODWILL, 12 Main Street.", "en"),
    ],
)
def test_identifier_tells_the_language(identifier: NgramLanguageIdentifier, text: str, code: str) -> None:
    found, confidence = identifier.identify(text)
    assert found == code
    assert 0.35 <= confidence <= 1


@pytest.mark.parametrize(
    "text",
    ["", "12 345 678", "Fees", "Clause 9.1 of it", "https://example.org/a/very/long/address/of/a/page", "\ud800" * 30],
)
def test_identifier_abstains_when_there_is_too_little_text(identifier: NgramLanguageIdentifier, text: str) -> None:
    assert identifier.identify(text) == ("", 0.0)


def test_identifier_abstains_on_a_list_of_names(identifier: NgramLanguageIdentifier) -> None:
    assert identifier.identify("By: Megha Parekh   By: Zhu Gjin   By: Ofra Xeyu   By: Qiana Bwalya") == ("", 0.0)


def test_identifier_reads_the_beginning_only(identifier: NgramLanguageIdentifier) -> None:
    english = "This agreement is governed by the law of England. " * 100
    assert identifier.identify(english + "Dieser Vertrag unterliegt deutschem Recht. " * 9000)[0] == "en"


@pytest.mark.data
def test_identifier_is_right_on_declarations_in_29_languages(identifier: NgramLanguageIdentifier) -> None:
    if not UDHR.is_file():
        pytest.skip(f"{UDHR.name} is not there")
    rows = [json.loads(line) for line in UDHR.read_text(encoding="utf-8").splitlines()]
    for shortest, longest, least in ((100, 10**9, 0.995), (40, 99, 0.98)):
        texts = [row for row in rows if shortest <= len(row["text"]) <= longest]
        right = sum(identifier.identify(row["text"])[0] == row["lang"][:2] for row in texts)
        assert right / len(texts) >= least


def test_language_name_gives_the_code_where_no_name_is_known() -> None:
    assert language_name("de") == "German (de)"
    assert language_name("xx") == "xx"

"""Contract or paper, by the words that only one of them uses, at a bounded cost."""

import pytest

from reviewer.domain.section import SplitAs
from reviewer.parsing.doc_kind import detect_kind

CONTRACT = """SERVICES AGREEMENT

This Services Agreement is made by and between Alpha Ltd and Beta Inc (the parties).

WHEREAS, Beta wishes to buy services;

1.1 The Supplier shall perform the services. 1.2 The liability of the parties is limited.
"""
PAPER = """Sleep and memory in students

Abstract

We study how participants (Doe et al., 2001) remember words.

1 Introduction

Doe et al. [1] show that sleep helps.

References

[1] Doe, J. (2001). Sleep. doi:10.1/1
"""
GERMAN_CONTRACT = """Dienstleistungsvertrag

Zwischen der Alpha GmbH (Auftraggeber) und der Beta AG (Auftragnehmer) wird dieser Vertrag geschlossen.

§ 1 Gegenstand

Der Auftragnehmer verpflichtet sich, die Leistungen zu erbringen. § 2 Haftung
"""
GERMAN_PAPER = """Schlaf und Gedächtnis

Zusammenfassung

Untersucht wird der Schlaf von Studierenden (Doe et al., 2001) an der Universität.

Einleitung

Abb. 1 zeigt den Aufbau.

Literatur

Doe, J. (2001). Schlaf.
"""


ESSAY = "The word processor has come a long way since the first machines for writing were built.\n\n" * 30
LEASES = [
    "Entre las partes se celebra el presente contrato de arrendamiento. El arrendador cede la vivienda. " * 20,
    "Le bailleur donne à bail au preneur les locaux décrits ci-dessous, aux conditions suivantes. " * 20,
    "De verhuurder verhuurt aan de huurder de woning onder de voorwaarden van deze overeenkomst. " * 20,
    "甲は乙に対し、次の物件を賃貸し、乙はこれを賃借する。本契約の期間は二年間とし、更新することができる。" * 40,
    "出租方(甲方)将房屋出租给承租方(乙方)。合同期限为两年。双方应当遵守本合同的全部条款和条件。" * 40,
    "يؤجر الطرف الأول للطرف الثاني الشقة المبينة أدناه لمدة سنة واحدة، ويخضع هذا العقد لأحكام القانون. " * 20,
    "Kiraya veren, taşınmazı kiracıya bu sözleşme ile kiralar. Her iki taraf da buna uyar. " * 20,
]
ITEMS = "\n".join(f"{number}. Item {number}" for number in range(1, 400))


@pytest.mark.parametrize("text", [CONTRACT, GERMAN_CONTRACT, "", "Nothing that tells.", ITEMS, *LEASES])
def test_detect_kind_is_contract(text):
    assert detect_kind(text) is SplitAs.CONTRACT


@pytest.mark.parametrize("text", [PAPER, GERMAN_PAPER, ESSAY])
def test_detect_kind_is_paper(text):
    assert detect_kind(text) is SplitAs.PAPER


def test_detect_kind_is_contract_when_a_contract_only_cites_a_paper():
    assert detect_kind(CONTRACT + "\nDoe et al. measured the baseline.") is SplitAs.CONTRACT


@pytest.mark.parametrize("unit", ["\n", " ", "12\n\n", "1\n", ". ", "(a et al., ", "[1,2", "Abstract", "*"])
def test_detect_kind_ends_whatever_is_repeated(unit):
    assert detect_kind(unit * (60_000 // len(unit))) in (SplitAs.CONTRACT, SplitAs.PAPER)

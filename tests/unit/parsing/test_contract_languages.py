"""Contracts in the languages whose numbering is read: invented ones, as short as they can be."""

import pytest

from reviewer.domain.section import Section, SectionKind
from tests.unit.parsing.test_clauses import split

_COUNTED = {SectionKind.CLAUSE, SectionKind.DEFINITION, SectionKind.SCHEDULE}


def numbers(sections: list[Section]) -> list[tuple[int, str, str]]:
    return [(each.level, each.number, each.heading) for each in sections if each.kind in _COUNTED]


SPANISH = """CONTRATO DE PRESTACIÓN DE SERVICIOS

Entre Alfa, S.A. y Beta, S.L., las partes acuerdan lo siguiente:

PRIMERA.- OBJETO
El prestador realizará los servicios descritos en el Anexo I.

SEGUNDA.- PRECIO
2.1 El cliente pagará mil euros al mes.

2.2 Las facturas vencen a los treinta días.

TERCERA.- DURACIÓN
El contrato dura un año.

ANEXO I

Los servicios son los siguientes.
"""

PORTUGUESE = """CONTRATO DE PRESTAÇÃO DE SERVIÇOS

As partes, Alfa Lda. e Beta S.A., celebram o presente contrato.

CLÁUSULA PRIMEIRA - OBJETO
O presente contrato tem por objeto os serviços.

CLÁUSULA SEGUNDA - PREÇO
a) O preço é de mil euros.

b) O pagamento é mensal.

Cláusula 3ª - Vigência
O contrato vigora por um ano.
"""

ITALIAN = """CONTRATTO DI SERVIZI

Tra Alfa S.r.l. e Beta S.p.A. si conviene quanto segue.

Articolo 1 - Oggetto
Il fornitore presta i servizi.

Articolo 2 - Corrispettivo
2.1 Il cliente paga mille euro al mese.

2.2 Le fatture scadono a trenta giorni.

Allegato A

Descrizione dei servizi.
"""

FRENCH = """CONTRAT DE PRESTATION

Entre Alpha SAS et Bêta SARL, il est convenu ce qui suit :

Article premier - Objet
Le prestataire fournit les services.

Article 2 - Prix
2.1 Le client paie mille euros par mois.

2.2 Les factures sont payables à trente jours.

Annexe 1 - Description

Les services comprennent la maintenance.
"""

DUTCH = """OVEREENKOMST VAN OPDRACHT

Partijen Alfa B.V. en Beta N.V. komen het volgende overeen:

Artikel 1 Opdracht
1.1 Opdrachtnemer verricht de diensten.

1.2 De diensten staan in Bijlage 1.

Artikel 2 Vergoeding
Opdrachtgever betaalt duizend euro per maand.

Bijlage 1 Diensten

De diensten zijn de volgende.
"""

CHINESE = """服务合同

甲方：甲公司
乙方：乙公司

双方达成如下协议：

第一条 定义
本合同所称服务，是指附件一所列的服务。

第二条 付款
（一）甲方应当每月支付服务费一千元。

（二）甲方逾期付款的，应当支付违约金。

第三条 期限
本合同有效期为一年。

附件一 服务内容

乙方提供维护服务。
"""

CHINESE_LISTS = """保密协议

一、定义
1、保密信息是指任何一方披露的信息。

2、披露方是指披露信息的一方。

二、义务
接收方应当保密。

三、期限
本协议有效期为两年。
"""

JAPANESE = """業務委託契約書

甲と乙は、次のとおり契約を締結する。

第１条（目的）
甲は乙に業務を委託し、乙はこれを受託する。

第２条（報酬）
１　甲は乙に対し、月額十万円を支払う。

２　支払期日は翌月末日とする。

第３条（期間）
本契約の有効期間は一年とする。
"""

ARABIC = """عقد خدمات

اتفق الطرفان على ما يلي:

المادة الأولى: موضوع العقد
يقدم الطرف الأول الخدمات إلى الطرف الثاني.

المادة الثانية: الثمن
(أ) يدفع الطرف الثاني ألف دينار كل شهر.

(ب) تستحق الفواتير خلال ثلاثين يومًا.

المادة الثالثة: المدة
مدة العقد سنة واحدة.
"""

KOREAN = """용역 계약서

갑과 을은 다음과 같이 계약을 체결한다.

제1조 (목적)
을은 갑에게 용역을 제공한다.

제2조 (대금)
① 갑은 매월 대금을 지급한다.

② 지급기일은 다음 달 말일로 한다.

제3조 (기간)
계약 기간은 1년으로 한다.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            SPANISH,
            [
                (1, "PRIMERA", "OBJETO"),
                (1, "SEGUNDA", "PRECIO"),
                (2, "2.1", ""),
                (2, "2.2", ""),
                (1, "TERCERA", "DURACIÓN"),
                (1, "ANEXO I", ""),
            ],
        ),
        (
            PORTUGUESE,
            [
                (1, "CLÁUSULA PRIMEIRA", "OBJETO"),
                (1, "CLÁUSULA SEGUNDA", "PREÇO"),
                (2, "a)", ""),
                (2, "b)", ""),
                (1, "Cláusula 3ª", "Vigência"),
            ],
        ),
        (
            ITALIAN,
            [
                (1, "Articolo 1", "Oggetto"),
                (1, "Articolo 2", "Corrispettivo"),
                (2, "2.1", ""),
                (2, "2.2", ""),
                (1, "Allegato A", ""),
            ],
        ),
        (
            FRENCH,
            [
                (1, "Article premier", "Objet"),
                (1, "Article 2", "Prix"),
                (2, "2.1", ""),
                (2, "2.2", ""),
                (1, "Annexe 1", "Description"),
            ],
        ),
        (
            DUTCH,
            [
                (1, "Artikel 1", "Opdracht"),
                (2, "1.1", ""),
                (2, "1.2", ""),
                (1, "Artikel 2", "Vergoeding"),
                (1, "Bijlage 1", "Diensten"),
            ],
        ),
        (
            CHINESE,
            [
                (1, "第一条", "定义"),
                (1, "第二条", "付款"),
                (2, "(一)", ""),
                (2, "(二)", ""),
                (1, "第三条", "期限"),
                (1, "附件一", "服务内容"),
            ],
        ),
        (
            CHINESE_LISTS,
            [
                (1, "一", "定义"),
                (2, "1", ""),
                (2, "2", ""),
                (1, "二", "义务"),
                (1, "三", "期限"),
            ],
        ),
        (
            JAPANESE,
            [
                (1, "第１条", "目的"),
                (1, "第２条", "報酬"),
                (2, "１", ""),
                (2, "２", ""),
                (1, "第３条", "期間"),
            ],
        ),
        (
            ARABIC,
            [
                (1, "المادة الأولى", "موضوع العقد"),
                (1, "المادة الثانية", "الثمن"),
                (2, "(أ)", ""),
                (2, "(ب)", ""),
                (1, "المادة الثالثة", "المدة"),
            ],
        ),
        (
            KOREAN,
            [
                (1, "제1조", "목적"),
                (1, "제2조", "대금"),
                (2, "①", ""),
                (2, "②", ""),
                (1, "제3조", "기간"),
            ],
        ),
    ],
    ids=["es", "pt", "it", "fr", "nl", "zh", "zh-lists", "ja", "ar", "ko"],
)
def test_clauses_of_a_language(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert numbers(split(text)) == expected


PARTS = {
    "french lease": (
        """CONTRAT DE BAIL

ENTRE LES SOUSSIGNÉS :

Mme Dupont, ci-après « le Bailleur », et M. Martin, le Preneur,

IL A ÉTÉ CONVENU CE QUI SUIT :

Article 1er - Objet

Le Bailleur donne à bail un logement.

Article 2 - Durée

Trois ans.

Fait à Paris, le 2 janvier 2024.

Le Bailleur            Le Preneur
""",
        ["title", "parties", "preamble", "Article 1er", "Article 2", "signature"],
    ),
    "spanish lease": (
        """CONTRATO DE ARRENDAMIENTO

REUNIDOS

De una parte, Doña María, en adelante, la Arrendadora.

EXPONEN

I. Que es propietaria.

II. Que desea arrendar.

Y acuerdan el presente contrato con las siguientes

CLÁUSULAS

PRIMERA.- OBJETO. Se arrienda la vivienda.

SEGUNDA.- RENTA. Son 900 euros.

Y en prueba de conformidad, firman el presente contrato.
""",
        ["title", "parties", "recital", "preamble", "other", "PRIMERA", "SEGUNDA", "signature"],
    ),
    "dutch lease": (
        """HUUROVEREENKOMST

De ondergetekenden:

De heer De Vries, hierna: Verhuurder, en mevrouw Jansen, Huurder,

in aanmerking nemende dat:

A. Verhuurder eigenaar is;

zijn overeengekomen als volgt:

Artikel 1. Het gehuurde

1.1 De woning.

Artikel 2. Duur

Een jaar.

Aldus overeengekomen te Utrecht op 1 juni 2024.
""",
        ["title", "parties", "recital", "preamble", "Artikel 1", "1.1", "Artikel 2", "signature"],
    ),
    "portuguese services": (
        """CONTRATO DE SERVIÇOS

De um lado ALFA LTDA., doravante denominada CONTRATANTE, e, de outro lado, JOÃO, entre as partes têm
justo e contratado o seguinte:

CLÁUSULA PRIMEIRA – DO OBJETO

1.1. O objeto é:

a) servir;

b) guardar.

Parágrafo único. O sigilo subsiste.

CLÁUSULA SEGUNDA – DO FORO

É eleito o foro de São Paulo.

E, por estarem justas, as partes assinam.
""",
        [
            "title",
            "parties",
            "CLÁUSULA PRIMEIRA",
            "1.1",
            "a)",
            "b)",
            "Parágrafo único",
            "CLÁUSULA SEGUNDA",
            "signature",
        ],
    ),
    "italian lease": (
        """CONTRATTO DI LOCAZIONE

Tra

Mario Rossi (Locatore) e Anna Bianchi (Conduttore)

PREMESSO CHE

a) il Locatore è proprietario;

si conviene quanto segue.

Art. 1 - Oggetto

Una casa.

Art. 2 - Durata

Quattro anni.

Letto, confermato e sottoscritto.
""",
        ["title", "parties", "recital", "preamble", "Art. 1", "Art. 2", "signature"],
    ),
    "german articles": (
        """Satzung der Muster GmbH

§ 1
Firma und Sitz

(1) Sitz der Gesellschaft ist Köln.

(2) Es gilt
§ 4 GmbHG.

§ 2
Schluss

Sollte eine Bestimmung unwirksam sein, gilt der Rest.

Köln, den 3. Mai 2024

______________________
Anna Muster
""",
        ["title", "§ 1", "(1)", "(2)", "§ 2", "signature"],
    ),
    "chinese lease": (
        """房屋租赁合同

出租方（甲方）：王明
承租方（乙方）：李华

鉴于甲方合法拥有下列房屋，双方达成如下协议：

第一条 房屋
甲方将房屋出租给乙方使用。

第二条 租金
1. 月租金为人民币5000元。
2. 乙方应于每月5日前支付。

甲方（签字）：                乙方（签字）：

附件一：清单

空调一台。
""",
        ["title", "parties", "recital", "第一条", "第二条", "1", "2", "signature", "附件一"],
    ),
    "japanese lease": (
        """建物賃貸借契約書

田中（以下「甲」という。）と鈴木（以下「乙」という。）は、次のとおり契約を締結する。

（目的物）
第１条　甲は、乙に対し、建物を賃貸する。

（期間）
第２条　期間は２年間とする。
２　期間は、更新することができる。
３　次のとき。
（１）租税の増減があったとき
（２）不相当となったとき

本契約の成立を証するため、本書２通を作成する。
""",
        ["title", "parties", "第１条", "第２条", "２", "３", "(１)", "(２)", "signature"],
    ),
    "korean lease": (
        """임대차 계약서

김철수(이하 "갑")와 이영희(이하 "을")는 다음과 같이 임대차 계약을 체결한다.

제1조(목적) 갑은 을에게 부동산을 임대한다.

제2조(기간)
① 기간은 2년으로 한다.
② 연장할 수 있다.

갑: 김철수 (서명)
을: 이영희 (서명)
""",
        ["title", "parties", "제1조", "제2조", "①", "②", "signature"],
    ),
    "arabic lease": (
        """عقد إيجار سكني

تم الاتفاق بين كل من:

الطرف الأول: أحمد (المؤجر)

تمهيد

يملك الطرف الأول الشقة، فقد اتفق الطرفان على ما يلي:

المادة الأولى: التمهيد
هو جزء من هذا العقد.

المادة الثانية: مدة العقد
1- مدة العقد سنة واحدة.
2- يتجدد العقد تلقائيا.

توقيع الطرف الأول
""",
        ["title", "parties", "recital", "preamble", "المادة الأولى", "المادة الثانية", "1", "2", "signature"],
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_contract_of_each_language_has_its_parts(name: str) -> None:
    text, expected = PARTS[name]
    assert [each.number or each.kind.value for each in split(text)] == expected


def test_headings_in_brackets_are_those_of_the_articles_behind_them() -> None:
    sections = [*split(PARTS["japanese lease"][0]), *split(PARTS["korean lease"][0])]
    headings = {each.number: each.heading for each in sections}
    assert headings["第１条"] == "目的物"
    assert headings["第２条"] == "期間"
    assert headings["제1조"] == "목적"
    assert headings["제2조"] == "기간"


def test_paragraph_of_an_article_is_beside_its_lists_parent() -> None:
    levels = {each.number: each.level for each in split(PARTS["portuguese services"][0])}
    assert (levels["1.1"], levels["a)"], levels["Parágrafo único"]) == (2, 3, 2)

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

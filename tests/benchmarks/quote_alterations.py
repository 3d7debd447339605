"""Alterations of true quotes: such that change what is said, and such that only change how it is set.

Written apart from the quote gate: it shares no code and no word list with it, so that it cannot be blind to the same
things. It imports the standard library only.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence

PAIRS: dict[str, dict[str, str]] = {
    "en": {
        "negation": "shall|shall not, will|will not, is|is not, are|are not, may|may not, not|, no|any, any|no, "
        "without|with, with|without, nor|or, never|always, neither|either, none|all, cannot|can, has|has not, "
        "fails to|does, do not|do, does not|does, did not|did, were|were not, was|was not, lawful|unlawful, "
        "reasonable|unreasonable, valid|invalid, significant|insignificant, possible|impossible, direct|indirect, "
        "non-exclusive|exclusive, exclusive|non-exclusive, transferable|non-transferable, able|unable",
        "modal": "shall|may, may|shall, must|may, will|may, should|must, can|must, would|will, could|can, might|will, "
        "is required to|is entitled to, agrees to|may, is entitled to|is obliged to",
        "condition": "if|unless, unless|if, only|, solely|, provided that|and, except|including, until|after, "
        "subject to|notwithstanding, notwithstanding|subject to, when|unless, while|unless, upon|before, "
        "including|excluding, because|although, but|and, to the extent|even if, whether or not|if",
        "joining": "and|or, or|and, all|some, each|any, any|some, every|one, both|either, either|both",
        "order": "before|after, after|before, prior to|following, following|preceding, at least|at most, "
        "at most|at least, more than|less than, less than|more than, not less than|not more than, within|after, "
        "above|below, below|above, up to|at least, exceed|fall below, minimum|maximum, maximum|minimum, "
        "higher|lower, lower|higher, increase|decrease, increased|decreased, greater|smaller, first|last, "
        "earlier|later, later|earlier, over|under, prior|subsequent, longer|shorter, last|first",
        "measure": "net|gross, gross|net, days|months, months|days, days|business days, business days|days, "
        "years|months, year|month, month|week, hours|days, minutes|hours, weeks|days, percent|permille, %|‰, "
        "$|€, €|£, £|$, USD|EUR, EUR|USD, dollars|euros, mg|g, kg|g, km|miles, mm|cm, ms|s, GB|MB, monthly|annual, "
        "annual|monthly, annually|monthly, quarterly|yearly, miles|kilometers, feet|meters, calendar|business, "
        "median|mean, mean|median, per|for, million|billion, thousand|million, hundred|thousand, m|km, dB|Hz, "
        "seconds|minutes, percentage|fraction",
        "word number": "one|two, two|three, three|four, four|five, five|six, six|nine, seven|eight, ten|twelve, "
        "twelve|ten, fifteen|fifty, twenty|thirty, thirty|sixty, sixty|ninety, ninety|sixty, forty|fourteen, "
        "hundred|thousand, half|third, twice|once, first|second, second|first, third|fourth, double|triple, "
        "once|twice, single|double, both|three, one-half|one-third, quarter|half",
        "role": "Licensor|Licensee, Licensee|Licensor, Seller|Buyer, Buyer|Seller, Provider|Customer, "
        "Customer|Provider, Company|Consultant, Employer|Employee, Employee|Employer, Lessor|Lessee, "
        "Disclosing|Receiving, Receiving|Disclosing, Controller|Processor, Processor|Controller, Company|Distributor, "
        "Distributor|Company, Agent|Principal, licensor|licensee, buyer|seller, patients|controls, "
        "treatment|placebo, men|women, children|adults, participants|researchers, he|she, their|our, your|our, "
        "our|your, we|they, its|your, you|we, us|you, him|her, users|authors, assignor|assignee, Party|Affiliate",
        "word dropped": "material|, written|, prior|, reasonable|, sole|, mutual|, perpetual|, irrevocable|, "
        "exclusive|, worldwide|, aggregate|, confidential|, third-party|",
    },
    "de": {
        "negation": "nicht|, kein|ein, keine|eine, keinen|einen, ist|ist nicht, sind|sind nicht, wird|wird nicht, "
        "ohne|mit, mit|ohne, niemand|jemand, nie|immer, weder|sowohl, darf|darf nicht, jede|keine, "
        "unmittelbar|mittelbar, hat|hat nicht, "
        "zulässig|unzulässig, rechtmäßig|unrechtmäßig, übertragbar|unübertragbar, alle|keine",
        "modal": "darf|muss, muss|darf, müssen|dürfen, dürfen|müssen, kann|muss, können|müssen, soll|kann, "
        "sollen|können, sollte|muss, verpflichtet|berechtigt, berechtigt|verpflichtet, wird|kann, werden|können",
        "condition": "wenn|außer wenn, sofern|obwohl, soweit|obwohl, nur|, ausschließlich|, falls|obwohl, bis|nach, "
        "es sei denn|wenn, vorbehaltlich|ungeachtet, sondern|und, einschließlich|ausschließlich, jedoch|und",
        "joining": "und|oder, oder|und, alle|einige, jeder|mancher, jede|manche, beide|eine",
        "order": "vor|nach, nach|vor, mindestens|höchstens, höchstens|mindestens, mehr|weniger, weniger|mehr, "
        "innerhalb|außerhalb, über|unter, erhöhen|senken, länger|kürzer, früher|später",
        "measure": "Tage|Monate, Tagen|Monaten, Jahre|Monate, Jahren|Monaten, Monat|Jahr, Prozent|Promille, "
        "Euro|Dollar, brutto|netto, netto|brutto, Werktagen|Tagen, Stunden|Tagen, jährlich|monatlich",
        "word number": "zwei|drei, drei|vier, zehn|zwölf, dreißig|sechzig, dritten|vierten, ersten|zweiten, "
        "einmal|zweimal, vierzehn|vierzig, halb|ganz",
        "role": "Lizenzgeber|Lizenznehmer, Lizenznehmer|Lizenzgeber, Sie|Wir, Verkäufer|Käufer, Mieter|Vermieter, "
        "Auftraggeber|Auftragnehmer, seine|ihre, Ihr|Unser, Ihre|Unsere, wir|Sie, Arbeitgeber|Arbeitnehmer",
    },
    "fr": {
        "negation": "ne|, n'est pas|est, pas|, aucun|un, aucune|une, sans|avec, avec|sans, ni|et, jamais|toujours, "
        "est|n'est pas, sont|ne sont pas, nul|tout, peut|ne peut, tout|nul, légal|illégal, direct|indirect",
        "modal": "peut|doit, doit|peut, peuvent|doivent, doivent|peuvent, pouvez|devez, devez|pouvez, "
        "devra|pourra, pourra|devra, devrait|doit, tenu de|libre de",
        "condition": "si|sauf si, sauf|y compris, seulement|, uniquement|, exclusivement|, lorsque|sauf lorsque, "
        "jusqu'à|après, sous réserve|nonobstant, à condition|même, mais|et, y compris|à l'exclusion de, dès|avant",
        "joining": "et|ou, ou|et, tous|quelques, toutes|quelques, chaque|une",
        "order": "avant|après, après|avant, au moins|au plus, au plus|au moins, plus|moins, moins|plus, "
        "minimum|maximum, supérieur|inférieur, augmenter|réduire, antérieur|postérieur",
        "measure": "jours|mois, mois|jours, ans|mois, heures|jours, euros|dollars, brut|net, net|brut, année|mois, "
        "annuel|mensuel, pour cent|pour mille",
        "word number": "deux|trois, trois|quatre, dix|douze, trente|soixante, premier|second, première|seconde, "
        "quinze|cinquante, cent|mille",
        "role": "Donneur|Preneur, vendeur|acheteur, bailleur|preneur, vous|nous, nous|vous, Vous|Nous, Nous|Vous, "
        "votre|notre, notre|votre, vos|nos, Votre|Notre, son|leur",
    },
    "es": {
        "negation": "no|, ningún|algún, ninguna|alguna, sin|con, con|sin, ni|o, nunca|siempre, es|no es, será|no será, "
        "nadie|todos, tendrá|no tendrá, podrá|no podrá, tampoco|también, legal|ilegal, tiene|no tiene, jamás|siempre",
        "modal": "podrá|deberá, deberá|podrá, puede|debe, debe|puede, pueden|deben, deben|pueden, podrán|deberán, "
        "deberían|podrán, debería|podrá",
        "condition": "si|salvo si, salvo|incluso, sólo|, solo|, solamente|, únicamente|, cuando|salvo cuando, "
        "hasta|después de, excepto|incluso, pero|y, mientras|salvo que, aunque|porque",
        "joining": "y|o, o|y, todos|algunos, toda|alguna, cada|alguna, todo|algún, todas|algunas",
        "order": "antes|después, después|antes, más|menos, menos|más, mínimo|máximo, anterior|posterior, "
        "al menos|como máximo, superior|inferior, mayor|menor",
        "measure": "días|meses, meses|días, años|meses, horas|días, euros|dólares, bruto|neto, año|mes",
        "word number": "dos|tres, tres|cuatro, diez|doce, treinta|sesenta, primero|segundo, primera|segunda, cien|mil",
        "role": "vendedor|comprador, arrendador|arrendatario, su|nuestro, hombres|mujeres, hombre|mujer, padres|hijos",
    },
    "zh": {
        "negation": "不得|可以, 不得|, 不|, 无|有, 未|已, 没有|有, 任何|没有, 是|不是, 非|, 享有|不享有",
        "modal": "应|可, 可以|必须, 必须|可以, 应当|可以, 可|应, 能|须, 有权|有义务, 得|须",
        "condition": "如果|除非, 除非|如果, 仅|, 只|, 但|而且, 在|不在, 包括|不包括, 直至|之后",
        "joining": "和|或, 或|和, 与|或, 及|或, 人人|有人, 所有|部分, 一切|部分",
        "order": "之前|之后, 之后|之前, 以上|以下, 以下|以上, 前|后, 至少|至多, 最低|最高, 多于|少于",
        "measure": "天|月, 日|年, 月|日, 年|月, 元|美元, 小时|天, 净|总",
        "word number": "一|二, 两|三, 三|四, 十|百, 二|三, 第一|第二",
        "role": "甲方|乙方, 乙方|甲方, 您|我们, 我们|您, 许可人|被许可人, 男|女, 父母|子女, 国家|个人, 本国|外国",
    },
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "zh": "",
}
SIGNS = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "±": "+", "+": "-", "×": "/", "=": "≠", "≈": "=", "%": "‰", "°": "%"}
Altered = tuple[str, str]


def altered(sentence: str, language: str, names: Sequence[str], dice: random.Random) -> Iterator[Altered]:
    """Kinds of alteration and the words so altered; each changes what is said.

    Args:
        sentence: words as they stand in a document.
        language: a key of ``PAIRS``.
        names: capitalised terms of the same document.
        dice: what to draw from.
    """
    for kind, listed in PAIRS[language].items():
        for pair in listed.split(", "):
            wanted, other = pair.split("|")
            for place in _places(sentence, wanted.strip(), language):
                yield kind, _tidy(_put(sentence, place, other), language)
    yield from _numbers(sentence, dice)
    yield from _dates(sentence, language, dice)
    yield from _signs(sentence)
    yield from _terms(sentence, names, dice)
    yield from _cut(sentence, language)


def spliced(first: str, second: str, joint: str = " ") -> str:
    """The beginning of one sentence joined to the end of another."""
    ahead, after = first.split(), second.split()
    return " ".join(ahead[: len(ahead) // 2]) + joint + " ".join(after[len(after) // 2 :])


def _places(sentence: str, words: str, language: str) -> list[re.Match[str]]:
    edges = ("", "") if language == "zh" or not words[0].isalnum() else (r"(?<![\w-])", r"(?![\w-])")
    return list(re.finditer(edges[0] + re.escape(words) + edges[1], sentence))[:2]


def _put(sentence: str, place: re.Match[str], other: str) -> str:
    return sentence[: place.start()] + other + sentence[place.end() :]


def _tidy(words: str, language: str) -> str:
    return words if language == "zh" else re.sub(r"\s+([,.;:])", r"\1", re.sub(r" {2,}", " ", words)).strip()


def _numbers(sentence: str, dice: random.Random) -> Iterator[Altered]:
    for place in re.finditer(r"\d+", sentence):
        digits = place.group()
        at = dice.randrange(len(digits))
        other = digits[:at] + str((int(digits[at]) + dice.randrange(1, 9)) % 10) + digits[at + 1 :]
        yield "digit", _put(sentence, place, other)
        yield "digit", _put(sentence, place, digits + "0")
        if len(digits) > 1 and digits[0] != digits[1]:
            yield "digit", _put(sentence, place, digits[1] + digits[0] + digits[2:])
    for place in re.finditer(r"(?<=\d)([.,])(?=\d)", sentence):
        yield "decimal point", _put(sentence, place, "")
        yield "decimal point", _put(sentence, place, "," if place.group() == "." else ".")
    for place in re.finditer(r"(?<!\w)\((\w{1,4})\)", sentence):
        yield "label", _put(sentence, place, "(z)")
    for place in re.finditer(r"\s*\(\d+\)", sentence):
        yield "number dropped", _put(sentence, place, "")


def _dates(sentence: str, language: str, dice: random.Random) -> Iterator[Altered]:
    months = MONTHS[language].split()
    for place in re.finditer(r"(?<!\w)(?:" + "|".join(months or ["(?!)"]) + r")(?!\w)", sentence):
        yield "date", _put(sentence, place, dice.choice([each for each in months if each != place.group()]))
    for place in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", sentence):
        yield "date", _put(sentence, place, str(int(place.group()) + dice.choice((-10, -1, 1, 100))))


def _signs(sentence: str) -> Iterator[Altered]:
    for sign, other in SIGNS.items():
        for place in list(re.finditer(re.escape(sign), sentence))[:1]:
            yield "sign", _put(sentence, place, other)
    for place in re.finditer(r"(?<![\w)])[-−–](?=\d)", sentence):
        yield "sign", _put(sentence, place, "")
    for place in re.finditer(r"(?<![\w.,-])\d+(?:\.\d+)?(?= ?%)", sentence):
        yield "sign", _put(sentence, place, "-" + place.group())


def _terms(sentence: str, names: Sequence[str], dice: random.Random) -> Iterator[Altered]:
    present = [each for each in names if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", sentence)]
    others = [each for each in names if each not in sentence]
    for name in present:
        place = next(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence))
        if others:
            yield "defined term", _put(sentence, place, dice.choice(others))
        if place.start() > 0:
            yield "defined term", _put(sentence, place, name.lower())
            yield "defined term", _put(sentence, place, "Sub-" + name)
    if len(present) > 1:
        first, second = dice.sample(present, 2)
        swapped = re.sub(
            rf"(?<!\w)(?:{re.escape(first)}|{re.escape(second)})(?!\w)",
            lambda found: second if found.group() == first else first,
            sentence,
        )
        if swapped != sentence:
            yield "parties swapped", swapped


def _cut(sentence: str, language: str) -> Iterator[Altered]:
    """Words that deny or condition, left out behind an ellipsis, or cut off where a part begins in mid-phrase."""
    denials = {
        "en": "not|never|unless|except",
        "de": "nicht|nie|außer",
        "fr": "pas|jamais|sauf",
        "es": "no|nunca|salvo",
    }
    if language in denials:
        for place in re.finditer(rf"(?<= )(?:{denials[language]}) ", sentence):
            for dots in ("... ", "… ", "[...] "):
                yield "hidden by an ellipsis", _put(sentence, place, dots)


# What changes nothing -------------------------------------------------------------------------------------------------

LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


def _lines(words: str, dice: random.Random) -> str:
    return "".join("\n" if each == " " and dice.random() < 0.15 else each for each in words)


def _hyphens(words: str, dice: random.Random) -> str:
    long = list(re.finditer(r"[a-zäöüéèáíóú]{8,}", words))
    if not long:
        return words
    place = dice.choice(long)
    middle = (place.start() + place.end()) // 2
    return words[:middle] + dice.choice(("-\n", "- \n", "\u00ad\n", "\u00ad")) + words[middle:]


def _ligatures(words: str, dice: random.Random) -> str:
    del dice
    for plain, joined in LIGATURES:
        words = words.replace(plain, joined)
    return words


def _curly(words: str, dice: random.Random) -> str:
    del dice
    words = re.sub(r"\"(?=\w)", "“", words.replace("'", "’"))
    return words.replace('"', "”")


def _straight(words: str, dice: random.Random) -> str:
    del dice
    for mark in "“”„«»":
        words = words.replace(mark, '"')
    for mark in "‘’":
        words = words.replace(mark, "'")
    return words


def _ellipsis(words: str, dice: random.Random) -> str:
    parts = words.split()
    if len(parts) < 14:
        return words
    start = dice.randrange(5, len(parts) - 8)
    end = start + dice.randrange(1, min(len(parts) - start - 5, 12) + 1)
    return " ".join((*parts[:start], dice.choice(("...", "…", "[...]", "[…]")), *parts[end:]))


def _around(words: str, dice: random.Random) -> str:
    return dice.choice(("... {}", "{} ...", "…{}…", "“{}”", '"{}"', "«{}»")).format(words)


def _case(words: str, dice: random.Random) -> str:
    del dice
    return words[0].swapcase() + words[1:]


def _end(words: str, dice: random.Random) -> str:
    del dice
    return words.rstrip(" .,;:。；，")


def _spaces(words: str, dice: random.Random) -> str:
    return "".join(dice.choice(("  ", "\u00a0", "\t", " ")) if each == " " else each for each in words)


def _dashes(words: str, dice: random.Random) -> str:
    return re.sub(r"(?<= )[-–—](?= )", lambda _: dice.choice("-–—"), words)


def _part(words: str, dice: random.Random) -> str:
    parts = words.split(" ")
    if len(parts) < 12:
        return words
    start = dice.randrange(0, 3)
    end = len(parts) - dice.randrange(0, 3)
    return " ".join(parts[start:end])


BENIGN: dict[str, Callable[[str, random.Random], str]] = {
    "as it stands": lambda words, _: words,
    "line breaks": _lines,
    "line-break hyphens": _hyphens,
    "ligatures": _ligatures,
    "curly quotes": _curly,
    "straight quotes": _straight,
    "ellipsis": _ellipsis,
    "marks around": _around,
    "case at the start": _case,
    "final punctuation dropped": _end,
    "white space": _spaces,
    "dashes": _dashes,
    "a part of it": _part,
}

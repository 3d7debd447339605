"""Words and signs that number clauses, by language: what an article, a section, a schedule is called, and ordinals."""

CHAPTER = (
    r"part|partie|teil|parte|chapter|kapitel|capitolo|cap[íi]tulo|chapitre|titre|título|titolo|hoofdstuk|deel|titel|"
    r"глава|bölüm|rozdział|الفصل|الباب"
)
ARTICLE = r"article|artikel|articolo|art[íi]culo|artigo|статья|madde|artykuł|المادة|مادة"
SECTION = (
    r"section|sect\.|sec\.|abschnitt|sezione|secci[óo]n|se[çc][ãa]o|clause|klausel|ziffer|cl[áa]usula|clausola|"
    r"paragraaf|sectie|afdeling|estipulaci[óo]n|раздел|القسم|البند"
)
SCHEDULE = (
    r"schedule|exhibit|annex|annexe|appendix|attachment|anlage|anhang|bijlage|allegato|anexo|ap[ée]ndice|annexure|"
    r"adjunto|appendice|приложение|załącznik|الملحق|المرفق"
)
PARAGRAPH = r"par[áa]grafo"
"""Alternatives of regular expressions. A paragraph stands below the article or the clause it belongs to."""

_BESIDE_A_KEYWORD = (
    ("one", "único", "first", "prima", "primo", "premier", "première", "erster", "eerste", "الأول", "الأولى"),
    ("two", "second", "seconda", "secondo", "deuxième", "zweiter", "tweede", "الثاني", "الثانية"),
    ("three", "third", "terza", "terzo", "troisième", "dritter", "derde", "الثالث", "الثالثة"),
    ("four", "fourth", "quatrième", "vierter", "vierde", "الرابع", "الرابعة"),
    ("five", "fifth", "cinquième", "fünfter", "vijfde", "الخامس", "الخامسة"),
    ("six", "sixth", "sesta", "sesto", "sixième", "sechster", "zesde", "السادس", "السادسة"),
    ("seven", "seventh", "settima", "settimo", "septième", "siebter", "zevende", "السابع", "السابعة"),
    ("eight", "eighth", "ottava", "ottavo", "huitième", "achter", "achtste", "الثامن", "الثامنة"),
    ("nine", "ninth", "neuvième", "neunter", "negende", "التاسع", "التاسعة"),
    ("ten", "tenth", "dixième", "zehnter", "tiende", "العاشر", "العاشرة"),
    ("eleven", "undicesimo", "onzième", "elfter", "elfde", "الحادي عشر", "الحادية عشرة"),
    ("twelve", "dodicesimo", "douzième", "zwölfter", "twaalfde", "الثاني عشر", "الثانية عشرة"),
)
# In Spain, Portugal and Latin America clauses are numbered by words that may stand alone: "PRIMERA.- Objeto".
_ALONE_TOO = (
    ("primera", "primero", "primeira", "primeiro"),
    ("segunda", "segundo"),
    ("tercera", "tercero", "terceira", "terceiro"),
    ("cuarta", "cuarto", "quarta", "quarto"),
    ("quinta", "quinto"),
    ("sexta", "sexto"),
    ("séptima", "séptimo", "septima", "septimo", "sétima", "sétimo"),
    ("octava", "octavo", "oitava", "oitavo"),
    ("novena", "noveno", "nona", "nono"),
    ("décima", "décimo", "decima", "decimo"),
    ("undécima", "undécimo", "décima primera", "décimo primero", "décima primeira", "décimo primeiro"),
    ("duodécima", "duodécimo", "décima segunda", "décimo segundo"),
    ("décima tercera", "décimo tercero", "decimotercera", "décima terceira", "décimo terceiro"),
    ("décima cuarta", "décimo cuarto", "decimocuarta", "décima quarta", "décimo quarto"),
    ("décima quinta", "décimo quinto", "decimoquinta"),
    ("décima sexta", "décimo sexto", "decimosexta"),
    ("décima séptima", "décimo séptimo", "decimoséptima", "décima sétima", "décimo sétimo"),
    ("décima octava", "décimo octavo", "decimoctava", "décima oitava", "décimo oitavo"),
    ("décima novena", "décimo noveno", "decimonovena", "décima nona", "décimo nono"),
    ("vigésima", "vigésimo"),
)
SPELLED = {
    word: ordinal
    for table in (_BESIDE_A_KEYWORD, _ALONE_TOO)
    for ordinal, words in enumerate(table, start=1)
    for word in words
}
"""Ordinals in words, in lower case."""


def _alternatives(words: set[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


SPELLED_WORDS = _alternatives(set(SPELLED))
IN_CAPITALS_ALONE = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
)
STANDING_ALONE = _alternatives({word for words in _ALONE_TOO for word in words} | IN_CAPITALS_ALONE)
"""The same as alternatives of a regular expression, longest first; and those that need no keyword before them, where
English ones are in capitals."""

HAN_DIGITS = "〇一二三四五六七八九零"
HAN_PLACES = "十百千"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ARABIC_ROWS = ("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "أبتثجحخدذرزسشصضطظعغفقكلمنهوي")
"""Two orders of the Arabic letters: the old one of numerals, and that of dictionaries."""

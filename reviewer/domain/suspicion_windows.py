"""Where in a text a suspicious passage can be at all: around words that most contracts and papers use seldom.

The expressions of `reviewer.domain.suspicion_words` take a second for a long contract; around these words they take a
tenth of it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from reviewer.domain.anchor import TextSpan

_AROUND = 320
_WORD = re.compile(r"[^\W\d_]+(?:64|13)?")
_WORDS = frozenset((
    "ai", "llm", "llms", "gpt", "ki", "ia", "prompt", "prompts", "playbook", "rubric", "rubrics", "bot", "bots",
    "chat", "neural", "generative", "assistant", "assistants", "reviewer", "reviewers", "reviewing", "reader",
    "readers", "automated", "automatic", "algorithmic", "artificial", "intelligence", "copilot", "chatgpt",
    "chatbot", "pretend", "imagine", "persona", "mode", "mission", "jailbreak", "eof", "eod", "url", "urls", "uri",
    "link", "links", "image", "images", "query", "markdown", "pixel", "hyperlink", "base64", "rot13", "hex", "obey",
    "heed", "testing", "test", "debug", "calibration", "drill", "summary", "answer", "verdict", "rating",
    "assessment", "evaluation", "output", "label", "scoring", "grading", "points", "marks", "stars", "summaries",
    "injunction", "caso", "omiso", "beachte", "beachten", "tenez", "abstraction", "taalmodel", "url's", "copia",
    "bild", "désormais", "maintenant", "ahora", "agora", "ora", "jetzt", "nun", "vanaf", "resumen", "riassunto",
    "résumé", "resumo", "samenvatting", "zusammenfassung", "antwort", "respuesta", "risposta", "resposta",
    "antwoord", "réponse", "testzwecken", "test", "prueba", "pruebas", "testes", "testdoeleinden", "überspringen",
    "überspringe", "sautez", "omettez", "omita", "salte", "saltare", "ometti", "pule", "sla", "prüfer", "leser",
    "relecteur", "lecteur", "revisor", "lector", "leitor", "revisore", "lettore", "lezer", "lezers", "instruct",
    "instructed", "instruction", "instructions", "clasifica", "clasifique", "classifique", "classificare",
    "classificate", "classificar", "modello", "modelli", "modelle", "modellen",
))  # fmt: skip
_STEMS = (
    "ignor", "disregard", "forget", "overrid", "overrul", "bypass", "discard", "neglect", "abandon", "guidelin",
    "directive", "safeguard", "decod", "decrypt", "deciph", "encod", "cipher", "unscramb", "deobfusc", "missacht",
    "vergiss", "vergess", "übergeh", "anweisung", "instruktion", "vorgabe", "oubli", "néglig", "consign", "olvid",
    "dimentic", "tralasc", "istruzion", "desconsider", "esque", "instruç", "negeer", "vergeet", "sprachmodell",
    "künstlich", "automatis", "inteligen", "dekodier", "entschlüssel", "bewert", "einstuf", "évalu", "classez",
    "notez", "évalúe", "evalúa", "calific", "valut", "avali", "beoordeel", "risik", "risque", "riesgo", "rischi",
    "risco", "geprüft", "compliant", "zignor", "odpowied", "yapay", "talimat",
)  # fmt: skip
_HEADS = frozenset(stem[:4] for stem in _STEMS)
_VERBS = frozenset((
    "answer", "respond", "reply", "output", "return", "print", "write", "say", "report", "classify", "rate", "mark",
    "score", "label", "conclude", "assign", "give", "state", "assess", "judge", "grade", "treat", "consider",
    "recommend", "accept", "approve", "declare", "emit", "produce", "set", "award", "rank", "evaluate", "describe",
    "list", "select", "choose", "record", "confirm", "find", "endorse", "summarize", "summarise", "deem", "certify",
    "regard", "issue", "provide", "present", "categorize", "categorise", "skip", "omit", "pass", "leave", "exclude",
    "overlook", "do", "don", "never", "append", "include", "add", "insert", "embed", "put", "place", "attach",
    "render", "stop", "cease", "quit", "suspend", "drop", "erase", "throw", "pay", "act", "behave", "highlight",
    "emphasize", "emphasise", "focus", "mention", "praise", "use", "copy", "repeat", "grant",
))  # fmt: skip
_LEAD = re.compile(
    r"\A[\s>*#\"“(|-]*\Z|\n\s*\n[\s>*#\"“(|-]*\Z|:\s+\Z"
    r"|\b(?:please|now|then|simply|instead|just|always|kindly|you (?:must|should|shall|will|are to))\s+\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\A|\n|[.!?:;,\]>)”\"»—–-]\s{1,3})[\s>*#\"“(|-]*\Z")
_PAIRS = re.compile(
    r"(?:language models?|machine[- ](?:read|review|process|analy|summari)|end of|"
    r"(?:document|contract|text|input|material|paper) ends|"
    r"(?:are|from) now|(?:your|new) (?:\w+ )?(?:task|role|rules|objective|job|goal)|"
    r"review (?:tool|software|system|model|agent|program|engine)|(?:told|said|written|stated) above)",
    re.IGNORECASE,
)
_PAIR_HEADS = frozenset((
    "language", "machine", "end", "document", "contract", "text", "input", "material", "paper", "are", "from", "your",
    "new", "review", "told", "said", "written", "stated",
))  # fmt: skip
_OTHER_SCRIPTS = re.compile("[\u0400-\u052f\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ELSEWHERE = re.compile(
    "忽略|無視|无视|忘|理会|遵守|指令|指示|提示词|プロンプト|人工|模型|モデル|AI|모델|지능|무시|지시|프롬프트|تجاهل|تعليمات|الاصطناعي|نموذج|игнорир|забудь|"
    "инструкц|нейросет|ИИ|модел|从现在|你现在|解码|デコード|디코딩|فك|кодиру|шифру|测试|テスト|테스트|اختبار|тестир|跳过|略过|审查|审阅|スキップ|飛ばし|건너|"
    "하지 ?마|تخط|пропусти|风险|满分|最高|合规|"
    "リスク|準拠|満点|최고|만점|위험|مخاطر|متوافق|риск|балл|官方|公式|공식|официальн|图片|链接|画像|リンク|이미지|"
    "링크|صورة|رابط|ссылк|изображ|结束|終わり|終了|끝|نهاية|конец|系统|助手|システム|アシスタント|시스템|отве|оцен|أجب|قي[ّم]|صن|答え|回答|评价|評価|평가|답"
)
_SIGNS = re.compile(r"<[|｜/A-Za-z]|[|｜]>|\[/?[A-Z_|]{3,}|#{2,}|={3,}|\"{3}|`{3}|!\[|\{\s*\"|[?&]\w+=|\]~")


def windows(plain: str) -> list[TextSpan]:
    """The stretches to look into, in order, apart from each other. Linear; most of a contract is in none."""
    found = [match.start() for match in _SIGNS.finditer(plain)]
    found += _word_places(plain)
    if _OTHER_SCRIPTS.search(plain):
        found += [match.start() for match in _ELSEWHERE.finditer(plain)]
    spans: list[TextSpan] = []
    for place in sorted(found):
        start, end = max(0, place - _AROUND), min(len(plain), place + _AROUND)
        if spans and start <= spans[-1].end:
            start = spans.pop().start
        spans.append(TextSpan(start, end))
    return spans


def _word_places(plain: str) -> Iterator[int]:
    """Where words begin that count: wherever they stand, before another word, or where an order may begin."""
    words = set(_WORD.findall(plain))
    telling = {word for word in words if _tells(word)}
    verbs = {word for word in words if word.lower() in _VERBS} - telling
    heads = {word for word in words if word.lower() in _PAIR_HEADS} - telling
    for match in _WORD.finditer(plain):
        word = match[0]
        if (
            word in telling
            or (word in verbs and _begins(plain, match))
            or (word in heads and _PAIRS.match(plain, match.start()))
        ):
            yield match.start()


@lru_cache(maxsize=1 << 14)
def _tells(word: str) -> bool:
    word = word.lower()
    return word in _WORDS or (word[:4] in _HEADS and word.startswith(_STEMS))


def _begins(plain: str, match: re.Match[str]) -> bool:
    begins = _SENTENCE if match[0][0].isupper() else _LEAD
    return begins.search(plain[max(0, match.start() - 24) : match.start()]) is not None

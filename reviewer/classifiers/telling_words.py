"""What tells languages apart whose letters in a row look alike: small words and letters that only one of them has."""

import re

from reviewer.classifiers.words import words_of

SMALL = frozenset(
    {"an", "br", "eo", "fo", "fy", "gd", "gl", "ht", "ia", "la", "lb", "nn", "oc", "sa", "se", "vo", "wa"}
)
"""Languages in which far fewer documents are written than in those they are mistaken for."""

_WORDS = {
    # Devanagari
    "hi": "है हैं और की के को से में नहीं इस वह था थी थे किया ने पर का अपने किसी होगी होगा जाए एवं लिए यह",
    "mr": "आहे आहेत आणि नाही नाहीत होते किंवा असे त्या हे ते मध्ये सर्व व आपल्या करण्यास असलेल्या",
    "ne": "छ छन् र पनि गर्न गर्ने भएको हुने हुनेछ हो वा लागि गरी सबै प्रत्येकलाई यो त्यो",
    "sa": "च अस्ति इति एव सः भवति तस्य सन्ति अपि वर्तते किन्तु सर्वे न",
    # western Romance
    "pt": "não em um uma com são pelo pela mais às à seu seus sua suas também foi ou ser",
    "gl": "unha un non con dun dunha nun nunha polo pola máis tamén ata á súa seu seus foi ou ser",
    "es": "el los las y del una al lo su sus con por es más también fue o ser no en",
    "an": "d'o d'a d'os ta l'a os as una y con lur lurs",
    "ca": "el els les i del una amb per és més també va o ser no en als dels",
    "oc": "lo los las e del una amb per es mai tanben dels als",
    # Germanic
    "nl": "een het zijn ik niet ook deze wordt worden heeft hebben bij uit aan der tot enige zonder dan ieder",
    "af": "'n nie is dit wat hulle ook hierdie word het by uit aan sonder elke ons vir kan sal",
    "sv": "och att är inte som den det en ett för på med av till har eller varje",
    "da": "og at er ikke som den det en et for på med af til har eller hver",
    "no": "og at er ikke som den det en et for på med av til har eller hver",
    "nn": "og at er ikkje som den det ein eit for på med av til har eller kvar",
    # Slavic
    "cs": "že se být jsou nebo jako který která které má každý jeho při pro ve",
    "sk": "že sa byť sú alebo ako ktorý ktorá ktoré má každý jeho pri pre vo",
    "ru": "и что как или это его имеет на от для при по не в с он быть каждый",
    "bg": "и че как или това му има на от за при по не в с той бъде всеки се да са е",
    "mk": "и дека како или ова му има на од за при по не во со тој биде секој се да",
    "sr": "и да како или ово му има на од за при по не у са он бити сваки се је",
    "uk": "і що як або це його має на від для при по не в з він бути кожна та",
    # Arabic script
    "fa": "است را که از این در به با می و هر باید آن",
    "ur": "ہے ہیں اور کی کے کو سے میں نہیں اس کا ہر جو",
}
"""Frequent small words. What two languages of a group share tells nothing between the two, and does no harm."""
_LETTERS = {
    "pt": "[ãõç]|lh",
    "gl": "ñ|ción|x",
    "es": "ñ|ción",
    "nl": "ij",
    "sv": "[äö]",
    "da": "[æø]",
    "no": "[æø]",
    "nn": "[æø]",
    "cs": "[ěřů]",
    "sk": "[ľĺŕôä]",
    "ru": "[ыэё]",
    "bg": "ъ",
    "uk": "[іїєґ]",
    "mk": "[ѓќѕџљњј]",
    "sr": "[ђћџљњј]",
    "ur": "[ٹڈڑےںہھ]",
}
_SETS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_PATTERNS = {code: re.compile(letters) for code, letters in _LETTERS.items()}
_MOST = 6


def hits(text: str, codes: frozenset[str]) -> dict[str, int]:
    """How many different signs of each of these languages a text holds, six at most; none where none is known."""
    lower = text.lower()
    words = frozenset(words_of(text))
    found = {}
    for code in codes & _SETS.keys():
        letters = len(set(_PATTERNS[code].findall(lower))) if code in _PATTERNS else 0
        found[code] = min(_MOST, len(words & _SETS[code]) + letters)
    return found

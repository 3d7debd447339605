"""A language model of some hundred kilobytes that the real llama.cpp loads: the llama architecture with random weights.

What it says is nonsense, and the same nonsense for the same seed. One number of its state hardly ever changes, so that
each token has an inclination of its own: it likes letters, closes quotes soon and seldom stops by itself.
"""

import random
import struct
from array import array
from pathlib import Path

_MAGIC, _VERSION, _ALIGNMENT = b"GGUF", 3, 32
_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_UNK, _BOS, _EOS = 0, 1, 2
_WIDTH, _HEADS, _KEY_HEADS, _LAYERS, _INNER = 32, 4, 2, 2, 64
_KEY_WIDTH = _WIDTH // _HEADS * _KEY_HEADS
_STEADY = 6.0
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-'()"
OWN_TOKEN = "~turn~"
"""A control token of this model alone, which no list of known chat templates has."""
_TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "

Matrix = tuple[str, tuple[int, ...], bytes]


def write_tiny_gguf(path: Path, *, seed: int = 7, context: int = 32768, name: str = "Tiny Random") -> Path:
    """Writes the model; the same bytes for the same arguments.

    Args:
        context: tokens it says it was trained for.
    """
    tokens = _tokens()
    facts: list[tuple[str, int, object]] = [
        ("general.architecture", _STRING, "llama"),
        ("general.name", _STRING, name),
        ("general.file_type", _UINT32, 0),
        ("llama.context_length", _UINT32, context),
        ("llama.embedding_length", _UINT32, _WIDTH),
        ("llama.block_count", _UINT32, _LAYERS),
        ("llama.feed_forward_length", _UINT32, _INNER),
        ("llama.attention.head_count", _UINT32, _HEADS),
        ("llama.attention.head_count_kv", _UINT32, _KEY_HEADS),
        ("llama.attention.layer_norm_rms_epsilon", _FLOAT32, 1e-5),
        ("llama.rope.dimension_count", _UINT32, _WIDTH // _HEADS),
        ("tokenizer.ggml.model", _STRING, "llama"),
        ("tokenizer.ggml.tokens", _ARRAY, (_STRING, [text for text, _ in tokens])),
        ("tokenizer.ggml.scores", _ARRAY, (_FLOAT32, [0.0] * len(tokens))),
        ("tokenizer.ggml.token_type", _ARRAY, (_INT32, [kind for _, kind in tokens])),
        ("tokenizer.ggml.bos_token_id", _UINT32, _BOS),
        ("tokenizer.ggml.eos_token_id", _UINT32, _EOS),
        ("tokenizer.ggml.unknown_token_id", _UINT32, _UNK),
        ("tokenizer.ggml.add_space_prefix", _BOOL, False),
        ("tokenizer.chat_template", _STRING, _TEMPLATE),
    ]
    matrices = _matrices(random.Random(seed), [text for text, _ in tokens])
    head = _MAGIC + struct.pack("<IQQ", _VERSION, len(matrices), len(facts))
    head += b"".join(_text(key) + struct.pack("<I", kind) + _value(kind, value) for key, kind, value in facts)
    offset = 0
    for label, shape, data in matrices:
        head += _text(label) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset)  # 0: 32-bit floats
        offset += len(_padded(data))
    path.write_bytes(_padded(head) + b"".join(_padded(data) for _, _, data in matrices))
    return path


def _tokens() -> list[tuple[str, int]]:
    """What a SentencePiece tokenizer has at least: marks, all bytes, a space; and single letters."""
    marks = [("<unk>", _UNKNOWN), ("<s>", _CONTROL), ("</s>", _CONTROL), (OWN_TOKEN, _CONTROL)]
    letters = [(each, _NORMAL) for each in "\u2581" + _LETTERS]
    return marks + [(f"<0x{byte:02X}>", _BYTE) for byte in range(256)] + letters


def _matrices(chance: random.Random, texts: list[str]) -> list[Matrix]:
    steady = [0.0] + [1.0] * (_WIDTH - 1)

    def noise(rows: int, columns: int, size: float) -> list[list[float]]:
        return [[chance.gauss(0.0, size) for _ in range(columns)] for _ in range(rows)]

    embedding = [[_STEADY, *row[1:]] for row in noise(len(texts), _WIDTH, 1.0)]
    output = [[_inclination(text), *row[1:]] for text, row in zip(texts, noise(len(texts), _WIDTH, 1.0), strict=True)]
    found = [_matrix("token_embd.weight", embedding), _matrix("output.weight", output)]
    found.append(_vector("output_norm.weight", [1.0] * _WIDTH))
    for layer in range(_LAYERS):
        prefix = f"blk.{layer}."
        sizes = {
            "attn_q": (_WIDTH, _WIDTH), "attn_k": (_KEY_WIDTH, _WIDTH), "attn_v": (_KEY_WIDTH, _WIDTH),
            "attn_output": (_WIDTH, _WIDTH), "ffn_gate": (_INNER, _WIDTH), "ffn_up": (_INNER, _WIDTH),
            "ffn_down": (_WIDTH, _INNER),
        }  # fmt: skip
        for label, (rows, columns) in sizes.items():
            weights = noise(rows, columns, 0.2)
            if label in {"attn_output", "ffn_down"}:
                weights[0] = [0.0] * columns  # what goes back into the state leaves its steady number alone
            found.append(_matrix(f"{prefix}{label}.weight", weights))
        found += [_vector(f"{prefix}{label}.weight", steady) for label in ("attn_norm", "ffn_norm")]
    return found


def _inclination(text: str) -> float:
    if text == "<0x22>":  # a quote
        return 4.0
    if text in {"<0x7D>", "<0x5D>"} or (len(text) == 1 and text.isalnum()):  # what closes an object or a list; letters
        return 2.0
    return -1.0 if len(text) == 1 else -6.0


def _matrix(label: str, rows: list[list[float]]) -> Matrix:
    return label, (len(rows[0]), len(rows)), _floats([number for row in rows for number in row])


def _vector(label: str, numbers: list[float]) -> Matrix:
    return label, (len(numbers),), _floats(numbers)


def _floats(numbers: list[float]) -> bytes:
    return array("f", numbers).tobytes()


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(kind: int, value: object) -> bytes:
    if kind == _STRING:
        return _text(str(value))
    if kind == _ARRAY:
        inner, members = value  # type: ignore[misc]
        return struct.pack("<IQ", inner, len(members)) + b"".join(_value(inner, each) for each in members)
    return struct.pack({_UINT32: "<I", _INT32: "<i", _FLOAT32: "<f", _BOOL: "<?"}[kind], value)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % _ALIGNMENT)

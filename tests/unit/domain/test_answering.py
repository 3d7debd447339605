import pytest

from reviewer.domain.answering import answered_by, is_same_model


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("openai/gpt-4o", "gpt-4o-2024-08-06"),
        ("openai/gpt-4", "gpt-4-0613"),
        ("openai/gpt-4o", "GPT-4o"),
        ("openai/gpt-3.5-turbo", "gpt-3.5-turbo-0125"),
        ("openai/o1", "o1-2024-12-17"),
        ("ollama/llama3.1", "llama3.1:latest"),
        ("ollama/llama3.1", "llama3.1:8b"),
        ("ollama/llama3.1:8b", "llama3.1:8b-instruct-q4_K_M"),
        ("anthropic/claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"),
        ("openrouter/anthropic/claude-3.5-sonnet", "anthropic/claude-3-5-sonnet"),
        ("openrouter/deepseek/deepseek-r1:free", "deepseek/deepseek-r1"),
        ("mistral/mistral-large-latest", "mistral-large-2411"),
        ("google/gemini-2.5-flash", "models/gemini-2.5-flash-preview-05-20"),
        ("google/gemini-1.5-pro", "gemini-1.5-pro-001"),
        ("llama_cpp/Qwen2.5-7B-Instruct-Q4_K_M.gguf", "/models/qwen2.5-7b-instruct-q4_k_m.gguf"),
        ("llama_cpp/C:\\models\\Qwen.gguf", "qwen"),
        ("openai/anything", ""),
    ],
)
def test_other_spellings_of_a_model_are_the_same(asked: str, answered: str) -> None:
    assert is_same_model(asked, answered)
    assert answered_by(asked, answered) == ""


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("openai/gpt-4o", "gpt-4o-mini"),
        ("openai/gpt-4o", "gpt-4o-mini-2024-07-18"),
        ("openai/gpt-4", "gpt-4.1"),
        ("openai/gpt-4o-2024-05-13", "gpt-4o-2024-08-06"),
        ("openai/o1", "o3"),
        ("ollama/llama3.1:8b", "llama3.1:70b"),
        ("local/qwen2.5-7b", "qwen2.5-14b"),
        ("local/llama-3.1-8b", "llama-3.2-8b"),
        ("openai/gpt-4o", "claude-3-5-sonnet-20241022"),
    ],
)
def test_another_model_is_named(asked: str, answered: str) -> None:
    assert answered_by(asked, answered) == answered


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert answered_by("openai/gpt-4o", "evil\nname " + "x" * 1000).startswith("evil name x")
    assert len(answered_by("openai/gpt-4o", "x" * 1000)) == 200

from dataclasses import replace

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason


def test_chat_request_is_a_value() -> None:
    request = ChatRequest("system", "user", {"type": "object"}, "answer", 7)
    assert request == replace(request)
    assert request != replace(request, seed=8)
    assert (request.temperature, request.max_tokens) == (0.0, 2048)


def test_chat_reply_is_whole_when_nothing_else_is_said() -> None:
    assert ChatReply("text", "model").finish is FinishReason.STOP

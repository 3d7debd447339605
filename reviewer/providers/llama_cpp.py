"""A language model in a GGUF file, answered by llama.cpp in a worker process of ours: no server, no network."""

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.domain.ids import Json
from reviewer.domain.model_file import ModelFile
from reviewer.providers.chat_dialect import encoded
from reviewer.providers.chat_envelope import empty_reply
from reviewer.providers.chat_errors import Asked, too_long
from reviewer.providers.gguf import GgufError
from reviewer.providers.llama_cpp_messages import Answer, Refused, TooSmall
from reviewer.providers.llama_cpp_plan import Facts, context_for, rounded
from reviewer.providers.llama_cpp_process import Listen, NotLoadedError, WorkerDiedError
from reviewer.providers.llama_cpp_runtime import LlamaRuntime, NoMemoryError, shared_runtime

_PROVIDER = "llama_cpp"
_RUNTIME = "xllamacpp"
_LARGEST_SEED = 2**31
_MOST_ROUNDS = 64
"""A token may stand within another one, and show once that is broken; no longer one has so many in it."""
_GIGABYTE = 1024**3
_FATAL = RetryDecision(retry=False, fatal=True)
_STOP = RetryDecision(retry=False)


class LlamaCppModel:
    """One model file; implements `reviewer.ports.models.ChatModel` and `FileModel`.

    All models of one file on one event loop share a worker process. It is started by the first question and ended when
    the last of them is closed; a closed model can be asked again.

    Args:
        path: the GGUF file; of a model in several files the first.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._runtime: LlamaRuntime | None = None

    def __repr__(self) -> str:
        return f"LlamaCppModel({self.name!r}, {self.endpoint!r})"

    @property
    def name(self) -> str:
        """The file's name without its folder, such as ``llama_cpp/qwen3-8b-q4_k_m.gguf``."""
        return f"{_PROVIDER}/{self._path.name}"

    @property
    def endpoint(self) -> str:
        """Where the file is, as a ``file:`` address: nothing that is asked leaves this computer."""
        return self._path.as_uri()

    @property
    def context_tokens(self) -> int | None:
        """Tokens the model was trained for, question and answer together; None until the file was looked into."""
        return self._runtime.context if self._runtime else None

    @property
    def worker_pid(self) -> int | None:
        """The worker process's number while the model is loaded."""
        return self._runtime.pid if self._runtime else None

    async def complete(self, request: ChatRequest, listen: Listen | None = None) -> ChatReply:
        """Asks once; never retries by itself. Cancelling stops the model and frees its place.

        Args:
            request: what is asked.
            listen: told each piece of the reply as it comes.

        Raises:
            ProviderError: as `ChatModel.complete`: ``local_llm_missing``, ``bad_model_file``, ``not_enough_memory``,
                ``model_crashed``, ``too_long``, ``bad_request`` or ``empty_reply``.
        """
        self._check_installed()
        runtime = self._joined()
        try:
            answer = await self._asked(runtime, request, listen)
        except GgufError as error:
            raise self._bad_file(f"{error}.") from error
        except OSError as error:
            raise self._unreadable() from error
        except NoMemoryError as error:
            raise self._no_memory(error.needed, error.available) from error
        except NotLoadedError as error:
            raise (self._not_loadable() if error.is_installed else _missing()) from error
        except WorkerDiedError as error:
            raise self._crashed(is_again=runtime.crashes > 1) from error
        finish = FinishReason.LENGTH if answer.is_cut else FinishReason.STOP
        if finish is FinishReason.STOP and not answer.text.strip():
            raise empty_reply(self._path.name)
        return ChatReply(answer.text, self._path.name, finish, answer.tokens_in, answer.tokens_out)

    async def list_models(self) -> tuple[str, ...]:
        """The file's name, once its header was read and there is memory for it. Loads nothing.

        Raises:
            ProviderError: as for `complete`.
        """
        self._check_installed()
        found = await self.describe()
        if not found.fits:
            raise self._no_memory(found.needed, found.available)
        return (self._path.name,)

    async def describe(self) -> ModelFile:
        """What the file's header says. Loads nothing.

        Raises:
            ProviderError: ``bad_model_file``.
        """
        try:
            return (await self._facts()).describe()
        except GgufError as error:
            raise self._bad_file(f"{error}.") from error
        except OSError as error:
            raise self._unreadable() from error

    async def aclose(self) -> None:
        """Ends the worker process, unless another model shares it."""
        runtime, self._runtime = self._runtime, None
        if runtime:
            await runtime.leave()

    async def _facts(self) -> Facts:
        return await self._joined().facts()

    def _joined(self) -> LlamaRuntime:
        if self._runtime is None:
            self._runtime = shared_runtime(self._path)
            self._runtime.join()
        return self._runtime

    async def _asked(self, runtime: LlamaRuntime, request: ChatRequest, listen: Listen | None) -> Answer:
        body, context = encode(request, (await runtime.facts()).header.control), context_for(request)
        answer = await runtime.ask(body, context, request.max_tokens, listen)
        if isinstance(answer, TooSmall) and answer.tokens < (await runtime.facts()).context:
            context = rounded(answer.tokens + request.max_tokens)
            answer = await runtime.ask(body, context, request.max_tokens, listen)
        if isinstance(answer, TooSmall):
            raise too_long(Asked(_PROVIDER, self._path.name, self._path.name, has_key=False))
        if isinstance(answer, Refused):
            raise self._not_understood()
        return answer

    def _check_installed(self) -> None:
        if find_spec(_RUNTIME) is None:
            raise _missing()

    def _bad_file(self, why: str) -> ProviderError:
        return ProviderError(
            "bad_model_file",
            f"The model file {self._path.name} cannot be used: {why}",
            "Choose a GGUF file of a language model; if it was downloaded, download it again.",
            decision=_FATAL,
        )

    def _unreadable(self) -> ProviderError:
        return self._bad_file("it cannot be read." if self._path.exists() else "there is no such file.")

    def _not_loadable(self) -> ProviderError:
        return self._bad_file("llama.cpp cannot load it. It is damaged, or of a kind that this version does not know.")

    def _no_memory(self, needed: int, available: int) -> ProviderError:
        return ProviderError(
            "not_enough_memory",
            f"The model {self._path.name} needs about {needed / _GIGABYTE:.1f} GB of memory, "
            f"and {available / _GIGABYTE:.1f} GB are free.",
            "Close other programs, choose a smaller model, or split the document more finely.",
            decision=_STOP,
        )

    def _crashed(self, *, is_again: bool) -> ProviderError:
        return ProviderError(
            "model_crashed",
            f"The model {self._path.name} made its process fail{' again' if is_again else ''}.",
            "Choose another model file, or a smaller one.",
            decision=RetryDecision(retry=not is_again, fatal=is_again),
        )

    def _not_understood(self) -> ProviderError:
        return ProviderError(
            "bad_request",
            f"The model {self._path.name} did not accept the request.",
            "Choose a model that was made for chats.",
            decision=_STOP,
        )


def encode(request: ChatRequest, control: Sequence[str] = ()) -> bytes:
    """The request in the OpenAI chat format, as llama.cpp reads it.

    llama.cpp puts the messages into the model's template and then reads the whole of it for control tokens. Those that
    the user message holds come from a document, so each is broken.

    Args:
        request: what is asked.
        control: the model's control tokens.
    """
    shape: Json = {"name": request.schema_name, "strict": True, "schema": request.schema}
    fields: dict[str, Json] = {
        "messages": [
            {"role": "system", "content": request.system},
            {"role": "user", "content": broken(request.user, control)},
        ],
        "response_format": {"type": "json_schema", "json_schema": shape},
        "temperature": request.temperature,
        "seed": request.seed % _LARGEST_SEED,  # it takes 32 bits, and the largest number for none
        "max_tokens": request.max_tokens,
        "stream": True,  # a call is cancelled where a piece is told
        "stream_options": {"include_usage": True},
        "return_progress": True,
    }
    return encoded(fields)


def broken(text: str, control: Sequence[str]) -> str:
    """A text in which none of these tokens is left: a blank stands behind the first character of each."""
    tokens = [each for each in control if len(each.strip()) > 1]
    for _ in range(_MOST_ROUNDS):
        found = sorted({each for each in tokens if each in text}, key=len, reverse=True)
        if not found:
            break
        pattern = re.compile("|".join(map(re.escape, found)))
        text = pattern.sub(lambda token: f"{token[0][0]} {token[0][1:]}", text)
    return text


def _missing() -> ProviderError:
    return ProviderError(
        "local_llm_missing",
        "The part of Reviewer that answers with a model file is not installed.",
        "Install it: pip install 'reviewer[local-llm]'; on Linux it also needs the system's libgomp1.",
        decision=_FATAL,
    )

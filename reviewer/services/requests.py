"""What a user asks for when starting a run."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.ids import Json
from reviewer.domain.run import Run
from reviewer.domain.workflow import EngineId


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model to ask: ``PROVIDER/NAME`` and the endpoint's address, or None for the provider's own."""

    spec: str
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A run to start.

    Attributes:
        workflow: id or file of a workflow; None picks the one that fits each document.
        models: the raters; empty for the built-in checks.
        votes: how often each model is asked; None for what the workflow says.
        timeout_s: one attempt of one call may take so long.
        offline: refuse every connection beyond this computer.
    """

    paths: tuple[Path, ...]
    workflow: str | None = None
    models: tuple[ModelChoice, ...] = ()
    votes: int | None = None
    max_connections: int = 20
    timeout_s: float = 600.0
    seed: int = 0
    offline: bool = False

    @property
    def engine(self) -> EngineId:
        """Models when any is named, else the built-in checks."""
        return EngineId.LLM if self.models else EngineId.BUILTIN

    def options(self) -> dict[str, str]:
        """What `of_run` needs besides paths to make the same request again. Holds no secret."""
        return {
            "workflow": self.workflow or "",
            "models": "\n".join(choice.spec for choice in self.models),
            "base_urls": "\n".join(choice.base_url or "" for choice in self.models),
            "max_connections": str(self.max_connections),
            "timeout_s": str(self.timeout_s),
            "seed": str(self.seed),
            "offline": "yes" if self.offline else "",
        }

    def identity(self) -> dict[str, Json]:
        """What decides a run's results besides its files: two requests alike in this continue each other."""
        return {
            "workflow": self.workflow,
            "models": [[choice.spec, choice.base_url] for choice in self.models],
            "votes": self.votes,
            "seed": self.seed,
        }


def of_run(run: Run) -> RunRequest:
    """The request that a stored run was started with."""
    options = run.options
    specs = options["models"].splitlines()
    urls = options["base_urls"].split("\n")
    return RunRequest(
        paths=tuple(Path(path) for path in run.paths),
        workflow=options["workflow"] or None,
        models=tuple(ModelChoice(spec, url or None) for spec, url in zip(specs, urls, strict=False)),
        votes=run.votes,
        max_connections=int(options["max_connections"]),
        timeout_s=float(options["timeout_s"]),
        seed=int(options["seed"]),
        offline=bool(options["offline"]),
    )

"""What a user asks for when starting a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.domain.destination import Destination
from reviewer.domain.ids import Json
from reviewer.domain.policy import Adaptive
from reviewer.domain.redaction import RedactionChoice
from reviewer.domain.run import Run
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Settings
from reviewer.domain.workflow import EngineId


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a run may spend over all its continuations; None for no cap.

    Attributes:
        accepts_unknown_price: where a price is not known, count the model's calls as free.
    """

    max_cost: float | None = None
    max_tokens: int | None = None
    accepts_unknown_price: bool = False

    def over(self, earlier: "Allowance") -> "Allowance":
        """This allowance, and the earlier one where this says nothing."""
        return Allowance(
            earlier.max_cost if self.max_cost is None else self.max_cost,
            earlier.max_tokens if self.max_tokens is None else self.max_tokens,
            self.accepts_unknown_price or earlier.accepts_unknown_price,
        )


UNLIMITED = Allowance()


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A run to start.

    Attributes:
        workflow: id or file of a workflow; None picks the one that fits each document.
        models: the raters; empty for the built-in checks.
        votes: how often each model is asked; None for what the workflow says.
        adaptive: whether votes may end early; None for what the workflow says.
        max_connections: calls at once at one endpoint at most; None: as many as it keeps up with.
        rpm, tpm: requests and tokens a minute at one endpoint at most; None for no limit.
        timeout_s: one attempt of one call may take so long.
        offline: refuse every connection beyond this computer.
        matter: id of the matter it belongs to; empty for none.
        playbook: id of the playbook to hold documents against; empty picks the one that fits each document.
        proxy: what connections beyond this computer go through; None for nothing.
        ca_file: certificate authorities that are believed besides the system's.
        redaction: what is replaced before it is sent, and to whom.
        version_of: id of the document that the one file is a new version of; empty for none.
        may_send_to: where the user said that the text may go, for this once; None: wherever a model is that it names.
            Never kept with the run.
        questions: what a workflow that asks questions is to find, in place of its file's.
        hidden_text: models read what a reader does not see (hidden, deleted, in comments), too; it is no evidence.
        is_rehearsal: nothing is to be sent: the models are built so that they cannot.
    """

    paths: tuple[Path, ...]
    workflow: str | None = None
    models: tuple[ModelChoice, ...] = ()
    votes: int | None = None
    max_connections: int | None = None
    timeout_s: float = 600.0
    seed: int = 0
    offline: bool = False
    matter: str = ""
    version_of: str = ""
    playbook: str = ""
    rpm: int | None = None
    tpm: int | None = None
    allowance: Allowance = UNLIMITED
    proxy: str | None = None
    ca_file: Path | None = None
    may_send_to: tuple[Destination, ...] | None = None
    is_rehearsal: bool = False
    adaptive: Adaptive | None = None
    questions: tuple[str, ...] = ()
    hidden_text: bool = False
    redaction: RedactionChoice = field(default_factory=RedactionChoice)

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
            "weights": "\n".join(f"{choice.weight:g}" for choice in self.models),
            "max_connections": _optional(self.max_connections),
            "rpm": _optional(self.rpm),
            "tpm": _optional(self.tpm),
            "timeout_s": str(self.timeout_s),
            "seed": str(self.seed),
            "offline": "yes" if self.offline else "",
            "matter": self.matter,
            "version_of": self.version_of,
            "playbook": self.playbook,
            "proxy": self.proxy or "",
            "ca_file": str(self.ca_file or ""),
            "adaptive": self.adaptive.value if self.adaptive else "",
            "questions": "\n".join(self.questions),
            "hidden_text": "yes" if self.hidden_text else "",
            "max_cost": "" if self.allowance.max_cost is None else repr(self.allowance.max_cost),
            "max_tokens": "" if self.allowance.max_tokens is None else str(self.allowance.max_tokens),
            **_redaction_options(self.redaction),
            "accepts_unknown_price": "yes" if self.allowance.accepts_unknown_price else "",
        }

    def identity(self) -> dict[str, Json]:
        """What decides a run's results besides its files: two requests alike in this continue each other."""
        return {
            "workflow": self.workflow,
            "models": [[choice.spec, choice.base_url] for choice in self.models],
            "votes": self.votes,
            "seed": self.seed,
            **({"matter": self.matter} if self.matter else {}),
            **({"playbook": self.playbook} if self.playbook else {}),
            **({"adaptive": self.adaptive.value} if self.adaptive else {}),
            **({"questions": list(self.questions)} if self.questions else {}),
            **({"hidden_text": True} if self.hidden_text else {}),
            **({"redaction": self.redaction.identity} if self.redaction.is_on else {}),
        }


def clean_questions(lines: Iterable[str]) -> tuple[str, ...]:
    """Questions as they are asked: each once, white space made single, blank lines left out."""
    return tuple(dict.fromkeys(" ".join(each.split()) for each in lines if each.strip()))


def of_settings(settings: Settings, paths: Sequence[Path] = ()) -> RunRequest:
    """The request for these files that the settings make."""
    return RunRequest(
        paths=tuple(paths),
        workflow=settings.workflow,
        models=settings.models,
        votes=settings.votes,
        max_connections=settings.max_connections,
        timeout_s=settings.timeout_s,
        seed=settings.seed,
        offline=settings.offline,
        rpm=settings.rpm,
        tpm=settings.tpm,
        allowance=Allowance(settings.max_cost, settings.max_tokens),
        proxy=settings.proxy,
        ca_file=settings.ca_file,
        adaptive=settings.adaptive,
        hidden_text=settings.hidden_text,
        redaction=RedactionChoice(
            settings.redaction, settings.redaction_terms, settings.redaction_patterns, settings.redaction_local
        ),
    )


def of_run(run: Run) -> RunRequest:
    """The request that a stored run was started with."""
    options = run.options
    specs = options["models"].splitlines()
    urls = options["base_urls"].split("\n")
    weights = [float(each) for each in options.get("weights", "").split()] or [1.0] * len(specs)
    return RunRequest(
        paths=tuple(Path(path) for path in run.paths),
        workflow=options["workflow"] or None,
        models=tuple(
            ModelChoice(spec, url or None, weight) for spec, url, weight in zip(specs, urls, weights, strict=False)
        ),
        votes=run.votes,
        max_connections=_number(options["max_connections"]),
        timeout_s=float(options["timeout_s"]),
        seed=int(options["seed"]),
        offline=bool(options["offline"]),
        matter=options.get("matter", ""),  # runs of the first version have none
        version_of=options.get("version_of", ""),
        playbook=options.get("playbook", ""),
        proxy=options.get("proxy") or None,
        ca_file=Path(options["ca_file"]) if options.get("ca_file") else None,
        rpm=_number(options.get("rpm", "")),
        tpm=_number(options.get("tpm", "")),
        allowance=_allowance(options),
        questions=tuple(options.get("questions", "").splitlines()),
        hidden_text=bool(options.get("hidden_text")),
        adaptive=Adaptive(options["adaptive"]) if options.get("adaptive") else None,
        redaction=_redaction(options),
    )


def _redaction_options(choice: RedactionChoice) -> dict[str, str]:
    return {
        "redact": "yes" if choice.is_on else "",
        "redact_terms": "\n".join(choice.terms),
        "redact_patterns": "yes" if choice.patterns else "",
        "redact_local": "yes" if choice.local else "",
    }


def _redaction(options: dict[str, str]) -> RedactionChoice:
    terms = tuple(options.get("redact_terms", "").splitlines())
    patterns, local = bool(options.get("redact_patterns", "yes")), bool(options.get("redact_local"))
    return RedactionChoice(bool(options.get("redact")), terms, patterns, local)


def _optional(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _allowance(options: dict[str, str]) -> Allowance:
    cost, tokens = options.get("max_cost", ""), options.get("max_tokens", "")
    accepts = bool(options.get("accepts_unknown_price"))
    return Allowance(float(cost) if cost else None, int(tokens) if tokens else None, accepts)

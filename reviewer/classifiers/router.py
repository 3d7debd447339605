"""Routes without a model: what a person said, then rules, then the classifier, as the workflow lists them."""

import re
from collections.abc import Sequence

from reviewer.classifiers.linear import Example, Guess, LinearClassifier, trained
from reviewer.classifiers.rules import RuleRouter
from reviewer.domain.override import Override, same_text
from reviewer.domain.task import Item, Route
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode

_ALSO = 0.5
"""A second class is taken, too, where it is at least half as likely as the first."""
_BREAKS = re.compile(r"[_\-./\s]+")


class LocalRouter:
    """Implements `reviewer.ports.handling.Router`. Pure; the classifier is trained when it is first asked.

    Args:
        overrides: what people said about this workflow, the latest last. A text that was spoken about goes where it
            was sent; to the classifier it is an example like those of the file.
    """

    def __init__(self, overrides: Sequence[Override] = ()) -> None:
        self._overrides = tuple(overrides)
        self._said = {same_text(each.text): each for each in overrides}
        self._rules = RuleRouter()
        self._learnt: tuple[tuple[RouteNode, ...], LinearClassifier | None] = (), None

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        """The route that was chosen for the text; else of the first method that is sure, else of the most confident."""
        known = {node.id for node in routes}
        said = self._said.get(same_text(item.text))
        if said is not None and said.route in known:
            return Route(said.route, 1.0, RouteMethod.PERSON, f"Chosen by {said.by or 'a person'}.")
        best: Route | None = None
        for method in router.methods:
            found = self._found(method, item, router, routes)
            if found is not None and (best is None or found.confidence > best.confidence):
                best = found
            if best is not None and best.confidence >= router.margin:
                break
        return best or self._rules.route(item, router, routes)

    def _found(self, method: RouteMethod, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route | None:
        match method:
            case RouteMethod.RULES:
                return self._rules.find(item, router, routes)
            case RouteMethod.ML:
                return self._classified(item, router, routes)
            case _:
                return None

    def _classified(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route | None:
        classifier = self._classifier(tuple(routes))
        guesses = classifier.classify(item.text) if classifier else ()
        if not guesses:
            return None
        first = guesses[0]
        also = tuple(each.label for each in guesses[1 : router.max_routes] if _is_near(each, first))
        return Route(first.label, first.probability, RouteMethod.ML, _reason(guesses), also)

    def _classifier(self, routes: tuple[RouteNode, ...]) -> LinearClassifier | None:
        """The one for these routes; None where nothing teaches it."""
        if self._learnt[0] != routes:
            examples = self._examples(routes)
            taught = {example.label for example in examples}
            names = tuple((node.id, _name(node)) for node in routes if node.id in taught)
            self._learnt = routes, trained(examples, names) if taught else None
        return self._learnt[1]

    def _examples(self, routes: Sequence[RouteNode]) -> tuple[Example, ...]:
        """Those of the file and of people; where a person spoke about a text of the file, the person's."""
        known = {node.id for node in routes}
        told = tuple(Example(each.text, each.route) for each in self._overrides if each.route in known)
        retold = {same_text(each.text) for each in told}
        filed = (Example(text, node.id) for node in routes for text in node.examples)
        return (*(each for each in filed if same_text(each.text) not in retold), *told)


def _is_near(guess: Guess, first: Guess) -> bool:
    return guess.probability >= _ALSO * first.probability


def _name(node: RouteNode) -> str:
    return f"{_BREAKS.sub(' ', node.id)} {node.description}"


def _reason(guesses: Sequence[Guess]) -> str:
    words = ", ".join(f'"{word}"' for word in guesses[0].words)
    why = f"Words as in its examples: {words}." if words else "Written like its examples."
    return f"{why} Next likely: {guesses[1].label}." if len(guesses) > 1 else why

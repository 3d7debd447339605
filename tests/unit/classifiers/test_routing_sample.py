"""A sample of ``tests/benchmarks/routing.py``: one seed, without the command line around the classifier."""

from collections import Counter

import pytest

from reviewer.classifiers.linear import Example, LinearClassifier
from tests.benchmarks import routing


@pytest.mark.data
@pytest.mark.parametrize("name", ["banking77", "clinc150-domain", "onestopenglish", "mmlu"])
def test_classifier_is_better_than_majority_and_nearest_centroid(name: str) -> None:
    if not routing.SHARED.is_dir():
        pytest.skip(f"{routing.SHARED.name} is not there")
    first, second = routing.halves(routing.SETS[name]())
    examples = routing.draw(first, 0, routing.EXAMPLES)
    taught = {row.label: row.label.replace("_", " ") for row in examples}
    scored = [row for row in second if row.label in taught][:150]
    classifier = LinearClassifier([Example(row.text, row.label) for row in examples], taught)
    right = sum(classifier.classify(row.text)[0].label == row.label for row in scored)
    centroid = routing.nearest_centroid(examples, [row.text for row in scored])
    theirs = sum(row.label == label for row, label in zip(scored, centroid, strict=True))
    majority = Counter(row.label for row in scored).most_common(1)[0][1]
    assert right > max(theirs, majority)

"""A model that quotes in every answer what is not there: the run ends, and everything it says is fenced off."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.model_server.process import ModelServerProcess

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"


def review(home: Path, server: ModelServerProcess, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REVIEWER_HOME": str(home)}
    models = ("--model", "openai/m", "--base-url", server.base_url, "--offline", "--votes", "2", "-q")
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", "review", *words, *models],
        capture_output=True,
        text=True,
        env=environment,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_run_ends_with_every_finding_fenced_and_a_sentence_that_says_so(tmp_path: Path) -> None:
    paths = [str(SAMPLES / name) for name in ("services-agreement.docx", "paper-en.pdf")]
    with ModelServerProcess("--invent") as server:
        report = json.loads(review(tmp_path, server, *paths, "--json"))
        text = review(tmp_path, server, *paths, "-o", str(tmp_path / "out"))
    markdown = (tmp_path / "out" / "report.md").read_text("utf-8")

    assert report["run"]["status"] == "done"
    assert report["quotes"]["unverified"] > 5
    assert report["quotes"]["note"].startswith("None of the ")
    by_votes = [each for document in report["documents"] for each in document["findings"] if each["by"] == "votes"]
    assert by_votes
    assert {each["outcome"] for each in by_votes} == {"uncertain"}
    assert not [vote for each in by_votes for vote in each["votes"] if vote["counted"] and vote["quote"]]
    cited = [citation for each in by_votes for citation in each["citations"]]
    assert {citation["status"] for citation in cited} == {"unverified"}
    assert {(citation["start"], citation["page"]) for citation in cited} == {(None, None)}
    sentences = [
        sentence
        for document in report["documents"]
        for summary in document["summaries"]
        if summary["by"] != "rule"
        for sentence in summary["sentences"]
    ]
    assert sentences
    assert not any(sentence["backed"] for sentence in sentences)
    assert not [
        statement
        for statement in report["synthesis"]["statements"]
        for citation in statement["citations"]
        if citation["status"] != "verified"
    ]
    for said in (" ".join(text.split()), markdown.replace("\\", "")):
        assert report["quotes"]["note"] in said
        assert said.count("of the moon") == said.count("does not hold it: “The parties solemnly")

from reviewer.export.workflow_words import lines
from reviewer.services.catalog import Catalog


def test_plan_tells_the_stages_of_a_workflow() -> None:
    told = list(lines(Catalog().workflow("content-writing")))
    assert told[1] == "Cut: read as auto; one part is a document"
    assert "  write -> outline: Every brief." in told
    assert "  outline (Outline of the text): generate; each entry goes to section" in told
    assert "  section (Draft of a section): generate, 2 votes by judge" in told
    assert told[-1] == "Bring together: what was made, part by part"


def test_every_bundled_workflow_has_a_plan() -> None:
    assert all(len(list(lines(each))) > 5 for each in Catalog().workflows())

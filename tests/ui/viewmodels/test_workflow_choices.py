from reviewer.services.catalog import Catalog
from reviewer.ui.viewmodels.workflow_choices import workflow_choices


def test_main_workflows_lead_and_the_others_stand_under_examples() -> None:
    names = [each.name for each in workflow_choices(Catalog().workflows())]
    assert names[:6] == [
        *("Contract review", "Research synthesis", "Compare", "Questions", "Summarise or translate", "Examples"),
    ]
    assert names[6:] == ["Content writing", "Education", "Idea generation", "News or opinion", "Support triage"]


def test_heading_cannot_be_chosen_and_is_left_out_where_nothing_follows() -> None:
    (heading,) = [each for each in workflow_choices(Catalog().workflows()) if each.name == "Examples"]
    assert heading.id is None
    assert workflow_choices([]) == []

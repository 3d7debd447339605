from dataclasses import replace

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.domain.workflow import ChecksNode
from reviewer.services.catalog import Catalog
from reviewer.teams import build_team


def test_contract_review_has_a_checker_and_research_has_none() -> None:
    catalog = Catalog()
    assert build_team(catalog.workflow("contract-review"), catalog).checker is not None
    assert build_team(catalog.workflow("research-synthesis"), catalog).checker is None


def test_team_refuses_a_rule_that_does_not_exist() -> None:
    catalog = Catalog()
    workflow = replace(catalog.workflow("contract-review"), checks=ChecksNode(("blank", "blnak")))
    with pytest.raises(ConfigError, match="switches off 'blnak'") as error:
        build_team(workflow, catalog)
    assert error.value.hint == "See: reviewer check --rules"

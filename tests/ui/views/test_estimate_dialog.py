from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.destination import Destination
from reviewer.domain.estimate import Estimate, ModelEstimate, PlannedRequest
from reviewer.domain.model_facts import ModelFacts, Origin
from reviewer.domain.money import Price
from reviewer.services.requests import UNLIMITED, Allowance
from reviewer.ui.viewmodels.egress import Badge
from reviewer.ui.viewmodels.estimate_lines import estimate_lines
from reviewer.ui.views.estimate_dialog import EstimateDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PRICED = ModelFacts(
    "openai/m", is_local=False, price=Price(1.0, 2.0), price_from=Origin.LIST, source="a page (2026-01-02)"
)
PLACE = Destination("https", "api.openai.com", 443)
AWAY = Badge("Asks before sending to api.openai.com", "help", "Nobody said yes yet.")

Open = Callable[[Allowance], EstimateDialog]


def estimate(*facts: ModelFacts, calls: int = 40, stored: int = 0) -> Estimate:
    models = tuple(ModelEstimate(each, calls, 1_000_000, 1_200_000, 500_000, 2_000_000) for each in facts)
    planned = (
        PlannedRequest("openai/m", PLACE, "doc-1", "sec-1", 1500),
        PlannedRequest("l", None, "doc-1", "sec-1", 9),
    )
    return Estimate(1, 12, (), stored, models, 20, "USD", planned)


@pytest.fixture
def opened(theme: object, qtbot: QtBot) -> Open:
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_dialog(allowance: Allowance) -> EstimateDialog:
        dialog = EstimateDialog(allowance, AWAY, parent)
        dialog.open()
        dialog.show_estimate(estimate(PRICED))
        return dialog

    return open_dialog


def given(dialog: EstimateDialog, qtbot: QtBot) -> Allowance:
    button = dialog.findChild(QPushButton, "runEstimated")
    assert button is not None
    with qtbot.waitSignal(dialog.run_wanted) as heard:
        button.click()
    allowance = heard.args[0]
    assert isinstance(allowance, Allowance)
    return allowance


def box(dialog: EstimateDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "allowance",
    [UNLIMITED, Allowance(0.001, 5), Allowance(0.0, 0), Allowance(1e9, 10**12), Allowance(2.5, None, True)],
)
def test_cap_that_nobody_touches_stays_exactly_as_it_is(opened: Open, qtbot: QtBot, allowance: Allowance) -> None:
    assert given(opened(allowance), qtbot) == allowance


def test_caps_are_set_and_taken_away(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Allowance(max_tokens=1000))
    box(dialog, "maxCost").setText("1.25")
    box(dialog, "maxTokens").clear()
    assert box(dialog, "maxTokens").placeholderText() == "no limit"
    assert given(dialog, qtbot) == Allowance(max_cost=1.25)


@pytest.mark.parametrize(
    ("name", "typed"), [("maxCost", "-1"), ("maxCost", "much"), ("maxCost", "nan"), ("maxTokens", "0")]
)
def test_limit_that_is_none_is_said_and_nothing_runs(opened: Open, qtbot: QtBot, name: str, typed: str) -> None:
    dialog = opened(UNLIMITED)
    box(dialog, name).setText(typed)
    button, problem = dialog.findChild(QPushButton, "runEstimated"), dialog.findChild(QLabel, "estimateProblem")
    assert button is not None
    assert problem is not None
    with qtbot.assertNotEmitted(dialog.run_wanted):
        button.click()
    assert problem.text().startswith("A limit is a number")
    assert dialog.isVisible()


def test_nothing_runs_before_the_estimate_is_there(theme: object, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EstimateDialog(UNLIMITED, AWAY, parent)
    run = dialog.findChild(QPushButton, "runEstimated")
    assert run is not None
    assert not run.isEnabled()


def test_estimate_says_calls_tokens_cost_time_and_place() -> None:
    unknown = ModelFacts("openai/mine", is_local=False)
    assert estimate_lines(estimate(PRICED, unknown, stored=1), AWAY) == [
        "1 document, 12 parts; 1 answer is kept already.",
        (
            "openai/m: 40 calls, about 1,000,000 tokens read and 500,000 written; "
            "about 2.00 USD, at most 5.20 USD (price: a page (2026-01-02))."
        ),
        "openai/mine: 40 calls, about 1,000,000 tokens read and 500,000 written; its price is not known.",
        "Together: 80 calls; what they cost is not known.",
        "Time: about 32 seconds, from 8 s a call (assumed), 20 at once.",
        (
            "On this computer: 1 section of 1 document, 1 request, 0.1 KB.\n"
            "To https://api.openai.com: 1 section of 1 document, 1 request, 1.5 KB."
        ),
        "Asks before sending to api.openai.com. Nobody said yes yet.",
    ]

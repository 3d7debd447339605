import csv
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.assets import asset_text, label_titles
from reviewer.domain.anchor import TextSpan
from reviewer.domain.category import Category, Sign
from reviewer.domain.category_file import read_categories
from reviewer.domain.clause import Clause
from reviewer.domain.ids import SectionId
from reviewer.domain.playbook import text_pattern
from reviewer.domain.task import Task
from reviewer.domain.vote import of_label
from reviewer.handlers.builtin.label import LabelHandler

MakeTask = Callable[..., Task]
TABLE = asset_text("labels", "labels.toml")
ENTRIES = tomllib.loads(TABLE)["labels"]
CATEGORIES = read_categories(TABLE)
HANDLER = LabelHandler(TABLE)

# Words that a category is for, and words close to them that it is not for.
EXAMPLES = [
    ("Parties", 'This Agreement is between Acme, Inc. and Beta Ltd. (the "Buyer").', "Notices between the parties."),
    ("Agreement Date", "This Agreement is made as of March 1, 2024.", "Fees are due on the first day of each month."),
    ("Agreement Date", "entered into this 5th day of May, 2019", "The work is done on Monday."),
    ("Effective Date", "It shall become effective on the date of signature.", "It shall end on that date."),
    ("Expiration Date", "This Agreement shall remain in force until 31 May 2030.", "The force of the wind is high."),
    ("Renewal Term", "It shall automatically renew for one year.", "The Supplier renews its fleet."),
    ("Notice Period to Terminate Renewal", "It renews each year unless a party gives 60 days notice.", "It renews."),
    ("Governing Law", "This Agreement is governed by the laws of Ohio.", "The Supplier obeys all laws."),
    ("Most Favored Nation", "The price shall be no less favorable terms than any other customer.", "Good prices."),
    ("Non-Compete", "The Agent shall not compete with the Company.", "The Agent shall not leave early."),
    ("Exclusivity", "It grants an exclusive license for France.", "It grants a non-exclusive license for France."),
    ("No-Solicit of Customers", "It shall not solicit the customers of the other.", "It shall serve customers."),
    ("No-Solicit of Employees", "It shall not solicit any employee of the other.", "Each employee is insured."),
    ("Non-Disparagement", "Neither party shall disparage the other.", "Neither party shall appear in public."),
    ("Termination for Convenience", "A party may terminate this Agreement for convenience.", "It ends in May."),
    ("Rofr/Rofo/Rofn", "It has a right of first refusal.", "It has a right to refuse."),
    ("Change of Control", "A change of control allows termination.", "The control room is closed."),
    ("Anti-Assignment", "Neither party may assign this Agreement without consent.", "Tasks are given weekly."),
    ("Revenue/Profit Sharing", "It pays 5% of net sales.", "It pays 5% of the cost."),
    ("Price Restrictions", "The prices shall not increase before May.", "The prices are listed below."),
    ("Minimum Commitment", "The minimum purchase is set out below.", "The minimum age is eighteen."),
    ("Volume Restriction", "Use shall not exceed the number of users named.", "The users are named."),
    ("IP Ownership Assignment", "It hereby assigns all its right and title.", "All rights are reserved."),
    ("Joint IP Ownership", "The results are jointly owned.", "The results are owned by the Client."),
    ("License Grant", "Acme grants the Client a license.", "A driver's licence is needed."),
    ("Non-Transferable License", "a non-transferable right to use it", "a transferable share"),
    ("Affiliate License-Licensor", "Company and its affiliates hereby grant the license.", "Its affiliates pay."),
    ("Affiliate License-Licensee", "It grants to Client and its affiliates a license.", "Its affiliates pay."),
    ("Unlimited/All-You-Can-Eat-License", "It has an unlimited number of users.", "It has ten users."),
    ("Irrevocable or Perpetual License", "It has a perpetual, royalty-free license.", "It has a perpetual pulse."),
    ("Source Code Escrow", "The source code is put in escrow.", "The source code is in C."),
    ("Post-Termination Services", "Upon termination it shall return all copies.", "It shall send all copies."),
    ("Audit Rights", "It may audit the books of the Supplier.", "It may read the books it buys."),
    ("Uncapped Liability", "Nothing in this Agreement limits liability for fraud.", "Liability is limited."),
    ("Cap on Liability", "The total liability shall not exceed the fees.", "It is liable for its staff."),
    ("Liquidated Damages", "It owes liquidated damages of $100 a day.", "It pays for damage to the car."),
    ("Warranty Duration", "The warranty runs for a period of 12 months.", "It gives no warranty."),
    ("Insurance", "It shall maintain insurance.", "It shall maintain the machines."),
    ("Covenant Not to Sue", "It shall not contest the validity of the marks.", "It may use the marks."),
    ("Third Party Beneficiary", "The Bank is a third party beneficiary.", "There is no third party beneficiary."),
    ("Confidentiality", "It shall keep the data secret.", "It shall keep the data for ten years."),
    ("Indemnification", "It shall indemnify the Client.", "It shall inform the Client."),
    ("Data Protection", "It protects personal data.", "It protects the site."),
    ("Force Majeure", "Nobody is liable for acts of God.", "Nobody is liable for acts of others."),
    ("Payment", "The Client shall pay the fee.", "The Client shall use the site."),
    ("Dispute Resolution", "It is settled by arbitration.", "It is settled on the ground."),
    ("Warranties", "It represents and warrants that it may sign.", "It may sign."),
    ("Entire Agreement", "This is the entire agreement.", "This is the entire list."),
    ("Amendment", "No amendment is valid unless written.", "The soil is dry."),
    ("Survival", "Section 5 shall survive.", "Section 5 ends."),
    ("Notices", "Notices shall be in writing.", "It took notice of the list."),
    ("Order of Precedence", "In a conflict the Order shall prevail.", "There was no conflict."),
    ("Service Levels", "The service levels are in Annex B.", "The services are in Annex B."),
]


def labels(task: Task) -> set[str]:
    return {of_label(judgement.criterion)[0] for judgement in HANDLER.answer(task)}


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_category_has_signs_that_compile(category: Category) -> None:
    for expression in (*(each for _, each in category.expressions), *category.near):
        text_pattern(expression)
        assert "{" not in re.sub(r"\{\d+(?:,\d*)?\}", "", expression)
    assert category.headings or category.kinds or category.signs[Sign.SURE]
    assert all(heading == heading.lower().strip() for heading in category.headings)


def test_file_has_no_key_that_nobody_reads() -> None:
    known = {"name", "title", "kinds", "headings", "heading", "near", *Sign}
    assert all(entry.keys() <= known for entry in ENTRIES)
    names = [entry["name"] for entry in ENTRIES]
    assert len(names) == len(set(names)) == len(label_titles())


def test_examples_cover_most_categories() -> None:
    assert len({name for name, _, _ in EXAMPLES}) >= 45


@pytest.mark.parametrize(("name", "hit", "silence"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_category_is_found_where_it_is_and_not_where_it_is_not(
    make_task: MakeTask, name: str, hit: str, silence: str
) -> None:
    assert name in labels(make_task(hit))
    assert name not in labels(make_task(silence))


@pytest.mark.data
def test_all_categories_of_cuad_are_there(shared_data: Path) -> None:
    with (shared_data / "gold" / "cuad_category_descriptions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    published = {row[0].removeprefix("Category:").strip().casefold() for row in rows}
    assert len(published) == 41
    assert published <= {entry["name"].casefold() for entry in ENTRIES}


def test_label_says_how_it_knows(make_task: MakeTask) -> None:
    (judgement,) = HANDLER.answer(
        make_task("As the parties agreed before.", heading="Secrecy", path="9 Risk > Secrecy")
    )
    assert judgement.value == "yes"
    assert judgement.text == "because: heading “Secrecy”"


def test_label_says_which_words_it_rests_on(make_task: MakeTask) -> None:
    text = "5. Governing Law. This Agreement is governed by the laws of Ohio."
    (judgement,) = HANDLER.answer(make_task(text, heading="Governing Law"))
    assert judgement.text == "because: heading “Governing Law”; words “governed by the laws of”, “laws of”"
    assert judgement.criterion == "label:Governing Law@s1"
    assert judgement.evidence[0].quote == "governed by the laws of"
    assert judgement.confidence is not None
    assert judgement.confidence > 0.7


def test_each_clause_of_an_item_is_labelled_by_itself(make_task: MakeTask) -> None:
    text = "It shall maintain insurance. It is governed by the laws of Ohio."
    task = make_task(text)
    start = task.item.span.start
    first = Clause(text[:29], section=SectionId("a"), span=TextSpan(start, start + 29))
    second = Clause(text[29:], section=SectionId("b"), span=TextSpan(start + 29, task.item.span.end))
    found = HANDLER.answer(replace(task, item=replace(task.item, clauses=(first, second))))
    assert [each.criterion for each in found] == ["label:Insurance@a", "label:Governing Law@b"]
    for each in found:
        for evidence in each.evidence:
            assert evidence.start is not None
            assert text[evidence.start :].startswith(evidence.quote)


def test_label_evidence_is_whole_words_of_the_text(make_task: MakeTask) -> None:
    text = "They did not disparage and defame us; it is jointly owned; no amendments are effective unless signed."
    for judgement in HANDLER.answer(make_task(text)):
        for evidence in judgement.evidence:
            assert evidence.start is not None
            end = evidence.start + len(evidence.quote)
            assert text[evidence.start : end] == evidence.quote
            assert evidence.start == 0 or not text[evidence.start - 1].isalnum()
            assert end == len(text) or not text[end].isalnum()


def test_label_fingerprint_changes_with_the_table() -> None:
    assert LabelHandler(TABLE).fingerprint == HANDLER.fingerprint
    assert LabelHandler(TABLE + "\n").fingerprint != HANDLER.fingerprint

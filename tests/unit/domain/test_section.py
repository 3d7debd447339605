from reviewer.domain.section import SectionKind, SplitAs


def test_section_kinds_and_splits_are_spelled_as_in_workflow_files() -> None:
    assert SectionKind("clause") is SectionKind.CLAUSE
    assert f"{SplitAs.PAPER}" == "paper"
    assert all(kind.value == kind.name.lower() for kind in (*SectionKind, *SplitAs))

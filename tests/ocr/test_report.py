from ocrpipe.ocr import engine_report, instruction_sets
from ocrpipe.options import EngineName


def test_every_engine_is_reported_with_its_version() -> None:
    report = {state.name: state for state in engine_report()}
    assert set(report) == {name.value for name in EngineName}
    assert all(state.available and state.version[0].isdigit() for state in report.values())


def test_a_missing_package_has_a_remedy(monkeypatch) -> None:
    monkeypatch.setattr("ocrpipe.ocr.report.find_spec", lambda name: None)
    assert all(not state.available and "pip install" in state.remedy for state in engine_report())


def test_instruction_sets_are_named() -> None:
    assert instruction_sets()

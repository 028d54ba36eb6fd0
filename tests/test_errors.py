import pickle

from ocrpipe import errors


def test_an_error_is_one_line_with_file_page_and_remedy() -> None:
    error = errors.PageTooLargeError(
        "the page is 36000 points\nwide", source="a.pdf", page=3, remedy="Lower --dpi"
    )
    assert str(error) == "a.pdf, page 3: the page is 36000 points wide. Lower --dpi."


def test_an_error_ends_in_one_stop() -> None:
    for remedy in ("Lower --dpi", "Lower --dpi."):
        error = errors.PageTooLargeError("it is too large.", remedy=remedy)
        assert str(error) == "it is too large. Lower --dpi."


def test_an_error_survives_a_process_boundary() -> None:
    error = errors.EncryptedInputError("locked", source="a.pdf", remedy="Give --password")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is errors.EncryptedInputError
    assert str(again) == str(error)


def test_every_error_has_an_exit_code_of_its_own() -> None:
    kinds = errors.error_kinds()
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert len({kind.code for kind in kinds}) == len(kinds)
    outcomes = {0, errors.EXIT_STRICT, errors.EXIT_FAILED, errors.EXIT_INTERRUPTED}
    assert {kind.exit_code for kind in kinds} | outcomes == set(errors.exit_codes())

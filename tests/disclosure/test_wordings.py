"""The labels of the form, against the form that fixtures are typeset from."""

from ocrpipe.disclosure import WORDINGS
from scripts.typeset import forms


def test_the_note_and_the_labels_of_the_form_are_known() -> None:
    assert forms.BALANCE_NOTE in WORDINGS
    for label in ("申请人情况", "法人或其他组织", "第二十条第（八）项", "尚未审结", "（七）总计"):
        assert label in WORDINGS

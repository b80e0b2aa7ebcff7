"""What is committed fits every computer: no paths of one machine, no registry, nothing secret or heavy."""

from tests.contracts.sources import ROOT, committed, found

THIS = ("tests/contracts/test_committed_files.py",)
MAX_BYTES = 2_000_000


def test_no_file_names_a_path_of_one_machine():
    assert found(r"(?<![\w.])/(root|work|Users)/\w|(?<![\w.])/home/[a-z]", "*", besides=THIS) == []


def test_no_file_names_a_package_registry():
    registries = r"pypi\.org|pythonhosted|npmjs\.(org|com)|npmmirror|tuna\.tsinghua|mirrors\.\w+\.|deb\.debian\.org"
    assert found(registries, "*", besides=THIS) == []


def test_no_key_is_committed():
    assert found(r"-----BEGIN [A-Z ]*PRIVATE KEY-----", "*", besides=THIS) == []


def test_no_file_is_heavy():
    heavy = [f"{file.relative_to(ROOT)}: {size}" for file in committed() if (size := file.stat().st_size) > MAX_BYTES]
    assert heavy == []

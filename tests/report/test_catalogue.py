"""The report's wording and the code that says it."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest
import yaml

import tonghop.report
import tonghop.words

MESSAGES = Path(tonghop.words.__file__).parent / "messages"
CATALOGUE: dict[str, dict[str, str]] = {
    key: texts
    for name in ("nouns", "report")
    for key, texts in yaml.safe_load((MESSAGES / f"{name}.yaml").read_text(encoding="utf-8")).items()
}
FILES = [p for p in Path(tonghop.report.__file__).parent.rglob("*") if p.suffix in {".py", ".j2"}]
CODE = "".join(path.read_text(encoding="utf-8") for path in FILES)
MARKED = set("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
SAID = set(re.findall(r"""["']((?:report|sheet)\.[a-z_]+)["']""", CODE))


def test_every_sentence_the_report_says_is_in_the_catalogue_and_none_is_there_in_vain() -> None:
    kept = {key for key in CATALOGUE if key.startswith(("report.", "sheet."))}
    # These two are said by the name of a state.
    assert kept == SAID | {"report.missing", "report.held"}


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_both_languages_say_the_same_places_in_composed_letters(key: str) -> None:
    both = CATALOGUE[key]
    assert {"vi", "en"} <= set(both) <= {"vi", "en", "vi_one", "en_one"}
    assert set(re.findall(r"{(\w+)}", both["en"])) <= set(re.findall(r"{(\w+)}", both["vi"]))
    assert unicodedata.is_normalized("NFC", both["vi"])


def test_no_vietnamese_sentence_stands_in_the_code() -> None:
    spoken = [text for path in FILES if path.suffix == ".py" for text in texts_of(path)]
    spoken += [
        re.sub(r"{#.*?#}", "", p.read_text(encoding="utf-8"), flags=re.S) for p in FILES if p.suffix == ".j2"
    ]
    assert [text for text in spoken if set(text) & MARKED] == []


def texts_of(path: Path) -> list[str]:
    """Return the string constants of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in lone)
    return [node.value for node in constants if isinstance(node.value, str)]

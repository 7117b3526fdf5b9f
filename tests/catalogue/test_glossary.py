from pathlib import Path

import pytest

from enrich.briefs.romanize import hyphenate, romanize
from sosik.catalogue.readers.glossary import SHIPPED, read_glossary, read_words
from sosik.catalogue.term import Term
from sosik.model.errors import CatalogueMistake

TERMS = read_glossary()
GOOD = (SHIPPED / "siljeung.toml").read_text(encoding="utf-8")


def test_there_are_forty_at_least() -> None:
    assert len(TERMS) >= 40
    assert len({each.card.term for each in TERMS}) == len(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_letters_are_those_of_the_romanization(term: Term) -> None:
    card = term.card
    assert (card.romanized, card.hyphenated) == (romanize(card.term), hyphenate(card.term))
    for korean, latin, english in card.examples:
        assert latin == romanize(korean)
        assert any(each in korean for each in (card.term, *term.also)) or card.term == "개소"
        assert english.endswith(".")


@pytest.mark.parametrize(
    ("old", "new", "key", "fix"),
    [
        ('english = "', 'englsh = "', "englsh", "english"),
        ('term = "실증"', "", "term", "Add term"),
        ('id = "siljeung"', 'id = "other"', "id", "other.toml"),
        ("[[examples]]", "[[example]]", "example", "examples"),
        ('hyphenated = "sil-jeung"', "hyphenated = 3", "hyphenated", "text"),
        ("term = ", "term == ", "", "Mend"),
    ],
)
def test_mistakes_name_file_key_and_fix(tmp_path: Path, old: str, new: str, key: str, fix: str) -> None:
    assert old in GOOD
    (tmp_path / "siljeung.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueMistake) as caught:
        read_glossary([tmp_path])
    assert caught.value.file.name == "siljeung.toml"
    assert caught.value.key.startswith(key)
    assert fix in str(caught.value)


def test_a_folder_of_ones_own_adds_and_overrides(tmp_path: Path) -> None:
    (tmp_path / "siljeung.toml").write_text(GOOD.replace("proof in the field", "field trial"), encoding="utf-8")
    (tmp_path / "_words.toml").write_text('[things]\n"김치" = "kimchi"\n', encoding="utf-8")
    mine = {each.id: each for each in read_glossary([SHIPPED, tmp_path])}
    assert len(mine) == len(TERMS)
    assert "field trial" in mine["siljeung"].card.english
    assert read_words([SHIPPED, tmp_path]).things["김치"] == ("kimchi",)


def test_words_of_no_known_group(tmp_path: Path) -> None:
    (tmp_path / "_words.toml").write_text('[thing]\n"김치" = "kimchi"\n', encoding="utf-8")
    with pytest.raises(CatalogueMistake, match="things"):
        read_words([tmp_path])

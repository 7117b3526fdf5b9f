"""Words of the official rules (Revised Romanization, 2000) and of the news."""

import pytest

from enrich.briefs.romanize import hyphenate, romanize, romanize_name


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("실증", "siljeung"), ("여덟", "yeodeol"), ("묵호", "mukho"), ("집현전", "jiphyeonjeon"), ("백마", "baengma"),
        ("신문로", "sinmunno"), ("종로", "jongno"), ("왕십리", "wangsimni"), ("별내", "byeollae"), ("신라", "silla"),
        ("해돋이", "haedoji"), ("같이", "gachi"), ("좋고", "joko"), ("잡혀", "japyeo"), ("압구정", "apgujeong"),
        ("독립", "dongnip"), ("국회", "gukhoe"), ("입학", "iphak"), ("밝혔다", "balkyeotda"), ("시작하다", "sijakada"),
        ("업무협약", "eommuhyeobyak"),
        ("집적단지", "jipjeokdanji"), ("판로", "pallo"),
        ("AI 클라우드", "AI keullaudeu"),
    ],
)  # fmt: skip
def test_words(korean: str, latin: str) -> None:
    assert romanize(korean) == latin


@pytest.mark.parametrize(
    ("korean", "latin"),
    [("강기정", "Gang Gi-jeong"), ("한복남", "Han Bok-nam"), ("남궁슬", "Namgung Seul"), ("기여울", "Gi Yeo-ul")],
)
def test_people(korean: str, latin: str) -> None:
    assert romanize_name(korean) == latin


@pytest.mark.parametrize(
    ("korean", "latin"),
    [("실증", "sil-jeung"), ("인공지능", "in-gong-ji-neung"), ("업무협약", "eom-mu-hyeo-byak"), ("공공", "gong-gong")],
)
def test_syllables(korean: str, latin: str) -> None:
    assert hyphenate(korean) == latin

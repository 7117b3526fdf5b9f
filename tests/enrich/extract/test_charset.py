import codecs

import pytest

from enrich.extract.charset import declared_charset, decode
from enrich.extract.extractor import Extractor

KSX = "광주 인공지능 집적단지에 실증 장비가 들어선다"  # inside KS X 1001
BEYOND = "뷁스러운 펲시콜라와 똠방각하"  # syllables that CP949 has and EUC-KR has not


def page(words: str, declared: str | None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    paragraphs = "".join(
        f"<p>{words} {number}번째 문단이다. 시는 올해 안에 사업을 마친다고 밝혔다.</p>" for number in range(5)
    )
    return f"<html><head>{meta}<title>{words}</title></head><body><h1>{words}</h1><div>{paragraphs}</div></body></html>"


@pytest.mark.parametrize("header", [None, "utf-8", "euc-kr", "ms949", "no-such-charset"])
@pytest.mark.parametrize("declared", [None, "utf-8", "euc-kr", "ks_c_5601-1987", "iso-8859-1"])
@pytest.mark.parametrize(
    ("words", "actual", "named"),
    [(KSX, "utf-8", "utf-8"), (KSX, "euc-kr", "euc-kr"), (KSX, "cp949", "euc-kr"), (BEYOND, "cp949", "cp949")],
)
def test_bytes_decide_whatever_is_declared(
    words: str, actual: str, named: str, declared: str | None, header: str | None, extractor: Extractor
) -> None:
    headers = [("Content-Type", f"text/html; charset={header}")] if header else []
    body = page(words, declared).encode(actual)

    assert decode(body, headers).text == page(words, declared)
    found = extractor.extract(body, url="https://a.example/news/1", headers=headers)
    assert (found.title, found.charset) == (words, named)
    assert "사업을 마친다고 밝혔다" in found.text


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (codecs.BOM_UTF8 + KSX.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + KSX.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + KSX.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(body: bytes, charset: str) -> None:
    assert decode(body) == (KSX, charset)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_page_cut_inside_a_character_keeps_the_rest(encoding: str) -> None:
    decoded = decode((KSX * 20).encode(encoding)[:-1])
    assert decoded.charset == encoding
    assert decoded.text.startswith(KSX * 19)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_few_foreign_bytes_do_not_turn_the_page(encoding: str) -> None:
    decoded = decode((KSX * 40).encode(encoding) + b"\xff\xfe " + (KSX * 40).encode(encoding))
    assert decoded.charset == encoding
    assert decoded.text.count(KSX) >= 79


def test_another_encoding_is_believed_where_it_is_declared_and_fits() -> None:
    japanese = "<meta charset=shift_jis>光州の人工知能クラスターが始まる"
    assert decode(japanese.encode("shift_jis")) == (japanese, "shift_jis")


@pytest.mark.parametrize("declared", ["base64", "hex", "rot13", "undefined", "idna"])
def test_codecs_that_are_not_for_text_do_no_harm(declared: str) -> None:
    assert decode(f"<meta charset={declared}>".encode() + b"\xff\xff\x80\x80" * 50).text


def test_the_page_is_asked_before_the_header() -> None:
    assert declared_charset(b"<meta charset=euc-kr>", [("content-type", "text/html; charset=utf-8")]) == "euc_kr"
    assert declared_charset(b"<html>", [("CONTENT-TYPE", "text/html; charset=utf-8")]) == "utf-8"
    assert declared_charset(b"<html>") == ""

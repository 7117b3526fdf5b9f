"""Dates in Korean text, resolved against the day of publication.

    2025년 12월 11일, 2025.12.11., '25.12.11.     as written
    12월 2일, 12월, 11.21(금)                    the year nearest to publication
    11일, 지난 11일, 오는 13일                    the month nearest, the last one, the next one
    지난달 22일, 내달 25일, 이달 말, 지난해 8월       relative to the month or year of publication
    4~9일, 9~12월                               ranges, both ends inside; two dates in full, 9월21일~10월1일, are two
    내년 4월 25일부터 5월 24일                     the second in the year of the first, or the one after
    2024년 3월, 5월, 7월; 작년 3분기와 4분기          a row: the year named first is the year of all
    내년 상반기, 3분기                            ranges of months
    오늘, 어제, 내일, 다음 주 월요일, 오는 금요일         relative to the day, or to its week, which begins on Monday

What is counted rather than dated (3일간, 100일, 5개월) is not a date. Where the day of publication is not known, only
what names its own year is resolved; the rest is given with iso None and the reason. So are 사흘 뒤, counted from a day
that the text seldom names, and 2월 30일, which is no day.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sosik.model.analysis import DateMention

_APOSTROPHE = "['‘’`′]"
_WEEKDAY = r"\s?\([월화수목금토일](?:요일)?\)"
_TO = r"\s?[~∼～–—-]\s?"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
# 23년 without its apostrophe, where a month or part of a year follows.
_SHORT_YEAR = r"(?<!\d)(?:1[5-9]|[23]\d|40)"
_YEAR_WORD = r"지난해|작년|재작년|전년|올해|올|금년|내년|이듬해|내후년"
_MONTH_WORD = r"지난\s?달|전달(?=\s?\d)|이달|이번\s?달|다음\s?달|내달|새달"
_NEAR = r"지난|오는|다가오는|이번"
# What follows a number of days, months or weeks that counts and does not date.
_COUNTED = (
    r"(?!\s?(?:간(?!담|부|사|접|호)|동안|만에|만\s|째|차(?!례)|이내|이상|이하|여\s?(?:간|만|일)|연속|정도|짜리"
    r"|치\b|분\b|가량|전\b|뒤\b|후\b|내내|당|씩|소요|걸|에서\s\d+일로|로\s?(?:줄|짧|단축|늘)))"
)
# Not in the middle of another number, nor of a length of time.
_FRESH = r"(?<!\d)(?<!\d[.,/:\-])(?<!→)(?<!약\s)(?<!최대\s)(?<!최장\s)"

_FORMS = {
    # 2025년 12월 11일
    "ymd": rf"(?<!\d)(?P<y1>(?:19|20)\d\d)년\s?(?P<m1>{_MONTH})월\s?(?P<d1>{_DAY})(?:일?{_TO}(?P<d1b>{_DAY}))?일",
    # 2025.12.11., 2025-12-11, 2025/12/11, '25.12.11.
    "dot": (
        rf"(?:(?<![\d.])(?P<y2>(?:19|20)\d\d)|{_APOSTROPHE}\s?(?P<y2s>\d\d))\s?(?P<sep>[.\-/])\s?"
        rf"(?P<m2>{_MONTH})\s?(?P=sep)\s?(?P<d2>{_DAY})(?!\d)\.?"
    ),
    # 2024년 11월, 23년 6월, 지난해 8월, 내년 9~12월, 올해 1월 30일
    "ym": (
        rf"(?<!\d)(?:(?P<y3>(?:19|20)\d\d|{_SHORT_YEAR})년|(?P<w3>{_YEAR_WORD}))\s?(?P<m3>{_MONTH})(?:월?{_TO}(?P<m3b>{_MONTH}))?월"
        rf"(?!호)(?:\s?(?P<d3>{_DAY})(?:일?{_TO}(?P<d3b>{_DAY}))?일)?"
    ),
    # ‘20.5월, ’21.3
    "short": rf"{_APOSTROPHE}\s?(?P<y4>\d\d)\s?[.년]\s?(?P<m4>{_MONTH})(?![\d%]|\s?분기)(?:월|\.(?!\d))?",
    # 내년 상반기, 2026년 3분기, 24년 3/4분기, 오는 하반기, '26.上, ’26.1분기
    "half": (
        rf"(?:(?P<y5>(?:19|20)\d\d)년|{_APOSTROPHE}(?P<y5s>\d\d)[.년]|(?P<y5t>{_SHORT_YEAR})년|(?P<w5>{_YEAR_WORD})|(?P<n5>{_NEAR}))?\s?"
        r"(?:(?P<h5>[상하])반기|(?<=\d\d\.)(?P<h5s>[上下])|(?<!\d)(?P<q5>[1-4])(?:/4)?\s?분기)"
    ),
    # 지난달 22일, 내달 4~9일, 이달
    "month": rf"(?P<w6>{_MONTH_WORD})(?:\s?(?P<d6>{_DAY})(?:일?{_TO}(?P<d6b>{_DAY}))?일{_COUNTED})?",
    # 12월 2일, 오는 10월 18일, 12월 4~9일, 9.11일
    "md": (
        rf"(?:(?P<n7>{_NEAR})\s?)?{_FRESH}(?P<m7>{_MONTH})(?:월\s?|(?<!주\s\d)(?<!주\d)\.)(?P<d7>{_DAY})"
        rf"(?:일?{_TO}(?P<d7b>{_DAY})(?=일))?일(?!제(?!\d)|\s?근무제){_COUNTED}"
    ),
    # 9~12월, 지난 8월, 8월
    "m": (
        rf"(?:(?P<n8>{_NEAR})\s?)?{_FRESH}(?P<m8>{_MONTH})(?:월?{_TO}(?P<m8b>{_MONTH}))?월(?!호|\s?{_DAY}일|드컵|평균)"
    ),
    # the 27th of April as 확정·고시(4.27)
    "paren": rf"(?<=\()(?P<m11>{_MONTH})\.(?P<d11>{_DAY})\.?(?=\))",
    # the same with its day of the week: 4.27(화), 10.17.(금)
    "week": (
        rf"{_FRESH}(?P<m9>{_MONTH})\s?[./]\s?(?P<d9>{_DAY})\.?{_WEEKDAY}"
        rf"(?:{_TO}(?:(?P<m9b>{_MONTH})\s?[./]\s?)?(?P<d9b>{_DAY})\.?(?:{_WEEKDAY}))?"
    ),
    # 4~9일, 지난 11일, 11일
    "d": (
        rf"(?:(?P<n10>{_NEAR})\s?)?{_FRESH}(?<!월)(?<!월\s)(?P<d10>{_DAY})(?:일?{_TO}(?P<d10b>{_DAY})(?=일))?일"
        rf"(?!반|부터\s?\d+일간|주|보|상|자리|정|대|러|본|하|시|등|원|꾼|손|제){_COUNTED}"
    ),
    "word": r"(?<![가-힣])(?P<day_word>오늘|어제|내일|그제|모레)(?!날|의\s?(?:눈|운세|설교)|도\s|[가-힣]{3})",
    # 다음 주 월요일, 오는 금요일
    "weekday": (
        r"(?<![가-힣])(?:(?P<w12>지난|이번|다음)\s?주|(?P<n12>지난|오는|다가오는))\s?(?P<k12>[월화수목금토일])요일"
    ),
    # 3일 뒤, 사흘 뒤
    "after": (
        rf"{_FRESH}(?<!월)(?<!월\s)(?P<after_days>\d{{1,2}}일|(?<![가-힣])(?:하루|이틀|사흘|나흘|닷새|열흘))"
        r"\s?[뒤후](?=[\s,.인에의]|$)"
    ),
}
# What any form can begin with: most characters of a text are passed over without trying them all, six times faster.
_BEGINNING = r"(?=[\d'‘’`′상하上下지오다이전내새작재올금어그모사나닷열])"
_PATTERN = re.compile(_BEGINNING + "(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()) + ")")

# A date in figures that stands alone on its line, or after such a word, is the page's furniture: when it was
# registered, changed, photographed.
_FURNITURE_BEFORE = re.compile(r"(?:수정일|등록일|작성일|게시일|캡처|입력|등록)\s*:?\s*$|(?:^|\n)\s*$")
_FURNITURE_AFTER = re.compile(r"\s*(?:\||\n|$|\d{2}:?\d{2}:?\d{2})")

# What may stand between two days for the second to be in the first one's month: 15일·25일, 18일부터 28일.
_SAME_MONTH = re.compile(r"(?:[\s,·‧ㆍ와과및]|부터|에서)*")
# What joins the two ends of a range: the second is in the year of the first, or in the one after it.
_UNTIL = re.compile(rf"(?:{_WEEKDAY})?\s?(?:부터|{_TO})\s?")
# What joins the dates of a row: where the first names its year, the others are of that year.
_AND = re.compile(rf"(?:{_WEEKDAY})?\s?(?:부터|와|과|및|[,·‧ㆍ]|{_TO})\s?")
_WORD_DAYS = {"오늘": 0, "어제": -1, "내일": 1, "그제": -2, "모레": 2}
_YEAR_SHIFT = {"지난해": -1, "작년": -1, "전년": -1, "재작년": -2, "내년": 1, "이듬해": 1, "내후년": 2}
_FUTURE = re.compile(r"\s?(?:까지|에?\s?(?:열릴|개최할|열린다|개최된다|예정|열\s?예정))")


def _ending_in(final: str) -> str:
    """Return a class of the syllables with such a final consonant."""
    place = ord(unicodedata.normalize("NFD", final)[2])
    return "[" + "".join(chr(code) for code in range(ord("가") + place - 0x11A7, ord("힣") + 1, 28)) + "]"


# How the rest of a sentence tells what it dates; the first sign counts, and what is only reported (고 밝혔다) is none.
_SENTENCE_END = re.compile(r"[.!?][\s\"'”’]|\n")
_SENTENCE_REST = 120  # characters looked at
_TENSE = re.compile(
    r"(?P<report>고\s(?:밝혔|말했|전했|설명했|강조했|덧붙였|발표했|알렸))"
    rf"|(?P<future>예정|목표|전망|예상|앞두|위[해한]\s|기로\s|겠|{_ending_in('할')}\s?(?:계획|방침|것)|(?:계획|방침)이)"
    rf"|(?P<past>(?![있겠]){_ending_in('했')}(?:다|고|으며|으나|지만|는데|던))"
    rf"|(?P<present>{_ending_in('한')}다(?=[고며는]|[^가-힣]|$))"
    r"|(?P<being>있(?:다|으며))"
    r"|(?P<doubt>[한된린연진난친킨낸인]\s)"
)
_UP_TO = re.compile(r"(?:\s?(?:초|중순|말))?까지")
_RESULT = re.compile(r"\s?(?:매출|영업이익|영업손실|순이익|실적|수출)")


class _Impossible(ValueError):
    """The words make no date: 13월, 31일 in a month of thirty."""


class _Uncounted(Exception):
    """The words count from a day that is not known: 사흘 뒤."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What a date is resolved against: the day of publication and the date mentioned just before.

    `since` is that date where it begins a range that this one ends, or names the year of a row that this one is in.
    """

    published: date
    before: date | None
    future: bool
    since: date | None
    match: re.Match[str]

    @property
    def tense(self) -> int:
        """How the sentence tells what happens then: 1 as what is to come, -1 as past, 0 is not known."""
        return _tense(self.match.string, self.match.end())


@dataclass(frozen=True, slots=True)
class _Last:
    """The date read last: where it ends, its first day, and whether it or the row it is in names a year."""

    end: int
    day: date
    named: bool


def read_dates(text: str, published: date | None) -> Iterator[DateMention]:
    """Give the dates of a text in order, with offsets into it.

    `published` is the Korean day of publication, or None where it is not known.
    """
    last: _Last | None = None
    for match in _PATTERN.finditer(text):
        name = next(name for name in _RESOLVERS if match[name] is not None)
        if _is_furniture(text, match):
            continue
        surface, start, end = match[0].strip(), match.start(), match.end()
        start += len(match[0]) - len(match[0].lstrip())
        if published is None and not _names_its_year(match):
            yield DateMention(
                surface=surface, iso=None, start=start, end=end, why="the day of publication is not known"
            )
            continue
        before = last.day if last is not None and _SAME_MONTH.fullmatch(text, last.end, match.start()) else None
        in_row = last is not None and last.named and _AND.fullmatch(text, last.end, start) is not None
        since = last.day if last is not None and (in_row or _UNTIL.fullmatch(text, last.end, start)) else None
        future = _FUTURE.match(text, end) is not None
        context = _Context(published or date.min, before, future, since, match)
        try:
            iso = _RESOLVERS[name](match, context)
            last = _Last(end, _first_day(iso), _names_its_year(match) or _tells_its_year(match, in_row=in_row))
        except _Uncounted:
            yield DateMention(surface=surface, iso=None, start=start, end=end, why="it is not said from which day")
            continue
        except (ValueError, OverflowError):
            yield DateMention(surface=surface, iso=None, start=start, end=end, why="there is no such day")
            continue
        yield DateMention(surface=surface, iso=iso, start=start, end=end)


def _tense(text: str, end: int) -> int:
    stop = _SENTENCE_END.search(text, end, end + _SENTENCE_REST)
    doubtful = False
    for sign in _TENSE.finditer(text, end, stop.start() if stop else end + _SENTENCE_REST):
        match sign.lastgroup:
            case "future":
                return 1
            case "past":
                return -1
            case "doubt":
                doubtful = True
            case "present" if _UP_TO.match(text, end) or not doubtful:
                return 1
            case "being" if _UP_TO.match(text, end):
                return 1
            case _:
                return 0
    return 0


def _is_furniture(text: str, match: re.Match[str]) -> bool:
    return (
        match["dot"] is not None
        and match["sep"] == "-"
        and _FURNITURE_BEFORE.search(text, max(0, match.start() - 12), match.start()) is not None
        and _FURNITURE_AFTER.match(text, match.end()) is not None
    )


def _names_its_year(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("y1", "y2", "y2s", "y3", "y4", "y5", "y5s", "y5t"))


def _tells_its_year(match: re.Match[str], *, in_row: bool) -> bool:
    if match["w3"] or match["w5"]:
        return True
    return in_row and not any(match[name] for name in ("n5", "w6", "n7", "n8", "n10", "day_word", "k12"))


def _first_day(iso: str) -> date:
    parts = [int(part) for part in iso.split("/")[0].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _century(short: str) -> int:
    """'25 is 2025, '98 is 1998; a year in full is itself."""
    if len(short) > 2:
        return int(short)
    return 2000 + int(short) if int(short) < 70 else 1900 + int(short)


def _span(first: date, last: date) -> str:
    if last < first:
        raise _Impossible
    return f"{first.isoformat()}/{last.isoformat()}"


def _months(year: int, first: int, last: int) -> str:
    if last < first:
        raise _Impossible
    return f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"


def _year_of_word(word: str, context: _Context) -> int:
    return context.published.year + _YEAR_SHIFT.get(word, 0)


def _year_month_day(match: re.Match[str], _context: _Context) -> str:
    first = date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    return first.isoformat() if match["d1b"] is None else _span(first, first.replace(day=int(match["d1b"])))


def _dotted(match: re.Match[str], _context: _Context) -> str:
    year = int(match["y2"]) if match["y2"] else _century(match["y2s"])
    return date(year, int(match["m2"]), int(match["d2"])).isoformat()


def _year_month(match: re.Match[str], context: _Context) -> str:
    year = _century(match["y3"]) if match["y3"] else _year_of_word(match["w3"], context)
    month = int(match["m3"])
    if match["d3"] is None:
        return _months(year, month, int(match["m3b"])) if match["m3b"] else f"{year:04d}-{month:02d}"
    first = date(year, month, int(match["d3"]))
    if match["d3b"] is None:
        return first.isoformat()
    return _span(first, first.replace(day=int(match["d3b"])))


def _short_year_month(match: re.Match[str], _context: _Context) -> str:
    return f"{_century(match['y4']):04d}-{int(match['m4']):02d}"


def _half_or_quarter(match: re.Match[str], context: _Context) -> str:
    half = match["h5"] or match["h5s"]
    if half:
        first, last = (1, 6) if half in "상上" else (7, 12)
    else:
        first = int(match["q5"]) * 3 - 2
        last = first + 2
    named = match["y5"] or match["y5s"] or match["y5t"]
    if named:
        year = _century(named)
    elif match["w5"]:
        year = _year_of_word(match["w5"], context)
    elif match["n5"] is None and context.since is not None:
        year = context.since.year + (last < context.since.month)
    else:
        year = _year_of_part(first, last, match, context)
    return _months(year, first, last)


def _year_of_part(first: int, last: int, match: re.Match[str], context: _Context) -> int:
    """Return the year of a quarter or half that names none; 4분기 매출은 402억원이었다 of February is last year's."""
    year, month, near = context.published.year, context.published.month, match["n5"]
    if near == "지난":
        return year - (first >= month)
    if near in ("오는", "다가오는"):
        return year + (last < month)
    if near is not None or first <= month:
        return year
    tense = context.tense
    return year - (tense < 0 or (tense == 0 and _RESULT.match(match.string, match.end()) is not None))


def _month_word(match: re.Match[str], context: _Context) -> str:
    word = re.sub(r"\s", "", match["w6"])
    shift = -1 if word in ("지난달", "전달") else 0 if word in ("이달", "이번달") else 1
    year, month = _shifted(context.published, shift)
    if match["d6"] is None:
        return f"{year:04d}-{month:02d}"
    first = date(year, month, int(match["d6"]))
    return _span(first, date(year, month, int(match["d6b"]))) if match["d6b"] else first.isoformat()


def _shifted(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _year_for(month: int, near: str | None, context: _Context, day: int | None = None) -> int:
    """Return the year of a month that names none: the last, the next, or the nearest."""
    published = context.published
    if near is None and context.since is not None:
        return context.since.year + (month < context.since.month)
    if near == "지난":
        over = month < published.month or (month == published.month and (day is None or day <= published.day))
        return published.year if over else published.year - 1
    if near in ("오는", "다가오는"):
        ahead = month > published.month or (month == published.month and (day is None or day >= published.day))
        return published.year if ahead else published.year + 1
    distance = month - published.month
    if distance >= 9 and context.tense <= 0:
        return published.year - 1
    return published.year + 1 if distance <= -9 and context.tense >= 0 else published.year


def _month_day(match: re.Match[str], context: _Context) -> str:
    month, day = int(match["m7"]), int(match["d7"])
    year = _year_for(month, match["n7"], context, day)
    return _day_or_span(date(year, month, day), None, match["d7b"])


def _with_weekday(match: re.Match[str], context: _Context) -> str:
    month, day = int(match["m9"]), int(match["d9"])
    return _day_or_span(date(_year_for(month, None, context, day), month, day), match["m9b"], match["d9b"])


def _in_parentheses(match: re.Match[str], context: _Context) -> str:
    month, day = int(match["m11"]), int(match["d11"])
    return date(_year_for(month, None, context, day), month, day).isoformat()


def _day_or_span(first: date, month: str | None, day: str | None) -> str:
    if day is None:
        return first.isoformat()
    last_month = int(month or first.month)
    return _span(first, date(first.year + (last_month < first.month), last_month, int(day)))


def _month_only(match: re.Match[str], context: _Context) -> str:
    month = int(match["m8"])
    year = _year_for(month, match["n8"], context)
    return _months(year, month, int(match["m8b"])) if match["m8b"] else f"{year:04d}-{month:02d}"


def _day_only(match: re.Match[str], context: _Context) -> str:
    day = int(match["d10"])
    first = _day_near(day, match["n10"], context)
    if match["d10b"] is None:
        return first.isoformat()
    last = int(match["d10b"])
    if last < day:  # 30~2일 runs into the next month
        year, month = _shifted(first, 1)
        return _span(first, date(year, month, last))
    return _span(first, first.replace(day=last))


def _day_near(day: int, near: str | None, context: _Context) -> date:
    published = context.published
    if near == "지난":
        return _in_month(published, 0 if day <= published.day else -1, day)
    if near in ("오는", "다가오는"):
        return _in_month(published, 0 if day >= published.day else 1, day)
    if context.before is not None:
        return context.before.replace(day=day)
    length = monthrange(published.year, published.month)[1]
    if day > length or (day - published.day >= 24 and not context.future):
        return _in_month(published, -1, day)
    if published.day - day >= 24:
        return _in_month(published, 1, day)
    return published.replace(day=day)


def _in_month(published: date, shift: int, day: int) -> date:
    year, month = _shifted(published, shift)
    return date(year, month, day)


def _word(match: re.Match[str], context: _Context) -> str:
    return (context.published + timedelta(days=_WORD_DAYS[match["day_word"]])).isoformat()


def _weekday(match: re.Match[str], context: _Context) -> str:
    published, day = context.published, "월화수목금토일".index(match["k12"])
    ahead = day - published.weekday()
    if match["w12"]:
        ahead += {"지난": -7, "이번": 0, "다음": 7}[match["w12"]]
    elif match["n12"] == "지난":
        ahead = ahead % 7 - 7
    else:
        ahead %= 7
    return (published + timedelta(days=ahead)).isoformat()


def _after(_match: re.Match[str], _context: _Context) -> str:
    raise _Uncounted


_RESOLVERS: dict[str, Callable[[re.Match[str], _Context], str]] = {
    "ymd": _year_month_day,
    "dot": _dotted,
    "ym": _year_month,
    "short": _short_year_month,
    "half": _half_or_quarter,
    "month": _month_word,
    "md": _month_day,
    "m": _month_only,
    "paren": _in_parentheses,
    "week": _with_weekday,
    "d": _day_only,
    "word": _word,
    "weekday": _weekday,
    "after": _after,
}

"""Every name in the English is the English or romanized form of a name in the cited Korean."""

import re
from collections.abc import Iterator, Sequence

from enrich.briefs.checks.finding import Finding, block, warn
from enrich.briefs.english.dates import MONTHS, WEEKDAYS
from enrich.briefs.names import NameBook
from enrich.briefs.source import Evidence
from enrich.briefs.spelling import is_surname
from sosik.model.analysis import MentionKind

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ][\w&'’.\-]*[\w]|[A-Za-z]|\d[\w,.\-]*|[^\w\s]")
_NAME_LIKE = re.compile(r"[A-ZÀ-Þ]")
_PERSONAL = re.compile(r"^[A-Z][a-z]+(?:-[A-Za-z]?[a-z]+)?$")
_WITH_HANGUL = re.compile(r"[\w.&-]*[가-힣][\w.&-]*")
_COUNTING = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+", re.IGNORECASE)
_MADE = re.compile(r"-(?:based|led|made|backed|style|born|run|owned|funded|wide|area|affiliated|type|related)$")
_JOINING = frozenset({"of", "for", "the", "&"})
# Words that begin with a capital in every text.
_ALWAYS = frozenset(
    {each.lower() for each in (*MONTHS, *WEEKDAYS)}
    | {each[:3].lower() for each in MONTHS}
    | {"korea", "korean", "koreans", "south", "republic", "hangul", "english", "i", "q1", "q2", "q3", "q4", "krw"}
    | {"mw", "gw", "kw", "gwh", "mwh", "kwh", "twh", "gb", "tb", "pb", "gpu", "gpus", "gbps", "usd", "us"}
    | {"c"}
    | {"mr", "ms", "mrs", "dr", "prof", "sept", "won", "asia", "asian"}
)
# Words that begin sentences and name nobody.
_OPENING_WORDS = """
    a about according accordingly across additional admission after afternoon again all along alongside also
    although amid among an and annual another any apart applicants applications around artificial as at attackers
    attendance authorities automatic autonomous average avian batteries because before being besides between beyond
    bird both building buses businesses but by casualties central children chips cities citizens city classes
    clients combined commercial commercialisation commercialization companies computing concern concerns
    consequently construction consumers costs courses criticism critics customers daily damage data dates decline
    decreases deliveries delivery demand despite digital doctors domestic drones due during each earlier education
    eight elderly electricity eleven eligibility employees entrepreneurs entry evaluation every exhibitions
    expenditure experts exports extra factories farmers farms fees few figure figures finally firefighters firms
    first five flames following for foreign four free from full funding funds further gains general given government
    graduates grants growth hackers half hardware heavy hence hospitals how however hydrogen idle if imports in
    including increases indeed industrial initially injuries instead international interviews investment investors
    it its just large last later lawmakers lectures less lessons loans local long losses manufacturers many mass
    meanwhile medical members men metropolitan money monthly more moreover most municipal named national nearly
    nevertheless new next nine no nonetheless not now nurses of officials older on once one only operating operation
    operations operators opponents orders organisations organizations other others our output over parents part
    participants participating participation patients people per place places plans police politicians power
    preference prices prior priority private profits programmes programs prosecutors provincial public quoted
    rainfall recently recruitment regarding regional registration reporters research researchers residents results
    revenue robots sales savings schools scientists second selected selection semiconductors separately seven
    several severe shares shipments shops shuttles since six small small-scale smart smoke so software solar some
    source sources special specific spending staff starting startups still strong students subsidies such suppliers
    supply support supporters teachers technical temperatures ten tests than that the their then there thereby
    therefore these they third this those three through thus to together topic topics total training trial trials
    tuition twelve twenty two under universities until up upon use users using vehicles victims visitors volume
    volunteers vouchers we weekdays weekends weekly what when where whether which while who winds with within
    without women work workers would year yearly yet young younger
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
_WORDY = re.compile(
    r"(?:ing|ed|ly|tion|tions|ment|ments|ness|ies|ers|ors|ists|ives|able|ance|ence|ity|ship|ages|ures|als)$"
)
_PEOPLE_ARE = 2


class NameCheck:
    """Looks at the capitalised names of a statement."""

    def __init__(self, book: NameBook) -> None:
        self._book = book

    def __call__(self, evidence: Evidence) -> Iterator[Finding]:
        """Give what is wrong with the names of a statement."""
        if not evidence.cited.sentences:
            return
        for name, opens in _names(_WITH_HANGUL.sub(" ", evidence.without_granted)):
            yield from self._check(name, opens, evidence)

    def _check(self, name: Sequence[str], opens: bool, evidence: Evidence) -> Iterator[Finding]:
        said = " ".join(name)
        strange = [each for each in name if not self._book.stands_in(each, evidence.cited, evidence.article)]
        if not strange:
            return
        if self._book.known_elsewhere(said, evidence.article):
            yield block(f"“{said}” is named nowhere in the source")
            return
        elsewhere = [each for each in strange if not self._book.stands_in(each, evidence.article, evidence.article)]
        if not elsewhere:
            if not self._is_region(said):
                yield warn(f"“{said}” is named in the article, not in the cited sentences")
            return
        if opens and len(name) == 1 and not self._book.named(said) and not is_surname(said):
            if _WORDY.search(said.lower()) is None:
                yield warn(f"“{said}”: if it is a name, the source does not have it")
            return
        yield self._verdict(name, elsewhere)

    def _is_region(self, said: str) -> bool:
        return any(each.kind is MentionKind.REGION for each in self._book.named(said))

    def _verdict(self, name: Sequence[str], strange: Sequence[str]) -> Finding:
        said = " ".join(name)
        reason = f"“{said}” is named nowhere in the source"
        if self._book.named(said) or name[0] in strange or _is_person(name):
            return block(reason)
        return warn(f"“{said}”: the source has nothing for {', '.join(strange)}")


def _is_person(name: Sequence[str]) -> bool:
    """Does it look like a Korean's name: two or three words, one of them a surname or with a hyphen?"""
    if len(name) < _PEOPLE_ARE or len(name) > _PEOPLE_ARE + 1 or not all(map(_PERSONAL.match, name)):
        return False
    return any("-" in each for each in name) or is_surname(name[0])


def _names(statement: str) -> Iterator[tuple[list[str], bool]]:
    """Give the names of a statement, word by word, and whether one opens a sentence."""
    name: list[str] = []
    opens = at_start = True
    name_opens = False
    for match in _TOKEN.finditer(statement):
        token = _MADE.sub("", re.sub(r"['’]s?$", "", match[0]).strip("."))
        if _NAME_LIKE.match(token):
            if _skipped(token, at_start):
                if name and not at_start:
                    yield name, name_opens
                    name = []
            else:
                if not name:
                    name_opens = at_start
                name.append(token)
        elif not (name and token in _JOINING):
            if name:
                yield name, name_opens
            name = []
        opens = match[0] in '.!?:;“"(‘' or (match[0].endswith(".") and len(match[0]) > 2)
        at_start = opens or (at_start and not token.isalnum())
    if name:
        yield name, name_opens


def _skipped(token: str, at_start: bool) -> bool:
    plain = token.lower()
    return plain in _ALWAYS or (at_start and (plain in _OPENERS or _COUNTING.fullmatch(plain) is not None))

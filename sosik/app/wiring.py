"""The one file that names concrete classes: who implements which seam, as settings say.

A `Wiring` is small and picklable; it is handed to child processes, which make their own archive, ledger and so on.
Heavy rooms are imported where they are first needed, so that `sosik --help` need not wait for them.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app import demonstration
from sosik.app.catalogue import Catalogue
from sosik.app.clock import SystemClock
from sosik.app.settings import SECRETS, Settings, read_settings
from sosik.demo.clock import DemoClock
from sosik.model.errors import SettingsMistake
from sosik.model.ports.archive import Archive
from sosik.model.ports.channel import Channel
from sosik.model.ports.clock import Clock
from sosik.model.ports.generations import Generations
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger
from sosik.model.ports.tokenizer import Tokenizer

if TYPE_CHECKING:
    from enrich.briefs.checker import Checker
    from enrich.briefs.names import NameBook
    from enrich.extract.extractor import Extractor
    from enrich.pipeline import Pipeline
    from enrich.tokenizers.terms import MorphemeTermCutter
    from sosik.alerts.digests import DigestComposer
    from sosik.alerts.stop import StopLinks
    from sosik.app.flows.briefs import Drafters
    from sosik.app.flows.documents import DocumentMaker
    from sosik.app.flows.notices import Noticer
    from sosik.app.flows.pages import Reader
    from sosik.app.importers.items import Outlets


@dataclass(frozen=True, slots=True)
class Wiring:
    """Makes everything that a flow or a command needs, from settings and a clock."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @property
    def catalogue(self) -> Catalogue:
        """What editors keep."""
        return Catalogue(self.settings.catalogue)

    # Where things are kept

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """Open the archive of the data folder."""
        archive = self.open_archive()
        try:
            yield archive
        finally:
            archive.close()

    @contextmanager
    def ledger(self, *, migrate: bool = True, roomy: bool = False) -> Iterator[Ledger]:
        """Open the ledger, its tables made or brought up to date: that takes the lock of writers, if for a moment.

        `roomy` has it hold more of the tables in memory.
        """
        ledger = self.open_ledger(migrate=migrate, roomy=roomy)
        try:
            yield ledger
        finally:
            ledger.close()

    def open_ledger(self, *, migrate: bool = True, roomy: bool = False) -> Ledger:
        """Open the ledger; whoever asks closes it."""
        from sosik.storage.ledger.sql import SqlLedger

        self.settings.data.mkdir(parents=True, exist_ok=True)
        ledger = SqlLedger(self.settings.ledger_address, clock=self.clock, roomy=roomy)
        if migrate:
            ledger.migrate()
        return ledger

    def open_archive(self) -> Archive:
        """Open the archive; whoever asks closes it."""
        from sosik.storage.archive.warc import WarcArchive

        return WarcArchive(self.settings.data / "archive", clock=self.clock)

    def get_clock(self) -> Clock:
        """Return the clock: a factory for those who ask for one."""
        return self.clock

    @contextmanager
    def generations(self) -> Iterator[Generations]:
        """Open the generations of the chosen index; raises SettingsMistake or Away where its server is not there."""
        opened = self.open_generations()
        try:
            yield opened
        finally:
            opened.close()

    def open_generations(self) -> Generations:
        """Open the generations of the chosen index; whoever asks closes them."""
        return self._folders() if self.settings.index == "tantivy" else self._cluster()

    @contextmanager
    def index(self, generation: str) -> Iterator[Index]:
        """Open one generation of the index; raises NotFound where there is none of that name."""
        with self.generations() as generations, closing(generations.open(generation)) as index:
            yield index

    @property
    def index_place(self) -> str:
        """Where the index is, for people."""
        return (
            str(self.settings.data / "index") if self.settings.index == "tantivy" else self.settings.elasticsearch_url
        )

    @property
    def _snapshots(self) -> str:
        return self.settings.index_snapshots or str((self.settings.data / "snapshots").absolute())

    def _folders(self) -> Generations:
        from sosik.storage.index.tantivy_generations import TantivyGenerations

        if "://" in self._snapshots:
            raise SettingsMistake(
                f"SOSIK_INDEX_SNAPSHOTS is {self._snapshots!r}; the tantivy index is kept in a folder"
            )
        folder = self.settings.data / "index"
        return TantivyGenerations(folder, cutter=self.cutter(), snapshots=Path(self._snapshots))

    def _cluster(self) -> Generations:
        from sosik.storage.index.elastic_connection import Address, addresses, connect
        from sosik.storage.index.elastic_generations import ElasticGenerations
        from sosik.storage.index.elastic_snapshots import Repository

        chosen = self.settings
        address = Address(
            urls=addresses(chosen.elasticsearch_url),
            authority=chosen.elasticsearch_ca,
            user=chosen.elasticsearch_user,
            password=chosen.elasticsearch_password.get_secret_value(),
            api_key=chosen.elasticsearch_api_key.get_secret_value(),
            timeout=chosen.elasticsearch_timeout,
        )
        client, name = connect(address), chosen.elasticsearch_name
        return ElasticGenerations(
            client,
            cutter=self.cutter(),
            place=address.place,
            name=name,
            shards=chosen.elasticsearch_shards,
            replicas=chosen.elasticsearch_replicas,
            repository=Repository(client, name=name, location=self._snapshots, place=address.place),
        )

    # Who is told

    def channel(self, name: str = "email") -> Channel:
        """Return how alerts leave; raises NotFound, and SettingsMistake where the channel wants a setting."""
        from sosik.alerts.channels import open_channel

        chosen = {each: getattr(self.settings, each) for each in type(self.settings).model_fields}
        clear = {each: value.get_secret_value() if each in SECRETS else value for each, value in chosen.items()}
        return open_channel(name, clear, self.clock)

    def stop_links(self) -> "StopLinks":
        """Return what makes and checks the links that stop alerts; raises SettingsMistake without a secret."""
        from sosik.alerts.stop import StopLinks

        return StopLinks(
            public_url=self.settings.linked_url,
            secret=self.settings.secret.get_secret_value(),
            operator=self.settings.mail_from,
        )

    def digest_composer(self) -> "DigestComposer":
        """Return what makes messages of digests."""
        from sosik.alerts.digests import DigestComposer

        return DigestComposer(domain=self._mail_domain)

    @property
    def _mail_domain(self) -> str:
        return self.settings.mail_from.rpartition("@")[2] or "localhost"

    def noticer(self) -> "Noticer":
        """Return what gathers from the ledger all that a message says, and has it composed."""
        from sosik.alerts.compose import Composer
        from sosik.app.flows.notices import Noticer

        return Noticer(
            composer=Composer(domain=self._mail_domain),
            stop_links=self.stop_links(),
            sources={each.id: each for each in self.catalogue.sources()},
            documents=self.document_maker(),
            page=self.settings.linked_url and f"{self.settings.linked_url.rstrip('/')}/articles/",
            cutter=self.cutter(),
            values=self.catalogue.field_values(),
        )

    # What pages say

    def tokenizer(self) -> Tokenizer:
        """Return the chosen tokenizer; raises SettingsMistake where it is unknown or not installed."""
        chosen, _, tagger = self.settings.tokenizer.partition(".")
        if chosen == "konlpy":
            from enrich.tokenizers.konlpy.tokenizer import KonlpyTokenizer

            return KonlpyTokenizer(tagger)
        if self.settings.tokenizer != "mecab":
            raise SettingsMistake(f"SOSIK_TOKENIZER is {chosen!r}; known: mecab, konlpy.okt and its like")
        from enrich.tokenizers.mecab import MecabTokenizer

        return MecabTokenizer()

    def cutter(self) -> "MorphemeTermCutter":
        """Return who cuts texts and queries into terms."""
        from enrich.tokenizers.terms import MorphemeTermCutter

        return MorphemeTermCutter(self.tokenizer())

    def extractor(self) -> "Extractor":
        """Return who reads pages."""
        from enrich.extract.extractor import Extractor

        return Extractor()

    def pipeline(self) -> "Pipeline":
        """Return the steps that analyse articles, in order."""
        from enrich.pipeline import Pipeline
        from enrich.steps.dates import DateStep
        from enrich.steps.entities import EntityStep
        from enrich.steps.figures import FigureStep
        from enrich.steps.fingerprint import FingerprintStep
        from enrich.steps.headline import HeadlineStep
        from enrich.steps.morphemes import MorphemeStep
        from enrich.steps.regions import RegionStep
        from enrich.steps.topics import TopicStep

        entries = self.catalogue.gazetteer()
        outlets = {each.id: each.region for each in self.catalogue.sources()}
        return Pipeline(
            [
                MorphemeStep(self.tokenizer(), self.cutter()),
                TopicStep(
                    self.catalogue.topics(),
                    None if self.settings.tokenizer == "mecab" else self.tokenizer_of_topics(),
                    self.catalogue.learned(),
                ),
                EntityStep(entries, outlets),
                RegionStep(entries, outlets),
                FigureStep(),
                DateStep(),
                HeadlineStep(),
                FingerprintStep(),
            ]
        )

    def tokenizer_of_topics(self) -> Tokenizer:
        """Return the default tokenizer, whichever is chosen: the words of topics are written for its cuts."""
        from enrich.tokenizers.mecab import MecabTokenizer

        return MecabTokenizer()

    def reader(self) -> "Reader":
        """Return what turns captures into articles and analyses."""
        from sosik.app.flows.pages import Reader

        return Reader(self.extractor(), self.pipeline(), {each.id: each for each in self.catalogue.sources()})

    # What is said in English

    def brief_checker(self) -> "Checker":
        """Return what checks English statements against Korean sentences."""
        from enrich.briefs.checker import Checker, usual_checks

        return Checker(usual_checks(self.name_book()))

    def name_book(self) -> "NameBook":
        """Return what knows names in both languages."""
        from enrich.briefs.names import NameBook

        return NameBook(self.catalogue.gazetteer(), self.catalogue.words(), self.catalogue.glossary())

    def drafters(self) -> "Drafters":
        """Return who drafts briefs: the language model if one is set, and the rules."""
        from enrich.briefs.checker import Checker, usual_checks
        from enrich.briefs.facts import FactsDrafter
        from enrich.briefs.language_model import LanguageModelDrafter, ModelServer
        from sosik.app.flows.briefs import Drafters

        book = self.name_book()
        sources = {each.id: each for each in self.catalogue.sources()}
        topics = {each.id: each.english for each in self.catalogue.topics()}
        terms, checker = self.catalogue.glossary(), Checker(usual_checks(book))
        facts = FactsDrafter(book, terms=terms, sources=sources, topics=topics, checker=checker)
        missing = self.settings.missing_for_model
        if missing is None:
            return Drafters(wanted=facts, facts=facts)
        if missing:
            return Drafters(wanted=facts, facts=facts, note=f"briefs by rules: {missing}")
        server = ModelServer(
            base_url=self.settings.llm_base_url,
            model=self.settings.llm_model,
            api_key=self.settings.llm_api_key.get_secret_value(),
            timeout=self.settings.llm_timeout,
        )
        model = LanguageModelDrafter(server, book, terms=terms, sources=sources, topics=topics, checker=checker)
        return Drafters(wanted=model, facts=facts)

    def outlets(self) -> "Outlets":
        """Return what finds the source of an imported row or page."""
        from sosik.app.importers.items import Outlets

        return Outlets(self.catalogue.sources())

    def document_maker(self) -> "DocumentMaker":
        """Return what makes an index document of an article."""
        from sosik.app.flows.documents import DocumentMaker
        from sosik.catalogue.entry import names_in_english

        return DocumentMaker(
            sources={each.id: each for each in self.catalogue.sources()},
            topics_in_english={each.id: each.english for each in self.catalogue.topics()},
            names_in_english=names_in_english(self.catalogue.gazetteer()),
        )


def wire(*, collecting: bool = False) -> Wiring:
    """Return the wiring that the environment and `sosik.toml` ask for; raises SettingsMistake.

    A data folder that the demonstration alone has filled is read on its clock; who is `collecting` has the time of day.
    """
    settings = read_settings()
    if settings.catalogue is not None and not settings.catalogue.is_dir():
        raise SettingsMistake(f"SOSIK_CATALOGUE is {str(settings.catalogue)!r}, which is no folder")
    at = None if collecting else demonstration.moment(settings)
    return Wiring(settings) if at is None else Wiring(settings, DemoClock(at))

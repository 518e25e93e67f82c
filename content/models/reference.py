from django.db import models

from content.core.vocabulary import Certainty, Verification
from content.models.fields import RuledCharField
from content.models.row import NamedRow


class Reference(NamedRow):
    """A source, with what was seen of it before it was cited."""

    AUTHORED = (
        "authors",
        "year",
        "title",
        "journal",
        "doi",
        "pmid",
        "pmcid",
        "isbn",
        "url",
        "verification",
        "finding",
        "certainty",
        "note",
        "position",
    )

    authors = models.CharField(max_length=400, blank=True)
    year = models.PositiveSmallIntegerField(default=0, help_text="0 when it is not known.")
    title = models.CharField(max_length=400)
    journal = models.CharField("journal or publisher", max_length=200, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True, help_text="Starts with 10. and has no address in front.")
    pmid = models.CharField("PMID", max_length=20, blank=True)
    pmcid = models.CharField("PMCID", max_length=20, blank=True)
    isbn = models.CharField("ISBN", max_length=40, blank=True)
    url = models.URLField(max_length=300, blank=True, help_text="An official address, only where there is no DOI.")
    verification = RuledCharField(max_length=10, choices=Verification.choices)
    finding = models.TextField(blank=True, help_text="One or two plain sentences, with the figures.")
    certainty = RuledCharField(max_length=12, choices=Certainty.choices, default=Certainty.NOT_RATED.value)
    note = models.TextField(blank=True, help_text="What of this has not been checked.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return f"{self.slug}: {self.citation}"

    @property
    def citation(self) -> str:
        parts = [self.byline, self.title if self.authors else "", self.journal]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    @property
    def byline(self) -> str:
        return " ".join(part for part in (self.authors or self.title, f"({self.year})" if self.year else "") if part)

    @property
    def link(self) -> str:
        """Where a reader can open the source; empty when no identifier is known."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url

    @property
    def is_likely(self) -> bool:
        return self.verification == Verification.MEMORY.value

    @property
    def trust(self) -> str:
        return Verification(self.verification).label

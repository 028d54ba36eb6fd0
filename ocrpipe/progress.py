"""How a conversion tells how far it is; the command line shows it, a library may ignore it."""

from typing import Protocol


class Progress(Protocol):
    """Told of each document and page. Every call comes from the thread that converts."""

    def document_started(self, name: str, page_count: int) -> None:
        """A document was opened and `page_count` of its pages will be converted."""

    def page_done(self, number: int) -> None:
        """Page `number` is finished, with or without a result."""

    def document_done(self) -> None:
        """The document is finished, with or without a result."""


class NoProgress:
    """Shows nothing."""

    def document_started(self, name: str, page_count: int) -> None:
        pass

    def page_done(self, number: int) -> None:
        pass

    def document_done(self) -> None:
        pass

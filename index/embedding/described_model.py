"""What every embedder says of its model."""

from __future__ import annotations


class DescribedModel:
    """Key, dimension and window of a model, as `Embedder` has them."""

    def __init__(self, key: str, dimension: int, window: int) -> None:
        self._key = key
        self._dimension = dimension
        self._window = window

    @property
    def key(self) -> str:
        """Name, revision and arithmetic."""
        return self._key

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def window(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""
        return self._window

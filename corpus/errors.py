"""The one tree of exceptions of OnRecord.

Every message is one line that tells the user what to do.

    OnRecordError
    ├── SettingsError        a setting is unknown, malformed or contradicts another
    ├── CorpusError          an article could not be let in
    │   ├── UnreadableFile       the file is binary, encrypted, torn, empty or too large
    │   ├── NoArticleText        the file was read but holds no article
    │   └── ImportRefused        a link or archive was refused for safety
    ├── ModelError           a model is missing, damaged or does not fit
    ├── StoreError           the store
    │   ├── IndexMissing         nothing has been indexed yet
    │   ├── IndexDamaged         the store fails its own checks
    │   ├── IndexMismatch        made by another model or another version
    │   ├── StoreBusy            another process is writing
    │   └── StoreUnavailable     the disk or the server does not answer
    ├── QuestionError        the question cannot be taken as it is
    ├── Overloaded           more is asked at once than can be answered
    └── TelegramRefused      Telegram does not accept the token or the webhook
"""


class OnRecordError(Exception):
    """Root of every error that OnRecord raises on purpose."""


class SettingsError(OnRecordError):
    """A setting is unknown, malformed or contradicts another."""


class CorpusError(OnRecordError):
    """An article could not be let in."""


class UnreadableFile(CorpusError):
    """The file is binary, encrypted, torn, empty or too large."""


class NoArticleText(CorpusError):
    """The file was read, but it holds no article."""


class ImportRefused(CorpusError):
    """A link or an archive was refused for safety."""


class ModelError(OnRecordError):
    """A model is missing, damaged or does not fit."""


class StoreError(OnRecordError):
    """Something is wrong with the store."""


class IndexMissing(StoreError):
    """Nothing has been indexed yet."""


class IndexDamaged(StoreError):
    """The store fails its own checks."""


class IndexMismatch(StoreError):
    """The index was made by another model or another version."""


class StoreBusy(StoreError):
    """Another process is writing."""


class StoreUnavailable(StoreError):
    """The disk or the server does not answer."""


class QuestionError(OnRecordError):
    """The question cannot be taken as it is."""


class Overloaded(OnRecordError):
    """More is asked at once than can be answered."""


class TelegramRefused(OnRecordError):
    """Telegram does not accept the token or the webhook."""

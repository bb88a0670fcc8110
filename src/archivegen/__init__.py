"""archivegen: raw news articles in; a permanent, browsable, checkable chronology out."""

__version__ = "0.1.0"

"""Places where submissions arrive: shared folders and mailboxes. Start at ``open_source``."""

from tonghop.sources.look import Batch, Source, SourceLimits
from tonghop.sources.opening import open_source
from tonghop.sources.urls import expand

__all__ = ["Batch", "Source", "SourceLimits", "expand", "open_source"]

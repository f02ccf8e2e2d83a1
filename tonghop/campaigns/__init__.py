"""Campaigns: one reporting duty each, typed and frozen, read from the folder that an operator edits."""

from tonghop.campaigns.load import campaign_names, load_campaign
from tonghop.campaigns.model import Campaign, FolderSource, MailboxSource, Target

__all__ = ["Campaign", "FolderSource", "MailboxSource", "Target", "campaign_names", "load_campaign"]

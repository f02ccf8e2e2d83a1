"""The data officers' web page: what came, what is wrong and why, decided once. No Prefect, no Great Expectations."""

from tonghop.desk.app import create_app
from tonghop.desk.parts import Campaigns, DeskLimits, DeskParts, Rule

__all__ = ["Campaigns", "DeskLimits", "DeskParts", "Rule", "create_app"]

"""Prefect on one machine: its environment, server, worker and deployments, as child processes.

Nothing here imports Prefect: it is spoken to over HTTP and started as ``python -m prefect``, so that a command
that only asks whether it is there pays nothing for it.
"""

from tonghop.orchestrator.api import reachable
from tonghop.orchestrator.deployments import WORK_POOL, deploy
from tonghop.orchestrator.environment import api_url, environment
from tonghop.orchestrator.machine import up
from tonghop.orchestrator.server import Server
from tonghop.orchestrator.worker import Worker

__all__ = ["WORK_POOL", "Server", "Worker", "api_url", "deploy", "environment", "reachable", "up"]

"""Tell an alarm to a web address beside the mail: mail itself may be what fails."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from tonghop.errors import ConfigurationError, TonghopError
from tonghop.mail.replies import one_line

_WHERE = "TONGHOP_ALARM_WEBHOOK"
_SECONDS = 10.0
_TRIES = 2


class WebhookFailed(TonghopError):
    """The web address did not take the alarm."""


def check_webhook(url: str) -> str:
    """Return the host of the web address. Raises ``ConfigurationError``, never showing the URL: it is a secret."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigurationError(
            f"{_WHERE}: this is no web address; alarms go out by mail only; write https://host/path"
        )
    return host


def post_alarm(url: str, told: Mapping[str, object]) -> str:
    """Return the answer's status after the alarm was posted as one JSON object.

    Raises ``WebhookFailed`` where nobody took it (two tries, 10 seconds each; a redirection is not followed)
    and ``ConfigurationError`` for an address that is none.
    """
    host = check_webhook(url)
    failed = ""
    for _ in range(_TRIES):
        try:
            answer = httpx.post(url, json=dict(told), timeout=_SECONDS, follow_redirects=False)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failed = type(error).__name__  # its words may quote the address
            continue
        if answer.is_success:
            return str(answer.status_code)
        failed = f"{answer.status_code} {one_line(answer.reason_phrase)}"
    raise WebhookFailed(
        f"{_WHERE} at {host}: {failed}; the alarm was not taken there, the mail is independent of it; "
        "mend the address or the service behind it"
    )

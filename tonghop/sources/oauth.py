"""An access token for a mailbox whose server takes no password (Google, Microsoft 365): OAuth 2, RFC 6749."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request

from tonghop.errors import ConfigurationError
from tonghop.sources.look import SourceLimits
from tonghop.sources.trouble import unreachable
from tonghop.sources.urls import Place

OAUTH_OPTIONS = frozenset({"auth", "token_url", "client_id", "client_secret", "scope"})
_ANSWER = 65536


def check_oauth(place: Place) -> None:
    """Raise ``ConfigurationError`` for options that do not make a token."""
    if place.option("auth") not in ("", "password", "xoauth2"):
        raise ConfigurationError(
            f"source {place.name}: auth is {place.option('auth')!r}; allowed: password, xoauth2"
        )
    given = {name for name in ("token_url", "client_id", "client_secret", "scope") if place.option(name)}
    if given and not (place.option("auth") == "xoauth2" and {"token_url", "client_id"} <= given):
        raise ConfigurationError(
            f"source {place.name}: token_url and client_id go together with auth=xoauth2"
        )
    url = urllib.parse.urlsplit(place.option("token_url"))
    if (
        given
        and url.scheme != "https"
        and not (url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost"))
    ):
        raise ConfigurationError(f"source {place.name}: token_url must begin with https://")


def access_token(place: Place, limits: SourceLimits) -> str:
    """Return a token for XOAUTH2.

    Without ``token_url`` the URL's password is the token itself. With it, the password is a refresh token
    (RFC 6749 section 6); without a password the client asks in its own name (section 4.4), as Microsoft
    365 wants it of services. Raises ``SourceUnreachable`` where the authority refuses or does not answer.
    """
    if not place.option("token_url"):
        return place.password
    host = urllib.parse.urlsplit(place.option("token_url")).hostname or ""
    try:
        answer = _ask(place, limits)
        token = answer.get("access_token")
    except urllib.error.HTTPError as error:
        detail = _refusal(error.read(_ANSWER)) or f"HTTP {error.code}"
        raise unreachable(place.name, "source-token-refused", host=host, detail=detail) from None
    except (OSError, ValueError, AttributeError) as error:
        cause = getattr(error, "reason", error)
        key = "source-not-trusted" if isinstance(cause, ssl.SSLCertVerificationError) else "source-no-answer"
        raise unreachable(place.name, key, host=host, detail=str(cause) or type(cause).__name__) from error
    if not isinstance(token, str) or not token:
        raise unreachable(place.name, "source-token-refused", host=host, detail="access_token")
    return token


def _ask(place: Place, limits: SourceLimits) -> dict[str, object]:
    form = {
        name: place.option(name) for name in ("client_id", "client_secret", "scope") if place.option(name)
    }
    if place.password:
        form |= {"grant_type": "refresh_token", "refresh_token": place.password}
    else:
        form |= {"grant_type": "client_credentials"}
    request = urllib.request.Request(  # noqa: S310 - check_oauth lets https through, and http on loopback only
        place.option("token_url"),
        data=urllib.parse.urlencode(form).encode(),
        headers={"Accept": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=limits.connect) as answer:  # noqa: S310 - as above
        content: dict[str, object] = json.loads(answer.read(_ANSWER))
    return content


def _refusal(body: bytes) -> str:
    """Return the authority's word for its refusal: RFC 6749 section 5.2 has it in ``error``."""
    try:
        return str(json.loads(body)["error"])
    except (ValueError, LookupError, TypeError):
        return ""

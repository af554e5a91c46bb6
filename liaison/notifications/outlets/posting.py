"""One POST to a host the operator named: resolved once, connected to that address, never redirected (V-12)."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import current_app
from requests.adapters import HTTPAdapter

from liaison.notifications.outlets import Refused, Unreachable

PUBLIC = frozenset({"qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"})
SECONDS = (5, 10)  # to connect, to answer
MOST = 64 * 1024  # bytes of an answer that are read


def post_json(url: str, body: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Post a JSON text and return the JSON object of the answer, {} when it is none.

    Raises Refused for a host that is not on the list, a status other than 2xx or a redirect; Unreachable when
    nobody answers in time.
    """
    scheme, host, address = checked(url)
    with requests.Session() as session:
        session.trust_env = False  # no proxy and no password of the surroundings
        session.mount(f"{scheme}://", _Pinned(host, address))
        sent = {"Content-Type": "application/json; charset=utf-8", "Host": urlsplit(url).netloc, **headers}
        try:
            answer = session.post(url, body.encode(), headers=sent, timeout=SECONDS, allow_redirects=False, stream=True)
            said = answer.raw.read(MOST, decode_content=True)
        except (requests.RequestException, OSError) as wrong:
            raise Unreachable(type(wrong).__name__) from wrong  # its words would hold the address with its key
    if not 200 <= answer.status_code < 300:
        raise Refused(f"status {answer.status_code}")
    return _object(said)


def checked(url: str) -> tuple[str, str, str]:
    """Scheme, host and address to connect to. Refused for whatever the operator did not name."""
    own = {host.strip().lower() for host in str(current_app.config["HOOK_HOSTS"]).split(",") if host.strip()}
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise Refused("not an address", is_final=True) from wrong
    schemes = {"https", "http"} if host in own else {"https"} if host in PUBLIC else set()
    if parts.scheme not in schemes or parts.username is not None or parts.password is not None:
        raise Refused("host is not on the list (LIAISON_HOOK_HOSTS)", is_final=True)
    return parts.scheme, host, _resolved(host, port or (443 if parts.scheme == "https" else 80), host in own)


def _resolved(host: str, port: int, is_own: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as wrong:
        raise Unreachable("name not found") from wrong
    address = str(found[0][4][0])
    if not _may_connect(ip_address(address), is_own):
        raise Refused("address is inside the house")
    return address


def _may_connect(address: IPv4Address | IPv6Address, is_own: bool) -> bool:
    """A host the operator named may stand on the campus; the public ones stand outside, whatever a name server says."""
    inner = getattr(address, "ipv4_mapped", None) or address
    if inner.is_link_local or inner.is_multicast or inner.is_unspecified:
        return False
    return is_own or bool(inner.is_global)


class _Pinned(HTTPAdapter):
    """Connects to the checked address; the certificate is still asked for the host's name."""

    def __init__(self, host: str, address: str) -> None:
        self._host, self._address = host, address
        super().__init__(max_retries=0)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        where, how = super().build_connection_pool_key_attributes(request, verify, cert)
        where["host"] = self._address
        if where["scheme"] == "https":
            how |= {"server_hostname": self._host, "assert_hostname": self._host}
        return where, how


def _object(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

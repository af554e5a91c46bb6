"""The signed hook and the robots of 企业微信, 钉钉 and 飞书: one POST each, to a host of the settings only.

The forms of the three robots follow their public descriptions; the services themselves are not reachable from a
test. Signing is ours: Apprise encodes 钉钉's signature twice (stack.md §0, trap 9).
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from flask import current_app
from standardwebhooks import Webhook

from liaison.core.clock import now
from liaison.notifications.outlets import Refused
from liaison.notifications.outlets.posting import post_json
from liaison.notifications.words import Outlet


def post(outlet: Outlet, message: Any) -> None:
    """Hand a message over. Raises Unreachable or Refused."""
    url, body, headers = _FORMS[outlet](message)
    reply = post_json(url, json.dumps(body, ensure_ascii=False), headers)
    code = reply.get("errcode", reply.get("code", 0))  # the robots answer 200 whatever happened
    if outlet is not Outlet.WEBHOOK and code != 0:
        raise Refused(f"code {code}")


Form = tuple[str, Mapping[str, Any], Mapping[str, str]]


def _webhook(message: Any) -> Form:
    """Signed as published at standardwebhooks.com; `webhook-id` is the same at every try."""
    body = {**message.data, "subject": message.subject, "text": message.text}
    at = now().astimezone(UTC)
    signed = Webhook(_setting("WEBHOOK_SECRET")).sign(message.key, at, json.dumps(body, ensure_ascii=False))
    stamp = str(int(at.timestamp()))
    headers = {"webhook-id": message.key, "webhook-timestamp": stamp, "webhook-signature": signed}
    return _setting("WEBHOOK_URL"), body, headers


def _wecom(message: Any) -> Form:
    return _setting("WECOM_URL"), {"msgtype": "text", "text": {"content": _words(message)}}, {}


def _dingtalk(message: Any) -> Form:
    url, secret = _setting("DINGTALK_URL"), _setting("DINGTALK_SECRET")
    if secret:
        stamp = str(int(now().timestamp() * 1000))
        given = {"timestamp": stamp, "sign": _sign(secret.encode(), f"{stamp}\n{secret}".encode())}
        url = f"{url}{'&' if '?' in url else '?'}{urlencode(given)}"
    return url, {"msgtype": "text", "text": {"content": _words(message)}}, {}


def _feishu(message: Any) -> Form:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": _words(message)}}
    if secret := _setting("FEISHU_SECRET"):
        stamp = str(int(now().timestamp()))
        body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}".encode(), b"")}
    return _setting("FEISHU_URL"), body, {}


_FORMS = {
    Outlet.WEBHOOK: _webhook,
    Outlet.WECOM: _wecom,
    Outlet.DINGTALK: _dingtalk,
    Outlet.FEISHU: _feishu,
}


def _words(message: Any) -> str:
    return f"{message.subject}\n{message.text}"


def _sign(key: bytes, words: bytes) -> str:
    return base64.b64encode(hmac.digest(key, words, "sha256")).decode()


def _setting(name: str) -> str:
    return str(current_app.config[name])

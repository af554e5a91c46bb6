"""What a browser calls itself, in words its owner recognises: 手机 · 微信."""

from __future__ import annotations

from flask_babel import gettext as _

SYSTEMS = ("Android", "iPhone", "iPad", "HarmonyOS", "Windows", "Macintosh", "Linux")
BROWSERS = {"MicroMessenger": "微信", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


def words(user_agent: str) -> str:
    """System and browser; «another device» when neither is known."""
    system = next((name for name in SYSTEMS if name in user_agent), "")
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    return " · ".join(filter(None, (system, browser))) or _("其他设备")

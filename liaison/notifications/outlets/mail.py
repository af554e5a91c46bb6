"""E-mail by the standard library: plain text, one recipient, a Message-ID that is the same at every try."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from flask import current_app

from liaison.core.clock import local, now
from liaison.notifications.outlets import Refused, Unreachable

SECONDS = 15
PORTS = {"tls": 465, "starttls": 587, "none": 25}


def send(message: Any) -> None:
    """Hand one message to the mail server of the settings. Raises Unreachable or Refused."""
    try:
        with _server() as server:
            server.send_message(_letter(message))
    except smtplib.SMTPRecipientsRefused as wrong:
        code = min(code for code, _words in wrong.recipients.values())
        raise Refused(f"recipient refused: {code}", is_final=code >= 500) from wrong
    except smtplib.SMTPServerDisconnected as gone:
        raise Unreachable(str(gone)) from gone
    except smtplib.SMTPResponseException as wrong:
        raise Refused(f"mail server: {wrong.smtp_code}") from wrong
    except (OSError, smtplib.SMTPException) as wrong:
        raise Unreachable(str(wrong)) from wrong


def _letter(message: Any) -> EmailMessage:
    sender = str(current_app.config["MAIL_FROM"])
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, message.to, message.subject
    letter["Date"] = format_datetime(local(now()))
    letter["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2].strip('> ') or 'liaison'}>"
    letter["Auto-Submitted"] = "auto-generated"  # no out-of-office answers
    if message.is_urgent:
        letter["X-Priority"] = "1"
    letter.set_content(message.text)
    return letter


def _server() -> smtplib.SMTP:
    settings = current_app.config
    host, _colon, port = str(settings["MAIL_SERVER"]).partition(":")
    security = settings["MAIL_SECURITY"] if settings["MAIL_SECURITY"] in PORTS else "starttls"
    where, trusted = (host, int(port or PORTS[security])), ssl.create_default_context()
    if security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(*where, timeout=SECONDS)
    try:
        if security == "starttls":
            server.starttls(context=trusted)
        if settings["MAIL_USER"]:
            server.login(settings["MAIL_USER"], settings["MAIL_PASSWORD"])
    except BaseException:
        server.close()
        raise
    return server

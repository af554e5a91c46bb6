"""Every setting: name, default, meaning. Read from the environment once, at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liaison.slips.sealing import new_key


@dataclass(frozen=True)
class Setting:
    name: str
    default: Any
    meaning: str


SETTINGS = [
    Setting("DATABASE_URL", "", "数据库地址；空 = instance/liaison.db(SQLite)。PostgreSQL 写 postgresql+psycopg://…"),
    Setting("SECRET_KEY", "", "签名与查询码的密钥；空 = 首次启动时生成并存入 instance/secret-key"),
    Setting(
        "SLIP_KEY",
        "",
        "联系方式的加密密钥，逗号分隔，在用的写在最前；空 = 不留联系方式。用 `flask slips-key` 生成，"
        "换密钥后运行 `flask slips-rotate`；演示库自己生成，存入 instance/slip-key",
    ),
    Setting("HTTPS", False, "经 HTTPS 提供服务:Cookie 加 Secure 与 __Host- 前缀，发 HSTS"),
    Setting("PROXIES", 0, "前面有几层反向代理（取真实来源地址）;0 = 不信任任何转发头"),
    Setting("HOSTS", "", "允许的主机名，逗号分隔；空 = 不限"),
    Setting("PROFILE", "asvs", "口令与会话规则:asvs(不强制组合与轮换)或 dengbao(等保：组合、90 天、闲置 15 分钟)"),
    Setting(
        "SECOND_FACTOR",
        "",
        "两步验证:offered(本人可以开启)或 required(党政办公室和各类管理员必须开启);"
        "空 = asvs 用 offered,dengbao 用 required",
    ),
    Setting("SCHOOL", "示例大学", "学校名称，显示在页头与打印件上"),
    Setting("LANGUAGE", "zh", "默认界面语言:zh 或 en"),
    Setting("DEMO", False, "演示库：登录页可见演示说明。正式库不可为真"),
    Setting(
        "EMERGENCY_PHONES",
        "",
        "紧急求助页上的本校电话，写作“名称=号码”，分号隔开：“心理咨询中心=8765-4321；保卫处值班=8765-1110”；"
        "120、110、119 总在页上。设置页上登记过的优先",
    ),
    Setting("THREADS", 8, "服务线程数"),
    Setting("SCHEDULER", True, "`python app.py` 每分钟自己做到点的事；写 no 则由 cron 或 systemd 运行 `flask tick`"),
    Setting("ADDRESS", "", "本系统的网址（如 https://…），写进邮件和群消息的链接；空 = 不带链接"),
    Setting("MAIL_SERVER", "", "发信服务器，主机或主机:端口；空 = 不发邮件"),
    Setting("MAIL_SECURITY", "starttls", "发信的加密:starttls、tls 或 none(只限本机和校内网）"),
    Setting("MAIL_FROM", "", "发信地址，如 连心 <liaison@…>"),
    Setting("MAIL_USER", "", "发信服务器的账号；空 = 不登录"),
    Setting("MAIL_PASSWORD", "", "发信服务器的口令"),
    Setting("WEBHOOK_URL", "", "通用签名推送(Standard Webhooks)的地址，每人一条；空 = 不推送"),
    Setting("WEBHOOK_SECRET", "", "通用推送的签名密钥(whsec_…)"),
    Setting("WECOM_URL", "", "企业微信群机器人的地址；空 = 不用"),
    Setting("DINGTALK_URL", "", "钉钉群机器人的地址；空 = 不用"),
    Setting("DINGTALK_SECRET", "", "钉钉群机器人的加签密钥(SEC…)"),
    Setting("FEISHU_URL", "", "飞书群机器人的地址；空 = 不用"),
    Setting("FEISHU_SECRET", "", "飞书群机器人的签名密钥"),
    Setting("HOOK_HOSTS", "", "除三家公网机器人外，还允许推送到的主机名，逗号分隔；校内主机要写在这里"),
]


def load(instance: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The configuration of one application: defaults, then LIAISON_* variables, then overrides."""
    settings = {setting.name: _read(setting) for setting in SETTINGS}
    settings.update({k: v for k, v in (overrides or {}).items() if k in settings})
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or _kept(instance / "secret-key", _new_secret)
    if settings["DEMO"]:
        settings["SLIP_KEY"] = settings["SLIP_KEY"] or _kept(instance / "slip-key", new_key)
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{instance / 'liaison.db'}"
    return {**_flask(settings), **settings, **(overrides or {})}


def _read(setting: Setting) -> Any:
    raw = os.environ.get(f"LIAISON_{setting.name}")
    if raw is None:
        return setting.default
    if isinstance(setting.default, bool):
        return raw.lower() in {"1", "true", "yes"}
    return type(setting.default)(raw)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """A secret of this installation: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _flask(settings: Mapping[str, Any]) -> dict[str, Any]:
    prefix = "__Host-" if settings["HTTPS"] else ""
    hosts = [host.strip() for host in settings["HOSTS"].split(",") if host.strip()]
    return {
        "SQLALCHEMY_DATABASE_URI": settings["DATABASE_URL"],
        "SESSION_COOKIE_NAME": f"{prefix}form",  # carries the form token only; who one is lives in a table (R21)
        "SESSION_COOKIE_SECURE": settings["HTTPS"],
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SIGN_IN_COOKIE": f"{prefix}sign-in",
        "WTF_CSRF_SSL_STRICT": False,  # a code page sends no Referer; token and __Host- cookie stand without it
        "WTF_CSRF_TIME_LIMIT": None,  # an hour of typing in a dormitory must not lose its text (R22)
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 400,
        "TRUSTED_HOSTS": hosts or None,
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "TRANSLATIONS": Path(__file__).parent / "translations",
        "MIGRATIONS": Path(__file__).parent.parent / "migrations",
        "TEMPLATES_AUTO_RELOAD": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }

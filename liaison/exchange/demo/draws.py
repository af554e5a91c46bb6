"""抽查 in the demo: the lots of each month, its list, and somebody who looks at the files that were shut meanwhile."""

from __future__ import annotations

from liaison.core import clock
from liaison.exchange.demo.company import Company
from liaison.tickets.actions import checks, sampling
from liaison.tickets.models import Ticket
from liaison.tickets.models.draws import Draw
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.queries import draws
from workflows.ticket_words import CheckResult, Confidentiality


def month(company: Company) -> None:
    """The seed of this month, the same in every demo; on its first night the list of the one before."""
    this = clock.today().replace(day=1)
    sampling.open_month(this, sampling.hash_of(f"demo {this}")[:16])
    for draw in draws.unfrozen(this):
        sampling.freeze(draw)
        _look(draw, company)
    for ticket in draws.to_send():
        sampling.send(ticket)


def _look(draw: Draw, company: Company) -> None:
    """Two clerks share what was drawn and is shut: each looks at what the other dispatched."""
    logins = {key: login for login, key in company.people.items()}
    for ticket in draws.shut_and_drawn(draw.id):
        is_normal = ticket.confidentiality is Confidentiality.NORMAL
        _check(
            ticket, company, company.other_clerk(logins.get(ticket.dispatched_by_id, "")) if is_normal else "officer"
        )


def _check(ticket: Ticket, company: Company, by: str) -> None:
    note = "到现场看过，和答复一致。"
    actor = company.actor(by)
    checks.check(ticket, CheckResult.TRUE, CheckKind.SITE, actor=actor, version=None, note=note)

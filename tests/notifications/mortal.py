"""`python -m tests.notifications.mortal SETTINGS SECONDS`: ticks in a process of its own at every line it reads.

Prints the number of that process, then how it ended. SECONDS puts its clock forward. One run is made before the
first one is born: with everything loaded and every statement compiled, twenty of them cost little.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

from liaison import create_app, tick
from liaison.core import clock
from liaison.core.db import db

BUSY = 75  # another one held the lease


def live(app, ahead):
    with clock.at(lambda: datetime.now(UTC) + ahead), app.app_context():
        done = tick.run()
    return BUSY if not done else int(any(one.failure for one in done))


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main():
    app, ahead = create_app(json.loads(sys.argv[1])), timedelta(seconds=float(sys.argv[2]))
    live(app, ahead)
    with app.app_context():
        db.engine.dispose()  # no connection is shared with a child
    say("ready")
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(live(app, ahead))
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


main()

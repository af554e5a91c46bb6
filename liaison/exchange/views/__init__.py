"""Which address shows which page: voices and rosters, looked through first, then confirmed."""

from liaison.exchange.views import rosters as rosters
from liaison.exchange.views import voices as voices
from liaison.exchange.views.pages import blueprint as blueprint

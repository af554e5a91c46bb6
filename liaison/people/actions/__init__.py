"""What can be done about people, units and sessions. One file per noun; views and commands commit."""

from liaison.people.actions.accounts import activate as activate
from liaison.people.actions.accounts import change_password as change_password
from liaison.people.actions.accounts import create_person as create_person
from liaison.people.actions.accounts import deactivate as deactivate
from liaison.people.actions.accounts import first_administrator as first_administrator
from liaison.people.actions.accounts import reset_password as reset_password
from liaison.people.actions.accounts import set_email as set_email
from liaison.people.actions.accounts import set_language as set_language
from liaison.people.actions.accounts import set_type_size as set_type_size
from liaison.people.actions.delegations import delegate as delegate
from liaison.people.actions.delegations import end_delegation as end_delegation
from liaison.people.actions.posts import add_post as add_post
from liaison.people.actions.posts import end_post as end_post
from liaison.people.actions.roles import end_role as end_role
from liaison.people.actions.roles import grant_role as grant_role
from liaison.people.actions.sessions import begin_session as begin_session
from liaison.people.actions.sessions import confirm_password as confirm_password
from liaison.people.actions.sessions import end_all_sessions as end_all_sessions
from liaison.people.actions.sessions import end_session as end_session
from liaison.people.actions.sessions import end_sessions_of as end_sessions_of
from liaison.people.actions.sessions import keep_hash_current as keep_hash_current
from liaison.people.actions.sessions import sweep as sweep
from liaison.people.actions.units import change_unit as change_unit
from liaison.people.actions.units import close_unit as close_unit
from liaison.people.actions.units import open_unit as open_unit

"""反馈: the student's side – a code opens a page that says where the matter stands and what was answered.

No sign-in, no session, no table of its own: what a holder does are moves of the ticket's process.
Telling, rating and reopening are recorded here by POST only; looking ahead of a link records nothing.
"""

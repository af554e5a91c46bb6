"""联系记录: one dated occasion of meeting students – where, when, which kinds, by whom. Never about a person.

Stands above tickets, because calls go the way the process goes: whoever comes back from a dormitory
files one form, the contact and the problems heard; `actions.filing` raises the voices.
"""

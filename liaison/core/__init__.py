"""What every capability stands on: database, clock, forms, paging, errors, security, formats.

Knows no word of the domain. Imports nothing of ours but itself.
"""

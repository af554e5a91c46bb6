"""进出: the doors in and out – voices from a table, the demo university, a whole road walked for proof.

Nobody imports it; it may use everything below.
"""

"""联系制度: the rule sets a university follows, what they ask of whom, and how far each person has come.

Rules are data in versions; progress is computed, never edited. Nothing here is about a student.
"""

"""设置: the numbers, switches and texts that the university itself decides (domain.md §9).

One table says what there is (`table`); versions are only added, never changed; each process keeps what is in
force (`in_force`). The settings of feedback need a second key: the director proposes, the auditor approves.
"""

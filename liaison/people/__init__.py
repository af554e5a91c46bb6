"""人员与单位: staff, units, posts, roles, delegation, links, sign-in.

Staff only: there is no table of students and no column about one (rulings §8).
Who may do what is not decided here but in `liaison/access.py`.
"""

"""示例大学: a wholly fictional university that the program itself lives through, so that every page has something
to show.

`content` reads the texts, `building` sets up units and people, `living` lets two terms pass: every contact, voice
and move is made by the actions of the product, by the proper people, at the hour it could have been. The same seed
on the same day tells the same story.
"""

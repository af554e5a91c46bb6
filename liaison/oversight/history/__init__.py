"""历史: a file with one deed per line, done again by the public actions under a simulated clock (docs/history.md).

So anyone can check the figures against a history of his own. `house` has the people · `deeds` what they do ·
`playing` reads the lines.
"""

"""名册: what the university keeps of itself comes in as tables, and goes out as the same tables (imports.md).

reading → planning → writing, and back by undoing. What a sheet holds: sheets; what its rows ask for: wishes.
"""

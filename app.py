"""The door: creates the application, nothing else. `flask run` and `python app.py` find it here."""

import gc

gc.disable()  # nothing that is loaded now is ever thrown away: looking for it is a tenth of the start

from liaison import create_app  # noqa: E402 – after the line above

app = create_app()
gc.freeze()  # nor is it looked through again with every hundredth request
gc.enable()

if __name__ == "__main__":
    from liaison.commands import serve

    serve(app)

"""The door: creates the application, nothing else. `flask run` and `python app.py` find it here."""

from liaison import create_app

app = create_app()

if __name__ == "__main__":
    from liaison.commands import serve

    serve(app)

"""What must hold at every moment, asked of the database by `flask --app portal check`: after a
restore, at night, whenever somebody doubts."""

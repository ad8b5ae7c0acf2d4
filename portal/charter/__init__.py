"""The alliance's declaration: versions of its text, and the signatures of partners."""

"""People: who they are, how they log in, what the office may."""

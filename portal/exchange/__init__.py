"""The Projektbörse: what partners offer and look for, and how they get in touch about it."""

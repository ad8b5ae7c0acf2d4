"""Forms around places at dates."""

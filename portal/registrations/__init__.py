"""Places at dates: who gets one, in which order, and how everybody can check it."""

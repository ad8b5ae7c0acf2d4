"""Letters: which fact tells whom, and the postman who delivers them."""

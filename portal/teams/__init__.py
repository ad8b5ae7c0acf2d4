"""Expert teams and the seats in them."""

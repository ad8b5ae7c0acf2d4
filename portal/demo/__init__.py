"""The demo alliance and its mailbox; does not exist in production."""

"""What every feature stands on; core knows no feature."""

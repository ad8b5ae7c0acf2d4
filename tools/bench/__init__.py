"""`make bench`: how fast the portal is, beside a bare Flask view under the same server."""

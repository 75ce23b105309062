"""What keeps every room safe: the preflight of zips, the hardened Jinja environment, whole writes."""

"""The HTTP face: routes, access, limits, and the web page."""

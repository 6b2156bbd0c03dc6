"""Questions that build on the turns before them."""

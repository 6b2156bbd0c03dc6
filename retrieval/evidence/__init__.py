"""From candidate passages to ranked sentences and quotes."""

"""The shapes that go over the wire, field for field those of the contract."""

"""A double of Telegram's Bot API over real HTTP, as strict as the original."""

"""`python -m bot.cli` is the same as `onrecord`."""

from bot.cli import main

main()

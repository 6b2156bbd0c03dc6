"""The faces of OnRecord: settings, command line, HTTP, web page, Telegram."""

"""The only place that knows every room: settings, urls, wsgi."""

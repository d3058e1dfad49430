"""The only place that knows every room: settings, urls, rsgi and wsgi."""

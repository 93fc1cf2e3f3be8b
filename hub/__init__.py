"""The hub: settings, store, services, web routes, command line."""

"""Simulated attendees try the whole evening over HTTP and WebSocket, before the real ones come."""

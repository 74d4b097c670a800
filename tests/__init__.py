"""Behaviour, one sentence a test."""

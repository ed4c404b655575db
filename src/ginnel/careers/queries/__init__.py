"""Reads of Career Compass that cross models."""

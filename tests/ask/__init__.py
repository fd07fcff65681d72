"""Tests of questions in Chinese."""

"""Tests of lineage, and the program that learns its weights."""

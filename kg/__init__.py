"""Zhengpu 政谱: from plan documents to facts that point at their words."""

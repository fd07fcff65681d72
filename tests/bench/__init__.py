"""Time and memory: `make bench`. Nothing is asserted; the figures depend on the machine."""

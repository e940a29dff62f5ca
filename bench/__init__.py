"""What pages cost beside a bare view (`make bench`): see docs/performance.md for how, and for the last result."""

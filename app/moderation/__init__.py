"""Steering the evening: phases, clock, scenes, curtain; approving and hiding cards and words."""

"""Opening films and recordings: what is in them, their sound, their peaks. Knows no speech and no words."""

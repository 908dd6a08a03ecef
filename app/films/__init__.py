"""Films made of the film and its cues, and the cues on the paused picture: asked of the media child."""

"""Dictation: speak, and firm words appear. The microphone and the engine are children; here is what a person sees.

hearing (microphone's child) ──► feeding (engine's child) ──► dictation (the document) ──► page: text, panel, controls
"""

"""Which keys do what: two sets, what a person changed, conflicts, Subtitle Edit's own file. Bindings know no widget.

`sets` has the sets, `bindings` what is in force and what was changed, `subtitle_edit` reads shortcuts of Subtitle Edit,
`sheet` shows all at a glance, `plain` leaves Space to the widget that needs it. The settings' page is
`app.settings.keys`.
"""

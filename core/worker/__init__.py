"""The children that do the work, and the window's side of talking to them. Knows no Qt.

Why children: a token loop of Python shares the interpreter lock with painting, cannot be stopped inside a kernel, and
a native crash or the system's memory killer would take unsaved work along.

    messages        what is said, both ways: frozen dataclasses (media_, render_, sound_, model_messages)
    framing         messages ↔ bytes on a connection, with limits
    child           what all children share: reader, heartbeat, log, end with the parent
    engine_process  the child that owns torch and the models; job_queue: interactive before batch
    media_process   the child that reads media; turns: many requests on few threads; media_work: what each does
    microphone_process, models_process  the child that hears; the child that gets and keeps models
    client          a client for each child, for the window (ModelsClient: models_client)
    actor           the client's thread: all decisions
    ledger          its book of what was asked and not yet answered
    session         one life of one child, from the parent

To add a request to the media child: a class in `media_messages`, its work in `media_work._WORK`.
"""

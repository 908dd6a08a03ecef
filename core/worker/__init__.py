"""The children that do the work, and the window's side of talking to them. Knows no Qt.

Why children: a token loop of Python shares the interpreter lock with painting, cannot be stopped inside a kernel, and
a native crash or the system's memory killer would take unsaved work along.

    messages        what is said, both ways: frozen dataclasses
    framing         messages ↔ bytes on a connection, with limits
    child           what both children share: reader, heartbeat, log, end with the parent
    engine_process  the child that owns torch and the models; job_queue: interactive before batch
    media_process   the child that reads media; turns: many requests on few threads; media_work: what each does
    client          EngineClient and MediaClient, for the window
    actor           the client's thread: all decisions
    ledger          its book of what was asked and not yet answered
    session         one life of one child, from the parent

To add a request to the media child: a message class here, its work in `media_work._WORK`.
"""

"""Models: which there are, where they come from, where they lie, whether they are whole. Knows no window and no torch.

    catalogue    the models offered: revision, files, hashes, what each is good for
    places       the folder models are kept in, and the hub's own cache beside it
    inventory    what is installed, what is half here, what else lies there
    manifest     what stands beside a model's files: where they came from
    digests      hashes of files
    sources      where models come from, in order; hub (huggingface_hub), modelscope (plain HTTP)
    answers      what came of a request → an error with a sentence
    part         a file half here, and what of it can be trusted
    ranged       bytes into it, by ranges, again and again until it is whole
    fetch        a whole model: room, files, hashes, its name
    staging      a model half here, whole only under its own name
    importing    a model from a folder or stick
    keeping      verify, remove, move to another disk
    suggest      which model for this machine

Long work is a generator of `progress.FetchProgress` and `Notice`. `catalogue`, `places`, `manifest` and `inventory`
import no network and no engine: looking is quick.
"""

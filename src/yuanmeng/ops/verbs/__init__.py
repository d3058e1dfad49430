"""One module for each verb: `add(parser)` names its options, `run(options)` does it."""

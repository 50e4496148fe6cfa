"""Load records, ask the engine, store the answer. Every service takes `by`: who asked for it."""

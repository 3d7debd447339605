"""What answers about one item: by rule (`builtin`) or by asking a model (`llm`: prompt, schema, reading the reply).

Handlers are pure: they read a task and give judgements, or a request and the reading of its reply. They open nothing.
"""

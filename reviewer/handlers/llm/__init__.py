"""Handlers that ask a model: each makes a request from a task and reads judgements from the reply."""

"""Model endpoints: an address, a key and a model's name to a `ChatModel`.

The HTTP client is imported in `reviewer.providers.http` and nowhere else; everything above it sees statuses, bytes and
`ProviderError`. Nothing here retries (the engine does), reads files or keeps keys beyond the model that was given one.
"""

"""Reports and documents to formats other tools read. Pure: from values to bytes."""

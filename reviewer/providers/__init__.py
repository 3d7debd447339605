"""Model endpoints. The HTTP client is imported in `reviewer.providers.http` and nowhere else."""

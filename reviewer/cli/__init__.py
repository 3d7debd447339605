"""The command line: arguments in, text or JSON out, exit codes. Never imports Qt."""

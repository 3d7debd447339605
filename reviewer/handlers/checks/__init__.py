"""The linter: rules over a whole document that need no model.

Each rule is a pure function of a `Draft` and yields hits. A rule rather keeps silent than cries wolf: what it reports
must be worth a look in nearly every case. All rules stand in `linter.RULES`.
"""

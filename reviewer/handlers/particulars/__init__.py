"""Values of contracts by rule: parties, dates, terms, amounts, law, duties with a time. Pure; precision comes first.

What a clause is about (`reviewer.domain.category`) says where a value may stand; a rule reads it there. Whatever holds
contracts against a playbook belongs to `builtin`, and whatever finds mistakes in them to `checks`.
"""

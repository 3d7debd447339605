"""How everything looks: colours, spacing, type sizes, icons. Nothing here knows what is shown."""

"""How the cells of tables, trees and lists are painted."""

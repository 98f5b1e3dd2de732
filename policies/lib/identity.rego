# METADATA
# title: Names of people
# description: People are named in different spellings by different hosts; whether two names are one person is asked here only.
package lib.identity

# Case and blanks at the ends do not make another person.
same(left, right) if plain(left) == plain(right)

plain(name) := lower(trim_space(name))

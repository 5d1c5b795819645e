"""BuildKit's word lexer, written down once more from its description."""

import re

# Instructions whose values go through the word lexer.
EXPANDED = {"ADD", "ARG", "COPY", "ENV", "EXPOSE", "FROM", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Unreadable(Exception):
    """What a builder would refuse, or a judge does not understand."""


def process_word(word, environment):
    """BuildKit's `ProcessWord`: quotes and escapes removed, variables expanded."""
    result, position = [], 0
    # Go's text/scanner drops a byte order mark at the start.
    word = word.removeprefix("\ufeff")

    def dollar(position):
        """Expands what follows the `$` before `position`; returns its text and where it ends."""
        if position < len(word) and word[position] == "{":
            end = word.find("}", position)
            name = word[position + 1:end]
            name, has_default, default = name.partition(":-")
            if end < 0 or not NAME.fullmatch(name):
                raise Unreadable(f"bad substitution in {word!r}")
            value = environment.get(name, "")
            return value if value or not has_default else process_word(default, environment), end + 1
        match = NAME.match(word, position)
        if match:
            return environment.get(match[0], ""), match.end()
        if position < len(word) and (word[position].isdigit() or word[position] in "@*#"):
            return "", position + 1
        return "$", position

    while position < len(word):
        character = word[position]
        position += 1
        if character == "'":
            end = word.find("'", position)
            if end < 0:
                raise Unreadable(f"no closing single quote in {word!r}")
            result.append(word[position:end])
            position = end + 1
        elif character == '"':
            while True:
                if position >= len(word):
                    raise Unreadable(f"no closing double quote in {word!r}")
                character = word[position]
                position += 1
                if character == '"':
                    break
                if character == "$":
                    text, position = dollar(position)
                    result.append(text)
                elif character == "\\" and position < len(word):
                    if word[position] not in '"$\\':
                        result.append("\\")
                    result.append(word[position])
                    position += 1
                else:
                    result.append(character)
        elif character == "$":
            text, position = dollar(position)
            result.append(text)
        elif character == "\\":
            if position < len(word):
                result.append(word[position])
                position += 1
        else:
            result.append(character)
    return "".join(result)

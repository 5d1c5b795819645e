"""A reader for the part of the POSIX shell's language that a generated RUN may use.

`parse` gives a tree of lists, and-or chains, pipelines, `for`, `if` and simple commands. What it does not know is
`Unreadable`: a judge that skips what it does not understand would pass anything.
"""

import dataclasses
import re

from judges.words import NAME, Unreadable

OPERATORS = re.compile(r"&&|\|\||;;|[;|&()\n]")
REDIRECTION = re.compile(r"(\d*)(>>|>&|>\||<<|>|<)")


@dataclasses.dataclass(frozen=True)
class Word:
    """Parts of one word: (kind, text) with kind `text` or `variable`."""

    parts: tuple
    quoted: bool = False

    def expand(self, variables):
        """The word's text; an unset variable is an error rather than nothing."""
        text = []
        for kind, value in self.parts:
            if kind == "variable":
                if value not in variables:
                    raise Unreadable(f"unset variable ${value}")
                value = variables[value]
            text.append(value)
        return "".join(text)

    @property
    def bare(self):
        """The text of a word without quotes and variables, as reserved words are."""
        return self.parts[0][1] if not self.quoted and len(self.parts) == 1 and self.parts[0][0] == "text" else None


@dataclasses.dataclass(frozen=True)
class Simple:
    words: tuple
    assignments: tuple = ()
    redirections: tuple = ()  # (descriptor, operator, Word)


@dataclasses.dataclass(frozen=True)
class Pipeline:
    commands: tuple


@dataclasses.dataclass(frozen=True)
class AndOr:
    first: Pipeline
    rest: tuple  # (operator, Pipeline)


@dataclasses.dataclass(frozen=True)
class List:
    items: tuple


@dataclasses.dataclass(frozen=True)
class For:
    name: str
    words: tuple
    body: List


@dataclasses.dataclass(frozen=True)
class If:
    condition: List
    body: List


def tokens(text):
    """Yields ("operator", text), ("redirection", (descriptor, operator)) and ("word", Word)."""
    position = 0
    while position < len(text):
        if text[position] in " \t":
            position += 1
        elif match := REDIRECTION.match(text, position):
            yield "redirection", (match[1], match[2])
            position = match.end()
        elif match := OPERATORS.match(text, position):
            yield "operator", match[0]
            position = match.end()
        elif text[position] == "#":
            raise Unreadable("comment in a command")
        else:
            word, position = read_word(text, position)
            yield "word", word


def read_word(text, position):
    """One word from a position on, and where it ends."""
    parts, quoted = [], False

    def add(value):
        if parts and parts[-1][0] == "text":
            parts[-1] = ("text", parts[-1][1] + value)
        else:
            parts.append(("text", value))

    def dollar(position):
        match = re.compile(r"\$(?:\{(%s)\}|(%s))" % (NAME.pattern, NAME.pattern)).match(text, position)
        if match:
            parts.append(("variable", match[1] or match[2]))
            return match.end()
        if text[position + 1:position + 2] in ("", '"', " "):
            add("$")
            return position + 1
        if match := re.compile(r"\$\(cat /[\w./-]+\)").match(text, position):
            add(match[0])  # only comparisons know what it means
            return match.end()
        raise Unreadable(f"expansion {text[position:position + 20]!r}")

    while position < len(text) and text[position] not in " \t\n;|&()<>":
        character = text[position]
        if character == "'":
            end = text.find("'", position + 1)
            if end < 0:
                raise Unreadable("no closing single quote")
            add(text[position + 1:end])
            quoted, position = True, end + 1
        elif character == '"':
            quoted, position = True, position + 1
            add("")
            while text[position:position + 1] != '"':
                if position >= len(text):
                    raise Unreadable("no closing double quote")
                if text[position] == "$":
                    position = dollar(position)
                elif text[position] == "\\" and text[position + 1:position + 2] in '$`"\\':
                    add(text[position + 1:position + 2])
                    position += 2
                elif text[position] == "`":
                    raise Unreadable("command substitution")
                else:
                    add(text[position])
                    position += 1
            position += 1
        elif character == "\\":
            add(text[position + 1:position + 2])
            quoted, position = True, position + 2
        elif character == "$":
            position = dollar(position)
        elif character == "`":
            raise Unreadable("command substitution")
        else:
            add(character)
            position += 1
    return Word(tuple(parts), quoted), position


class Parser:
    """Recursive descent over the tokens of one script."""

    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.position = 0

    def peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", None)

    def next(self):
        token = self.peek()
        self.position += 1
        return token

    def at_operator(self, *operators):
        kind, value = self.peek()
        return kind == "operator" and value in operators

    def at_reserved(self, *names):
        kind, value = self.peek()
        return kind == "word" and value.bare in names

    def expect(self, *names):
        if not self.at_reserved(*names):
            raise Unreadable(f"expected {' or '.join(names)}, found {self.peek()[1]!r}")
        return self.next()

    def separators(self):
        while self.at_operator(";", "\n"):
            self.next()

    def list(self, *ends):
        """Commands up to a reserved word of `ends`, or the end of the text."""
        items = []
        self.separators()
        while self.peek()[0] != "end" and not self.at_reserved(*ends):
            items.append(self.and_or())
            if self.peek()[0] != "end" and not self.at_operator(";", "\n") and not self.at_reserved(*ends):
                raise Unreadable(f"unexpected {self.peek()[1]!r}")
            self.separators()
        return List(tuple(items))

    def and_or(self):
        first, rest = self.pipeline(), []
        while self.at_operator("&&", "||"):
            operator = self.next()[1]
            rest.append((operator, self.pipeline()))
        return AndOr(first, tuple(rest))

    def pipeline(self):
        commands = [self.command()]
        while self.at_operator("|"):
            self.next()
            commands.append(self.command())
        return Pipeline(tuple(commands))

    def command(self):
        if self.at_reserved("for"):
            return self.for_loop()
        if self.at_reserved("if"):
            return self.conditional()
        return self.simple()

    def for_loop(self):
        self.next()
        name = self.next()[1].bare
        self.expect("in")
        words = []
        while self.peek()[0] == "word":
            words.append(self.next()[1])
        self.separators()
        self.expect("do")
        body = self.list("done")
        self.expect("done")
        return For(name, tuple(words), body)

    def conditional(self):
        self.next()
        condition = self.list("then")
        self.expect("then")
        body = self.list("fi", "else", "elif")
        if not self.at_reserved("fi"):
            raise Unreadable("else")
        self.next()
        return If(condition, body)

    def simple(self):
        words, assignments, redirections = [], [], []
        while True:
            kind, value = self.peek()
            if kind == "redirection":
                self.next()
                target = self.next()
                if target[0] != "word":
                    raise Unreadable("redirection without a target")
                redirections.append((*value, target[1]))
            elif kind == "word":
                self.next()
                is_assignment = not words and value.parts and re.match(NAME.pattern + "=", str(value.parts[0][1]))
                (assignments if is_assignment else words).append(value)
            else:
                break
        if not words and not assignments:
            raise Unreadable(f"no command before {self.peek()[1]!r}")
        return Simple(tuple(words), tuple(assignments), tuple(redirections))


def parse(text):
    """The tree of a script."""
    return Parser(text).list()

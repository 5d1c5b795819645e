"""Evaluates a Dockerfile by meaning: what would be in the image, without building it.

Stages are followed through `FROM` and `COPY --from` for one architecture; each RUN is read by `judges.shell` and its
programs by `judges.programs`. Whatever has a meaning that is not known here is an `Unreadable` with its line.
"""

import copy
import dataclasses
import fnmatch
import re

from judges import shell
from judges.facts import Contents
from judges.programs import Programs
from judges.repositories import read_repositories
from judges.words import Unreadable, process_word

# Instructions that change nothing that the facts speak of.
NEUTRAL = {"LABEL"}


@dataclasses.dataclass
class Image:
    """The state of a stage."""

    contents: Contents = dataclasses.field(default_factory=Contents)
    files: dict = dataclasses.field(default_factory=dict)  # path to File
    imported_keys: set = dataclasses.field(default_factory=set)  # paths
    has_lists: bool = False  # apt's package lists are there


class Evaluator:
    """Evaluates the last stage of a parsed Dockerfile for one architecture."""

    def __init__(self, commands, architecture):
        self.architecture = architecture
        self.stages = {}
        self.bodies = self.split(commands)

    def split(self, commands):
        """The instructions of each stage, by name or by number; global arguments apart."""
        bodies, self.arguments = [], {"TARGETARCH": self.architecture, "TARGETOS": "linux"}
        for command in commands:
            name = command.cmd.upper()
            if name == "FROM":
                bodies.append((command, []))
            elif bodies:
                bodies[-1][1].append(command)
            elif name == "ARG":
                for word in command.value:
                    key, equals, value = word.partition("=")
                    if equals:
                        self.arguments[key] = process_word(value, self.arguments)
            else:
                raise Unreadable(f"{name} before FROM")
        return bodies

    def evaluate(self):
        """The image of the last stage."""
        if not self.bodies:
            raise Unreadable("no FROM")
        image = self.stage(len(self.bodies) - 1)
        for path in sorted(fnmatch.filter(image.files, "/etc/ld.so.conf.d/*.conf")):
            image.contents.linker_paths += image.files[path].lines
        read_repositories(image)
        return image

    def find(self, name, before):
        """The number of the stage that a name means, or None for an image."""
        for index in range(before - 1, -1, -1):
            words = self.bodies[index][0].value
            if len(words) == 3 and words[2].lower() == name.lower():
                return index
        return int(name) if name.isdigit() and int(name) < before else None

    def stage(self, index):
        if index not in self.stages:
            start, body = self.bodies[index]
            if start.flags:
                raise Unreadable(f"line {start.start_line}: FROM with {' '.join(start.flags)}")
            base = process_word(start.value[0], self.arguments)
            below = self.find(base, index)
            image = Image(Contents(base=base)) if below is None else copy.deepcopy(self.stage(below))
            self.stages[index] = image
            for command in body:
                try:
                    self.apply(command, image, index)
                except Unreadable as error:
                    raise Unreadable(f"line {command.start_line}: {error}") from error
        return self.stages[index]

    def apply(self, command, image, index):
        name = command.cmd.upper()
        if name == "ENV":
            before = dict(image.contents.environment)
            for key, value in zip(command.value[::2], command.value[1::2]):
                image.contents.environment[process_word(key, before)] = process_word(value, before)
        elif name == "RUN":
            self.run(command, image)
        elif name == "COPY":
            self.copy(command, image, index)
        elif name == "ARG":
            pass
        elif name not in NEUTRAL:
            raise Unreadable(f"{name} is not part of NVIDIA's image: {command.original}")

    def copy(self, command, image, index):
        sources = [flag.partition("=")[2] for flag in command.flags if flag.startswith("--from=")]
        others = [flag for flag in command.flags if not flag.startswith(("--from=", "--chmod="))]
        if len(sources) != 1 or others or len(command.value) != 2:
            raise Unreadable(f"COPY that takes no single file from a stage: {command.original}")
        stage = self.find(sources[0], index)
        if stage is None:
            raise Unreadable(f"COPY from an image: {sources[0]}")
        source, target = command.value
        file = self.stage(stage).files.get(source)
        if file is None:
            raise Unreadable(f"{source} is not in stage {sources[0]}")
        image.files[target] = file

    def run(self, command, image):
        if command.flags or command.heredocs or command.json:
            raise Unreadable(f"RUN in a form of its own: {command.original[:60]}")
        image.has_lists = False
        programs = Programs(image)
        Interpreter(programs).list(shell.parse(command.value[0]), {})
        programs.finish()


class Interpreter:
    """Walks the tree of a script and hands each simple command to the programs."""

    def __init__(self, programs):
        self.programs = programs

    def list(self, node, variables):
        if len(node.items) > 1:
            raise Unreadable("`;` hides the failure of a command")
        for item in node.items:
            self.and_or(item, variables)

    def and_or(self, node, variables):
        self.pipeline(node.first, variables)
        for operator, pipeline in node.rest:
            if operator == "||":
                if [word.bare for word in only(pipeline).words] != ["exit", "1"]:
                    raise Unreadable("`||` hides the failure of a command")
            else:
                self.pipeline(pipeline, variables)

    def pipeline(self, node, variables):
        if len(node.commands) > 1:
            commands = [self.expand(command, variables) for command in node.commands]
            if any(redirections for _, redirections in commands):
                raise Unreadable("redirection in a pipeline")
            self.programs.pipe([words for words, _ in commands])
            return
        command = node.commands[0]
        if isinstance(command, shell.For):
            for word in command.words:
                self.list(command.body, {**variables, command.name: word.expand(variables)})
        elif isinstance(command, shell.If) and (check := self.failing_check(command, variables)):
            self.programs.not_equal(check[1:])
        elif isinstance(command, shell.If):
            probed = self.probed_package(command.condition, variables)
            if self.programs.optional:
                raise Unreadable("condition within a condition")
            self.programs.optional = probed
            self.list(command.body, variables)
            self.programs.optional = None
        else:
            words, redirections = self.expand(command, variables)
            self.programs.call(words, redirections)

    def expand(self, command, variables):
        if not isinstance(command, shell.Simple):
            raise Unreadable("compound command in a pipeline")
        for assignment in command.assignments:
            text = assignment.expand(variables)
            if text != "DEBIAN_FRONTEND=noninteractive":
                raise Unreadable(f"assignment {text}")
        redirections = tuple(
            (descriptor, operator, word.expand(variables)) for descriptor, operator, word in command.redirections)
        return [word.expand(variables) for word in command.words], redirections

    def failing_check(self, command, variables):
        """The words of `[` in `if [ … ]; then …; exit 1; fi`, which goes on only where that is false.

        `None` for other conditions. What is done before the exit may only print.
        """
        words = self.expand(only(command.condition.items[0].first), variables)[0]
        if words[:1] != ["["] or len(command.condition.items) != 1 or command.condition.items[0].rest:
            return None
        body = []
        for item in command.body.items:
            if item.rest:
                raise Unreadable("and-or chain in a failing check")
            body.append(self.expand(only(item.first), variables))
        *printing, (last, nothing) = body
        if last != ["exit", "1"] or nothing:
            raise Unreadable(f"a failing check that ends with {' '.join(last)}")
        for printed, redirections in printing:
            if printed[0] not in ("echo", "cat") or redirections != (("", ">&", "2"),):
                raise Unreadable(f"{printed[0]} in a failing check")
        return words

    def probed_package(self, condition, variables):
        """The package whose presence in the repositories a condition asks for."""
        if len(condition.items) != 1 or condition.items[0].rest:
            raise Unreadable("condition of several commands")
        commands = [self.expand(command, variables)[0] for command in condition.items[0].first.commands]
        text = " ".join(commands[0])
        match = re.fullmatch(
            r"(?:apt-cache show|(?:yum|dnf) --quiet list|tdnf list|microdnf repoquery"
            r"|zypper --non-interactive search --match-exact) ([a-z0-9.+-]+)", text)
        if not match or commands[1:] not in ([], [["grep", "-q", "."]]):
            raise Unreadable(f"condition {text!r}")
        return match[1]


def only(pipeline):
    """The one simple command of a pipeline."""
    if len(pipeline.commands) != 1 or not isinstance(pipeline.commands[0], shell.Simple):
        raise Unreadable("`||` before a compound command")
    return pipeline.commands[0]

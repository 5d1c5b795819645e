"""What the programs of a RUN do to an image. A program or option that is not here is `Unreadable`."""

import dataclasses
import fnmatch
import posixpath
import re

from judges.words import Unreadable

# Options that decide nothing about what is installed, for each package manager's `install`.
INSTALL_OPTIONS = {
    "apt-get": {"-y", "--no-install-recommends"},
    "yum": {"-y"},
    "dnf": {"-y"},
    "microdnf": {"-y"},
    "tdnf": {"-y"},
    "zypper": {"--no-recommends", "-y"},
}
MANAGERS = set(INSTALL_OPTIONS)
LISTS = "/var/lib/apt/lists/*"
SUFFIX = {"deb": re.compile(r"(.+)_(.+)_[a-z0-9]+\.deb"), "rpm": re.compile(r"(.+)\.[a-z0-9_]+\.rpm")}

# What sed prints of gpg's lines: the fingerprint behind each `pub`.
PRIMARY_KEYS = r"/^pub:/,/^fpr:/s/^fpr:*\(.*\):$/\1/p"


@dataclasses.dataclass(frozen=True)
class File:
    """A file that a build step made: lines that were written, or what was fetched from where and how it was checked."""

    lines: tuple = ()
    url: str | None = None
    checks: frozenset = frozenset()  # ("sha256" or "fingerprint", digits)
    fingerprints_of: str | None = None  # the path whose fingerprints gpg wrote
    keys_of: str | None = None  # likewise, those of primary keys alone, one a line
    changes: tuple = ()  # what was done to a fetched file: "dearmored", "without Version line"

    def sha256(self, path):
        """The digits a fetched file was checked by."""
        sums = [digits for kind, digits in self.checks if kind == "sha256"]
        if self.url is None or len(sums) != 1:
            raise Unreadable(f"{path} was not fetched and checked by SHA-256")
        return sums[0]


class Programs:
    """Runs the commands of one RUN on an image."""

    def __init__(self, image):
        self.image = image
        self.contents = image.contents
        self.optional = None  # the package that a condition asked the repositories for
        self.fetched = set()  # paths this RUN fetched
        self.used = set()  # paths this RUN unpacked or installed

    # How commands come in.

    def call(self, words, redirections):
        if not words:
            raise Unreadable("assignment without a command")
        outputs = [(operator, target) for descriptor, operator, target in redirections if descriptor in ("", "1")]
        if len(outputs) != len(redirections) or len(outputs) > 1:
            raise Unreadable(f"redirections of {words[0]}")
        if outputs:
            operator, path = outputs[0]
            if operator not in (">", ">>"):
                raise Unreadable(f"redirection {operator}")
            self.write(words, path, append=operator == ">>")
            return
        name = words[0]
        if name in MANAGERS:
            self.package_manager(name, words[1:])
            return
        program = getattr(self, "do_" + re.sub(r"[^a-z0-9]", "_", name), None)
        if program is None:
            raise Unreadable(f"program {name}")
        program(words[1:])

    def pipe(self, commands):
        """Pipelines: a layer has none, as the shell would hide the failure of what stands before the last `|`."""
        raise Unreadable(f"pipeline {' | '.join(command[0] for command in commands)}")

    def finish(self):
        """What must hold at the end of a layer."""
        if self.image.has_lists:
            raise Unreadable("package lists are left in the layer")
        if unused := self.fetched - self.used:
            raise Unreadable(f"fetched but not used: {', '.join(sorted(unused))}")

    # Files.

    def check(self, path, kind, digits):
        file = self.file(path)
        self.image.files[path] = dataclasses.replace(file, checks=file.checks | {(kind, digits)})

    def file(self, path):
        if path not in self.image.files:
            raise Unreadable(f"no file {path}")
        return self.image.files[path]

    def write(self, words, path, append):
        if words[:2] == ["printf", "%s\\n"]:
            lines = tuple(words[2:])
        elif words[0] == "echo" and not words[1].startswith("-"):
            lines = (" ".join(words[1:]),)
        elif words[:2] == ["sed", "/^Version/d"] and len(words) == 3 and not append:
            self.derive(words[2], path, "without Version line")
            return
        elif words[:3] == ["gpg", "--with-colons", "--with-fingerprint"] and len(words) == 4 and not append:
            self.file(words[3])
            self.image.files[path] = File(fingerprints_of=words[3])
            return
        elif words[:3] == ["sed", "-n", PRIMARY_KEYS] and len(words) == 4 and not append:
            self.image.files[path] = File(keys_of=self.file(words[3]).fingerprints_of)
            return
        else:
            raise Unreadable(f"what {words[0]} writes to {path}")
        before = self.image.files[path].lines if append and path in self.image.files else ()
        self.image.files[path] = File(lines=before + lines)

    def derive(self, source, target, change):
        file = self.file(source)
        # A checksum is that of the bytes before; a fingerprint is the key's own.
        checks = frozenset(check for check in file.checks if check[0] == "fingerprint")
        self.image.files[target] = dataclasses.replace(file, checks=checks, changes=(*file.changes, change))
        self.used.add(source)

    def fetch(self, url, path):
        self.image.files[path] = File(url=url)
        self.fetched.add(path)

    def do_sha256sum(self, words):
        if words[:1] != ["-c"] or len(words) != 2:
            raise Unreadable(f"sha256sum {' '.join(words)}")
        for line in self.file(words[1]).lines:
            match = re.fullmatch(r"([0-9a-f]{64})  (/\S+)", line)
            if not match:
                raise Unreadable(f"checksum line {line!r}")
            self.check(match[2], "sha256", match[1])

    def not_equal(self, words):
        """What holds where `[ "$(cat FILE)" != FINGERPRINT ]` is false: the file of keys has that one alone."""
        match = re.fullmatch(r"\$\(cat (/[\w./-]+)\) != ([0-9A-F]{40}) \]", " ".join(words))
        if not match:
            raise Unreadable(f"[ {' '.join(words)}")
        source = self.file(match[1]).keys_of
        if source is None:
            raise Unreadable(f"{match[1]} holds no fingerprints")
        self.check(source, "fingerprint", match[2].lower())

    def do_curl(self, words):
        if words[:2] != ["-fsSL", "-o"] or len(words) != 4:
            raise Unreadable(f"curl {' '.join(words)}")
        self.fetch(words[3], words[2])

    def do_wget(self, words):
        if words[:2] != ["-q", "-O"] or len(words) != 4:
            raise Unreadable(f"wget {' '.join(words)}")
        self.fetch(words[3], words[2])

    def do_gpg(self, words):
        if words[:2] != ["--dearmor", "-o"] or len(words) != 4:
            raise Unreadable(f"gpg {' '.join(words)}")
        self.derive(words[3], words[2], "dearmored")

    def do_rpm(self, words):
        if words[:1] != ["--import"] or len(words) != 2:
            raise Unreadable(f"rpm {' '.join(words)}")
        self.file(words[1])
        self.image.imported_keys.add(words[1])

    def do_mkdir(self, words):
        if words[:1] != ["-p"]:
            raise Unreadable(f"mkdir {' '.join(words)}")

    def do_rm(self, words):
        for pattern in words:
            if pattern in ("-r", "-f", "-rf"):
                continue
            if pattern == LISTS:
                self.image.has_lists = False
            for path in fnmatch.filter(list(self.image.files), pattern):
                del self.image.files[path]

    def do_ln(self, words):
        options = [word for word in words if word.startswith("-")]
        names = [word for word in words if not word.startswith("-")]
        if not options or not set(options) <= {"-s", "-f", "-sf", "-n", "-sfn"} or len(names) != 2:
            raise Unreadable(f"ln {' '.join(words)}")
        self.contents.symlinks.add((names[1], names[0]))

    def do_ldconfig(self, words):
        if words:
            raise Unreadable(f"ldconfig {' '.join(words)}")

    def do_tar(self, words):
        """An archive unpacked below /usr/local."""
        folder = archive = None
        rest = iter(words)
        patterns = []
        for word in rest:
            if word == "-C":
                folder = next(rest, None)
            elif word == "-xf":
                archive = next(rest, None)
            elif not word.startswith("-"):
                patterns.append(word)
            elif word not in ("--no-same-owner", "--wildcards", "--skip-old-files") \
                    and not word.startswith("--strip-components="):
                raise Unreadable(f"tar {word}")
        if archive is None or folder is None or posixpath.commonpath([folder, "/usr/local"]) != "/usr/local":
            raise Unreadable(f"tar {' '.join(words)}")
        if patterns and "--wildcards" not in words:
            raise Unreadable("patterns of tar without --wildcards")
        file = self.file(archive)
        self.contents.archives.add((file.url, file.sha256(archive)))
        self.used.add(archive)

    # Packages.

    def package_manager(self, manager, words):
        if manager == "zypper" and words[:1] == ["--non-interactive"]:
            words = words[1:]
        elif manager == "zypper" and words[:1] not in (["addlock"], ["clean"]):
            raise Unreadable("zypper would ask")
        action, *arguments = words or [""]
        if action == "update" and manager == "apt-get" and not arguments:
            self.image.has_lists = True
        elif action in ("upgrade", "update") and manager not in ("apt-get", "zypper") or action == "upgrade":
            self.upgrade(manager, arguments)
        elif action == "install":
            self.install(manager, arguments)
        elif action in ("purge", "remove"):
            names = {word for word in arguments if not word.startswith("-")}
            self.contents.packages -= names
        elif action == "clean" and arguments in (["all"], ["--all"]):
            pass
        elif action == "versionlock" and manager in ("yum", "dnf"):
            self.contents.holds |= set(arguments[1:] if arguments[:1] == ["add"] else arguments)
        elif action == "addlock" and manager == "zypper":
            self.contents.holds |= set(arguments)
        else:
            raise Unreadable(f"{manager} {' '.join(words)}")

    def upgrade(self, manager, arguments):
        if "-y" not in arguments:
            raise Unreadable(f"{manager} would ask")
        rest = [word for word in arguments if word != "-y"]
        if rest:
            if rest[0] != "--releasever":
                raise Unreadable(f"{manager} upgrades {' '.join(rest)}")
            self.contents.commands.add((manager, "update", *rest))
        self.contents.upgraded = True

    def install(self, manager, arguments):
        options = {word for word in arguments if word.startswith("-")}
        names = [word for word in arguments if not word.startswith("-")]
        if manager == "apt-get" and not self.image.has_lists:
            raise Unreadable("apt-get install without apt-get update in the same layer")
        if manager != "zypper" and "-y" not in options:
            raise Unreadable(f"{manager} would ask")
        if manager == "apt-get" and "--no-install-recommends" not in options:
            raise Unreadable("apt-get installs what is only recommended")
        for option in sorted(options - INSTALL_OPTIONS[manager]):
            if option.startswith("--setopt="):
                self.contents.install_options.add(option.removeprefix("--setopt="))
            elif option.startswith("--enablerepo="):
                self.contents.commands.add((manager, "install", option, *names))
            else:
                raise Unreadable(f"{manager} install {option}")
        if self.optional is not None:
            if names != [self.optional]:
                raise Unreadable(f"asked for {self.optional}, installs {' '.join(names)}")
            self.contents.optional.add(self.optional)
            return
        for name in names:
            if name.startswith("/"):
                self.install_file(name, "rpm")
            else:
                self.contents.packages.add(name)

    def install_file(self, path, kind):
        """A package file; its name says what package it is."""
        file = self.file(path)
        match = SUFFIX[kind].fullmatch(posixpath.basename(file.url or ""))
        if not match:
            raise Unreadable(f"{path} is no .{kind}")
        self.contents.package_files.add((file.url, file.sha256(path)))
        self.contents.packages.add("=".join(match.groups()))
        self.used.add(path)

    def do_dpkg(self, words):
        if words[:1] not in (["--install"], ["-i"]):
            raise Unreadable(f"dpkg {' '.join(words)}")
        for path in words[1:]:
            self.install_file(path, "deb")

    def do_apt_mark(self, words):
        if words[:1] != ["hold"]:
            raise Unreadable(f"apt-mark {' '.join(words)}")
        self.contents.holds |= set(words[1:])

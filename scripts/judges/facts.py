"""What NVIDIA's images contain, put together from the facts: one `Contents` for each tag and architecture."""

import dataclasses
import gzip
import json
import pathlib

DEFAULT_FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Facts"

# Keys before the rotation of April 2022 and the keyring packages: what the repositories are signed with today.
TODAYS_KEY = {
    ("7fa2af80", "apt"): "3bf863cc",
    ("7fa2af80", "rpm"): "D42D0685",
    ("cuda-keyring 1.0-1", "apt"): "3bf863cc",
    ("cuda-keyring 1.1-1", "apt"): "3bf863cc",
}


@dataclasses.dataclass
class Contents:
    """What is in an image, whichever way it came there."""

    base: str = ""
    packages: set = dataclasses.field(default_factory=set)  # as the package manager is told: name=version, name
    optional: set = dataclasses.field(default_factory=set)
    holds: set = dataclasses.field(default_factory=set)
    environment: dict = dataclasses.field(default_factory=lambda: {"PATH": "$PATH"})
    linker_paths: list = dataclasses.field(default_factory=list)
    symlinks: set = dataclasses.field(default_factory=set)  # (link, target)
    archives: set = dataclasses.field(default_factory=set)  # (url, sha256)
    package_files: set = dataclasses.field(default_factory=set)  # (url, sha256)
    repositories: set = dataclasses.field(default_factory=set)
    keys: set = dataclasses.field(default_factory=set)  # (id, how it was checked, the digits)
    install_options: set = dataclasses.field(default_factory=set)
    upgraded: bool = False
    commands: set = dataclasses.field(default_factory=set)  # words of workarounds for an operating system

    def set_variable(self, name, value):
        """Sets a variable; `$PATH` in its value stands for the value so far."""
        self.environment[name] = value.replace("$PATH", self.environment["PATH"])


@dataclasses.dataclass(frozen=True)
class Expectation:
    tag: str
    architecture: str
    manager: str
    contents: Contents  # without repositories and keys where the facts name none


class Facts:
    """The facts of a folder with `images.json`, compressed or not."""

    def __init__(self, folder=DEFAULT_FOLDER):
        folder = pathlib.Path(folder)
        plain = folder / "images.json"
        data = plain.read_bytes() if plain.exists() else gzip.decompress((folder / "images.json.gz").read_bytes())
        self.data = json.loads(data)

    def expectations(self):
        """Yields each tag and architecture with what its image contains."""
        for row in self.data["images"]:
            for flavor in row["flavors"]:
                tag = f"{row['cuda']}-{flavor}-{row['os']}"
                yield Expectation(tag, row["arch"], row["pm"], self.contents(row, flavor))

    def contents(self, row, flavor):
        contents = Contents(base=row["base_image"])
        if row["repo"]:
            contents.repositories.add(self.data["cuda_repo"].format(repo=row["repo"]))
            contents.keys.add(self.key(row))
        if row.get("ml_repo"):
            contents.repositories.add(self.data["ml_repo"].format(ml_repo=row["ml_repo"]))
        contents.set_variable("CUDA_VERSION", row["cuda_version"])
        requirement = self.data["requires"][row["require"]]
        if requirement is not None:
            contents.set_variable("NVIDIA_REQUIRE_CUDA", requirement)
        environment = self.data["envs"][row["env"]]
        for name, value in environment["env"].items():
            contents.set_variable(name, value)
        contents.linker_paths += environment["ld_so_conf"]
        for layer in self.layers(row, flavor):
            self.add(layer, row["pm"], contents)
        return contents

    def layers(self, row, flavor):
        """The sets of a flavor, the lowest first."""
        found = []
        while flavor:
            layer = self.data["sets"][row["flavors"][flavor]]
            found.insert(0, layer)
            flavor = layer["on"] if "on" in layer else default_below(flavor)
        return found

    def add(self, layer, manager, contents):
        for pin in layer.get("pkgs", []):
            contents.packages.add(pin if manager in ("apt", "zypper") else pin.replace("=", "-", 1))
        contents.packages |= set(layer.get("os_pkgs", []))
        contents.packages -= set(layer.get("purge", []))
        contents.optional |= set(layer.get("optional", []))
        contents.holds |= set(layer.get("hold", []))
        for name, value in layer.get("env", {}).items():
            contents.set_variable(name, value)
        contents.symlinks |= {tuple(link.split(" -> ")) for link in layer.get("symlinks", [])}
        contents.archives |= {(file["url"], file["sha256"]) for file in layer.get("archives", [])}
        contents.package_files |= {(file["url"], file["sha256"]) for file in layer.get("pkg_files", [])}
        if "yum_setopt" in layer:
            contents.install_options.add(layer["yum_setopt"])
        contents.upgraded |= layer.get("os_upgrade", False)
        if "os_command" in layer:
            contents.commands.add(tuple(layer["os_command"].split()))

    def key(self, row):
        """Today's key of the repository, with the digits it can be checked by."""
        style = "apt" if row["pm"] == "apt" else "rpm"
        recorded = self.data["keys"][row["key"]]["id"]
        today = TODAYS_KEY.get((recorded, style), recorded)
        for key in self.data["keys"]:
            if key["id"] == today and style == "apt" and "fingerprint" in key:
                return today, "fingerprint", key["fingerprint"]
            if key["id"] == today and style == "rpm" and "sha256" in key:
                return today, "sha256", key["sha256"]
        raise ValueError(f"the facts have no digits to check key {today} by")


def default_below(flavor):
    """The flavor that a flavor stands on where its set does not say."""
    variant, _, kind = flavor.rpartition("-")
    if variant:
        return kind
    return {"base": None, "runtime": "base", "devel": "runtime"}[kind]

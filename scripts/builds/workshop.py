"""Everything that builds need, set up once: keys, repositories, NVIDIA's server, a catalogue that names the keys."""

import os
import pathlib
import re
import secrets
import shutil
import subprocess

from builds import bases, machine
from builds.causes import cause
from builds.packages import CUDA_12, CUDA_13, NEWER, packages_of
from builds.repository import Key, Repositories
from builds.server import Server, TestCA

CASES = machine.ROOT / "Tests" / "Builds"
KEY_12, KEY_13 = "3bf863cc.pub", "8793F200.pub"


class Workshop:
    def __init__(self, folder, program, is_big=False):
        self.folder, self.program, self.is_big = folder, program, is_big
        self.mirror = machine.Mirror.find()
        self.authority = TestCA(folder / "ca")
        self.keys = {KEY_12: Key.make(folder / "gpg12"), KEY_13: Key.make(folder / "gpg13")}
        self.packages_12, self.packages_13 = packages_of(CUDA_12), packages_of(CUDA_13)
        wanted = {package.wheel: None for package in self.packages_12 + self.packages_13
                  if package.wheel and (is_big or not package.is_big)}
        self.repositories = Repositories(folder / "served", machine.wheels(wanted), is_big)
        for state, more in (("today", ()), ("tomorrow", NEWER)):
            self.publish(state, more)
        self.server = Server(folder / "served", self.authority)
        self.catalog = folder / "keys.catalog"
        self.catalog.write_text(
            "cudagen-catalog 1 extends\nas-of 2025-12-15\n[keys]\n"
            + "".join(f"{file.removesuffix('.pub')}\tfile={file}\tfingerprint={key.fingerprint.lower()}\n"
                      for file, key in self.keys.items()), encoding="utf-8")
        # A secret that exists nowhere else, so that finding it in an image proves a leak.
        self.secret = secrets.token_hex(24).encode()
        (folder / "token").write_bytes(self.secret)
        self.base_contexts = {
            suite: bases.context(folder / "bases" / suite, suite, self.mirror, self.authority)
            for suite in ("bookworm", "trixie")}

    def publish(self, state, more=()):
        for name in ("debian12", "ubuntu2204"):
            self.repositories.publish(state, name, [*self.packages_12, *more], self.keys[KEY_12], KEY_12)
        self.repositories.publish(state, "debian13", self.packages_13, self.keys[KEY_13], KEY_13)

    def close(self):
        self.server.close()
        for key in self.keys.values():
            key.close()

    def generate(self, name, *arguments, recipe=None):
        """A context with the Dockerfile that cudagen generates, and whether it is what a user gets but for the key."""
        context = self.folder / "contexts" / name
        if context.exists():
            shutil.rmtree(context)
        shutil.copytree(recipe.parent, context) if recipe else context.mkdir(parents=True)
        words = [str(self.program), "generate", *arguments, *([recipe.name] if recipe else [])]
        texts = []
        for catalog in ([], ["--catalog", str(self.catalog)]):
            result = subprocess.run([*words, *catalog], cwd=context, capture_output=True, text=True, check=False)
            if result.returncode != 0:
                raise RuntimeError(f"cudagen {' '.join(words[1:])}: {result.stderr}")
            texts.append(result.stdout)
        (context / "Dockerfile").write_text(texts[1], encoding="utf-8")
        return context, same_but_for_the_key(*texts)

    def build(self, engine, context, tag, dockerfile=None, address=None, **options):
        """Builds with the server's address and the secret; a failure names its cause."""
        build = engine.build(context, tag, dockerfile, address=address or self.server.address,
                             secrets={"token": self.folder / "token"}, **options)
        fingerprints = []
        served = self.folder / "served" / self.server.state
        for file in served.rglob("*.pub"):
            found = subprocess.run(["gpg", "--homedir", self.keys[KEY_12].home, "--with-colons", "--show-keys", file],
                                   capture_output=True, text=True, check=False).stdout
            fingerprints += re.findall("^fpr:+([0-9A-F]{40}):", found, re.MULTILINE)
        build.cause = "" if build.succeeded else cause(build.output, sorted(set(fingerprints)))
        return build

    def example(self, name):
        """A shipped example's context."""
        return pathlib.Path(os.path.join(machine.ROOT, "Examples", name, "app.yaml"))


def same_but_for_the_key(real, test):
    """Whether two files differ in nothing but a fingerprint and the file's checksum."""
    hidden = [re.sub("fpr:+[0-9A-F]{40}:", "fpr:", re.sub("^# checksum .*", "", text, flags=re.MULTILINE))
              for text in (real, test)]
    return hidden[0] == hidden[1]

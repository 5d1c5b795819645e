"""Everything that builds need, set up once: keys, repositories, NVIDIA's server, a catalogue that names the keys."""

import os
import pathlib
import re
import secrets
import shutil
import subprocess

from builds import bases, machine
from builds.causes import cause
from builds.packages import CUDA_12, CUDA_13, NEWER, Wheel, packages_of
from builds.repository import Key, Repositories, publish_rpm, write
from builds.server import MIRROR, MirrorServer, Server, TestCA

CASES = machine.ROOT / "Tests" / "Builds"
KEY_12, KEY_13 = "3bf863cc.pub", "8793F200.pub"
# What the base flavor of CUDA 12.6.3 installs, and a revision that it must not take.
RPMS = (("cuda-cudart-12-6", "12.6.77", "1"), ("cuda-cudart-12-6", "12.6.99", "1"), ("cuda-compat-12-6", "560.35.05", "1"))
RPM_FOLDERS = ("/nvidia/compute/cuda/repos/rhel9/x86_64", "/rocky9")
# The pip is the one that generated files install (PythonTools).
SITE_WHEELS = (Wheel("click", "8.1.8"), Wheel("pip", "26.3"))


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
        self.site()
        # A secret that exists nowhere else, so that finding it in an image proves a leak.
        self.secret = secrets.token_hex(24).encode()
        (folder / "token").write_bytes(self.secret)
        self.base_contexts = {
            suite: bases.context(folder / "bases" / suite, suite, self.mirror, self.authority)
            for suite in ("bookworm", "trixie")}
        self.rpm_base = bases.rpm_context(folder / "bases" / "rpm", "debian:12")
        self.official_base = bases.official_context(folder / "bases" / "official", "bookworm", self.mirror)

    def site(self):
        """A site's own server: NVIDIA's packages signed with a key of the site's, wheels, and Debian's archives."""
        self.site_key = Key.make(self.folder / "gpg-site")
        # The same packages, another signature.
        self.repositories.publish("site/nvidia", "debian12", self.packages_12, self.site_key, KEY_12)
        folder = self.folder / "served" / "site"
        for file in machine.wheels(SITE_WHEELS).values():
            project = folder / "pypi/simple" / file.name.split("-")[0]
            project.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, project)
            write(project / "index.html", f'<!DOCTYPE html><a href="{file.name}">{file.name}</a>\n')
        # Two revisions, so that a pin that dnf does not understand would take the newer one.
        for path, packages in zip(RPM_FOLDERS, (RPMS, ())):
            publish_rpm(folder / path.lstrip("/"), packages, self.site_key)
        login = ("site", secrets.token_hex(24))
        archives = {"debian": self.mirror.main}
        if self.mirror.security:
            archives["debian-security"] = self.mirror.security
        self.site_server = MirrorServer(folder, self.authority, archives, login, public=RPM_FOLDERS)
        machine_line = f"machine {MIRROR} login {login[0]} password {login[1]}\n"
        self.site_password = login[1].encode()
        for name in ("apt-login", "netrc"):
            write(self.folder / name, machine_line)

    def site_files(self):
        """What a site's people put into the build context, and the options that name it."""
        repository = f"[site]\nname=site\nbaseurl=https://{MIRROR}/rocky9\nenabled=1\ngpgcheck=1\n"
        repository += "gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-NVIDIA\n"
        files = {"site/rocky9.repo": repository.encode(), "site/nvidia.asc": self.site_key.public(), "site/authority.pem": self.authority.certificate.read_bytes()}
        return files, ("--set", f"mirrors.nvidia-key.fingerprint={self.site_key.fingerprint}")

    def publish(self, state, more=()):
        for name in ("debian12", "ubuntu2204"):
            self.repositories.publish(state, name, [*self.packages_12, *more], self.keys[KEY_12], KEY_12)
        self.repositories.publish(state, "debian13", self.packages_13, self.keys[KEY_13], KEY_13)

    def close(self):
        self.server.close()
        self.site_server.close()
        for key in (*self.keys.values(), self.site_key):
            key.close()

    def generate(self, name, *arguments, recipe=None, files=()):
        """A context with the Dockerfile that cudagen generates, and whether it is what a user gets but for the key."""
        context = self.folder / "contexts" / name
        if context.exists():
            shutil.rmtree(context)
        shutil.copytree(recipe.parent, context) if recipe else context.mkdir(parents=True)
        for path, data in dict(files).items():
            (context / path).parent.mkdir(parents=True, exist_ok=True)
            (context / path).write_bytes(data)
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
        names = ("token", "apt-login", "netrc")
        build = engine.build(context, tag, dockerfile, address=address or self.server.address,
                             secrets={name: self.folder / name for name in names}, **options)
        build.cause = "" if build.succeeded else cause(build.output)
        return build

    def example(self, name):
        """A shipped example's context."""
        return pathlib.Path(os.path.join(machine.ROOT, "Examples", name, "app.yaml"))


def same_but_for_the_key(real, test):
    """Whether two files differ in nothing but a fingerprint and the file's checksum."""
    hidden = [re.sub(r"\b[0-9A-F]{40}\b", "", re.sub("^# checksum .*", "", text, flags=re.MULTILINE))
              for text in (real, test)]
    return hidden[0] == hidden[1]

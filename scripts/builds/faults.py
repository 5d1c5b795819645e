"""Plants faults, and asks that each is reported by its cause: a check that can't fail proves nothing."""

import re
import shutil

from builds import layers
from builds.cases import NOWHERE, Cases
from builds.packages import Package
from builds.report import Report
from builds.repository import Key
from builds.workshop import CASES, KEY_12, KEY_13


class Silent(Report):
    """Collects what would be reported."""

    def __init__(self):
        super().__init__()
        self.found = []

    def check(self, name, succeeded, why=""):
        if not succeeded:
            self.found.append(f"{name}: {why}")
        return succeeded


class Faults:
    def __init__(self, workshop, engine, report):
        self.shop, self.engine, self.report = workshop, engine, report

    def run(self):
        self.states()
        cases = Cases(self.shop, self.engine, self.report)
        for suite, tag in (("bookworm", "debian:12"), ("trixie", "debian:13")):
            self.report.check(f"stand-in {tag}", self.engine.build(self.shop.base_contexts[suite], tag).succeeded)
        self.base_layers = layers.count(self.engine, "debian:12")
        debian = ("--cuda", "12.4.1", "--base", "debian:12", "--flavor", "base")
        self.context, _ = self.shop.generate("plain", *debian)
        # Faults of the key first: the step that fetches it has not succeeded yet, so that no cache can hide them.
        self.expect("a mirror that does not answer", r"^mirror: it does not answer: Failed to connect to "
                    r"developer\.download\.nvidia\.com", address=NOWHERE)
        self.expect("a mirror without the key file", r"^mirror: it has no such file: The requested URL returned error: 404",
                    state="no-key")
        self.expect("a key file of another key", r"^key: the Dockerfile expects [0-9A-F]{40}, and it is [0-9A-F]{40}$",
                    state="other-key")
        self.expect("a key file with a second key", r"^key: beside [0-9A-F]{40} the file has [0-9A-F]{40}$",
                    state="second-key")
        self.expect("a repository signed by another key", r"^key: the repository is signed with [0-9A-F]+, which is not",
                    state="other-signer")
        self.expect("a pin that does not exist", r"^pin: no repository has cuda-cudart-12-4=12\.4\.127-1$", state="no-pin")
        self.expect("a package that was changed", r"^package: it is not the one that the index names", state="changed")
        debian13, _ = self.shop.generate("plain13", "--cuda", "13.0.2", "--base", "debian:13", "--flavor", "base")
        self.expect("a key bound by SHA-1, on Debian 13", r"^key: apt does not accept it: SHA1 is not considered secure",
                    state="sha1", context=debian13)
        self.application(cases)

    def states(self):
        """What a server in trouble has."""
        shop, publish = self.shop, self.shop.repositories.publish
        own, other = shop.keys[KEY_12], Key.make(shop.folder / "gpg-other")
        shop.keys["other"] = other
        packages = shop.packages_12
        publish("no-pin", "debian12", [package for package in packages if package.name != "cuda-cudart-12-4"]
                + [Package("cuda-cudart-12-4", "12.4.99-1")], own, KEY_12)
        publish("other-key", "debian12", packages, other, KEY_12)
        second = publish("second-key", "debian12", packages, own, KEY_12) / KEY_12
        second.unlink()  # it may be a link to the good one
        second.write_bytes(own.public() + other.public())
        publish("other-signer", "debian12", packages, other, KEY_12, key=own)
        (publish("no-key", "debian12", packages, own, KEY_12) / KEY_12).unlink()
        changed = publish("changed", "debian12", packages, own, KEY_12) / "cuda-cudart-12-4_12.4.127-1_amd64.deb"
        data = bytearray(changed.read_bytes())
        data[-1] ^= 1
        changed.unlink()  # it is a link to the good one
        changed.write_bytes(data)
        # As NVIDIA's 3bf863cc: only the key's own binding uses SHA-1, the repository's signature does not.
        weak = Key.make(shop.folder / "gpg-sha1", "--cert-digest-algo", "SHA1", "--allow-weak-key-signatures")
        shop.keys["sha1"] = weak
        publish("sha1", "debian13", shop.packages_13, weak, KEY_13)

    def expect(self, name, cause, state="today", context=None, address=None):
        """Builds with a fault and compares the cause."""
        self.shop.server.state = state
        context = context or self.context
        dockerfile = context / "Dockerfile"
        if state == "sha1":
            # Its fingerprint is right, so that it is apt that refuses it.
            text = dockerfile.read_text().replace(self.shop.keys[KEY_13].fingerprint, self.shop.keys["sha1"].fingerprint)
            dockerfile.write_text(text, encoding="utf-8")
        build = self.shop.build(self.engine, context, "faulty", address=address)
        self.report.check(f"planted: {name}", not build.succeeded and re.search(cause, build.cause),
                          "the build succeeded" if build.succeeded else build.cause)
        if not build.succeeded:
            print(f"        {build.cause}")
        self.shop.server.state = "today"

    # MARK: faults of the application's own

    def application(self, cases):
        """Each fault is planted into a small image; the check that looks for it has to find it."""
        recipe = CASES / "toolkit" / "app.yaml"
        context, _ = self.shop.generate("toolkit", recipe=recipe)
        (context / "toolkit.py").unlink()
        build = self.shop.build(self.engine, context, "faulty")
        self.report.check("planted: a source that is not there", build.cause == "COPY: the build context has no toolkit.py",
                          build.cause)
        print(f"        {build.cause}")
        shutil.copy(recipe.parent / "toolkit.py", context)
        dockerfile = context / "Dockerfile"
        good = dockerfile.read_text()
        self.shop.server.state = "tomorrow"
        planted = [
            ("no hold before an upgrade", r"RUN apt-mark hold '\*[^\n]*(?:\\\n[^\n]*)*\n", "",
             lambda it: it.versions("toolkit", {"cuda-cudart-12-4": "12.4.127-1"}), "found .*12.4.127-2"),
            ("package lists in a layer", r"apt-get upgrade -y && rm -rf /var/lib/apt/lists/\*", "apt-get upgrade -y",
             lambda it: it.layers("toolkit"), "keeps /var/lib/apt/lists/"),
            ("a secret in a layer", r"(USER 20001)",
             r"RUN --mount=type=secret,id=token cat /run/secrets/token > /srv/copy\n\1",
             lambda it: it.layers("toolkit"), "holds the secret token"),
            ("root as the user", r"USER 20001:20002\n", "",
             lambda it: it.equal("user", it.facts("toolkit")["uid"], 20001), "found 0, expected 20001"),
            ("a library that the linker does not know", r"(USER 20001)",
             r"RUN rm -f /etc/ld.so.conf.d/*cuda* && ldconfig\n\1",
             lambda it: it.libraries("toolkit", ("libcudart.so.12",)), "not libcudart.so.12"),
        ]
        for name, pattern, replacement, check, wanted in planted:
            text, count = re.subn(pattern, replacement, good, count=1)
            if not self.report.check(f"planted: {name}: there is a place for it", count == 1):
                continue
            dockerfile.write_text(text, encoding="utf-8")
            build = self.shop.build(self.engine, context, "toolkit")
            if not self.report.check(f"planted: {name}: builds", build.succeeded, build.cause):
                continue
            silent = Silent()
            judge = Cases(self.shop, self.engine, silent)
            judge.base_layers = self.base_layers
            check(judge)
            found = " ".join(silent.found)
            self.report.check(f"planted: {name}", re.search(wanted, found), found[:500] or "nothing was found")

"""What this machine has and lends to builds: tools, Debian's mirror, certificates, and the settings of apt and pip.

Nothing of it is written into the repository: it goes into stand-in images, which are thrown away.
"""

import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import venv as standard_venv
from urllib.parse import urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".build-cache"

# Debian and Ubuntu name them the same.
TOOLS = {
    "debootstrap": "debootstrap", "gpg": "gnupg", "openssl": "openssl", "dpkg-deb": "dpkg", "rpmbuild": "rpm",
    "createrepo_c": "createrepo-c",
}
ENGINE_TOOLS = {"docker": {"dockerd": "docker.io"}, "buildah": {"buildah": "buildah"}}


class Unusable(Exception):
    """The machine lacks something; the message says what, and what to do."""


def command(*words, **options):
    """Runs a command whose failure is nobody's fault but the machine's."""
    result = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    if result.returncode != 0:
        last = (result.stderr or result.stdout).strip().splitlines()[-5:]
        raise Unusable(f"{' '.join(map(str, words))}: exit code {result.returncode}\n" + "\n".join(last))
    return result.stdout


def find(tool):
    """Where a program is; those of the system's administrator are not on everybody's path."""
    for folder in (*os.environ.get("PATH", os.defpath).split(os.pathsep), "/usr/sbin", "/sbin"):
        if os.access(os.path.join(folder, tool), os.X_OK):
            return os.path.join(folder, tool)
    return None


def install(engines):
    """Installs the tools that are missing."""
    if os.geteuid() != 0:
        raise Unusable("run this as root: debootstrap and the engines need it")
    wanted = dict(TOOLS)
    for engine in engines:
        wanted |= ENGINE_TOOLS[engine]
    missing = sorted(package for tool, package in wanted.items() if not find(tool))
    if not missing:
        return
    if not find("apt-get"):
        raise Unusable(f"this script knows Debian and Ubuntu only; install yourself: {' '.join(missing)}")
    command("apt-get", "update", "-qq")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, env=environment)


@dataclasses.dataclass(frozen=True)
class Mirror:
    """Debian's archive and its security archive, as this machine reaches them."""

    main: str
    security: str | None

    @classmethod
    def find(cls):
        """The mirror that CUDAGEN_DEBIAN_MIRROR names, or the one that this machine installs from."""
        if named := os.environ.get("CUDAGEN_DEBIAN_MIRROR"):
            return cls(named, os.environ.get("CUDAGEN_DEBIAN_SECURITY_MIRROR"))
        form = "$(LABEL) $(COMPONENT) $(REPO_URI)"
        found = {}
        for line in command("apt-get", "indextargets", "--format", form, "Created-By: Packages").splitlines():
            label, component, uri = line.rsplit(" ", 2)
            if component == "main":
                found.setdefault(label, uri)
        if "Debian" not in found:
            raise Unusable("apt knows no Debian archive here; name one: CUDAGEN_DEBIAN_MIRROR=URL")
        return cls(found["Debian"], found.get("Debian-Security"))

    def sources(self, suite):
        lines = [f"deb {self.main} {suite} main", f"deb {self.main} {suite}-updates main"]
        if self.security:
            lines.append(f"deb {self.security} {suite}-security main")
        return "\n".join(lines) + "\n"


def apt_settings(mirror, bundle, hosts=True):
    """This machine's proxies and exceptions for apt; a mirror behind HTTPS is checked with the file `bundle`.

    Without `hosts`, only what is said of no host.
    """
    wanted = re.compile(r"^Acquire::(Check-Valid-Until|Check-Date|Retries" + (r"|https?::(.*::)?Proxy" if hosts else "") + ") ")
    lines = [line for line in command("apt-config", "dump").splitlines() if wanted.match(line)]
    if not hosts:
        return "\n".join(lines) + "\n"
    for url in {mirror.main, mirror.security or mirror.main}:
        if urlsplit(url).scheme == "https":
            lines.append(f'Acquire::https::{urlsplit(url).hostname}::CAInfo "{bundle}";')
    return "\n".join(lines) + "\n"


def certificates():
    """Certificates that this machine's administrator trusts beside the usual ones, by file name."""
    folder = pathlib.Path("/usr/local/share/ca-certificates")
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*.crt"))} if folder.exists() else {}


def proxies():
    """The environment's proxies, which builders hand on to commands."""
    names = ("http_proxy", "https_proxy", "no_proxy")
    return {name: value for name in names if (value := os.environ.get(name) or os.environ.get(name.upper()))}


def python():
    """A Python with pip, in the cache."""
    folder = CACHE / "venv"
    if not (folder / "bin/pip").exists():
        standard_venv.create(folder, clear=True, with_pip=True)
    return str(folder / "bin/python")


def pip_settings():
    """Files that make pip and uv in a build ask the index that this machine asks, by path."""
    settings = {}
    for line in command(python(), "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        key = name.rsplit(".", 1)[-1].replace("_", "-")
        if key in ("index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout"):
            settings[key.replace("default-timeout", "timeout")] = value.strip("'\"").replace("\\n", "\n    ")
    # uv has its own list of certificates unless it is told to take the system's.
    files = {"etc/uv/uv.toml": "native-tls = true\n"}
    if settings:
        files["etc/pip.conf"] = "[global]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items())
    if index := settings.get("index-url"):
        files["etc/uv/uv.toml"] += f'[[index]]\nurl = "{index}"\ndefault = true\n'
    return files


def wheels(wanted):
    """Fetches wheels once; returns their files."""
    folder = CACHE / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for wheel in wanted:
        pattern = f"{wheel.project.replace('-', '_')}-{wheel.version}-*.whl"
        if not list(folder.glob(pattern)):
            command(python(), "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
                    "--only-binary=:all:", "--dest", str(folder), str(wheel))
        found[wheel] = next(folder.glob(pattern))
    return found


def cudagen():
    """The program as it was built last."""
    folder = command("swift", "build", "--show-bin-path", cwd=ROOT).strip()
    program = pathlib.Path(folder) / "cudagen"
    if not program.exists():
        raise Unusable(f"there is no {program}; build it with 'swift build'")
    return program


def say(text):
    print(text, flush=True)
    sys.stdout.flush()

"""Stand-ins for base images: Debian from debootstrap, with what official images have and this machine needs."""

import shutil
import tempfile

from builds import machine
from builds.repository import write

# Writes need not be safe in a layer.
SPEED_UP = "force-unsafe-io\n"
# As Debian's and Ubuntu's official images have them: no caches in layers, and no starting of services.
DOCKER_CLEAN = """\
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
"""
BUNDLE = "/usr/local/share/machine-certificates.pem"


def root(suite, mirror):
    """The archive of a minimal root file system, made once."""
    archive = machine.CACHE / f"{suite}.tar"
    if archive.exists():
        return archive
    machine.CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cudagen-root-") as folder:
        machine.command(machine.find("debootstrap"), "--variant=minbase", suite, folder, mirror.main)
        shutil.rmtree(f"{folder}/var/lib/apt/lists")
        shutil.rmtree(f"{folder}/var/cache/apt/archives")
        partial = archive.with_suffix(".partial")
        # Builders bring their own devices.
        machine.command("tar", "--create", "--file", str(partial), "--directory", folder, "--numeric-owner",
                        "--exclude=./dev/*", "--exclude=./proc/*", "--exclude=./sys/*", ".")
        partial.rename(archive)
    return archive


OFFICIAL = """\
Types: deb
URIs: http://base.debian.org/debian
Suites: {0} {0}-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://base.debian.org/debian-security
Suites: {0}-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
"""


def official_context(folder, suite, mirror):
    """A build context for the official image as it is: with Debian's own sources, and nothing of this machine's hosts."""
    folder.mkdir(parents=True)
    shutil.copyfile(root(suite, mirror), folder / "root.tar")
    files = folder / "files"
    write(files / "etc/apt/sources.list", "")
    write(files / "etc/apt/sources.list.d/debian.sources", OFFICIAL.format(suite))
    write(files / "etc/apt/apt.conf.d/docker-clean", DOCKER_CLEAN)
    write(files / "etc/dpkg/dpkg.cfg.d/docker-apt-speedup", SPEED_UP)
    write(files / "etc/apt/apt.conf.d/docker-no-languages", 'Acquire::Languages "none";\n')
    # A machine whose archive is of another day needs its exceptions here, too.
    write(files / "etc/apt/apt.conf.d/99machine", machine.apt_settings(mirror, BUNDLE, hosts=False))
    write(files / "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n").chmod(0o755)
    write(folder / "Dockerfile", 'FROM scratch\nADD root.tar /\nCOPY files/ /\nCMD ["bash"]\n')
    return folder


def rpm_context(folder, context_of_debian):
    """A build context for a base with dnf: Debian's own build of it, on Debian, with repositories that nobody has."""
    folder.mkdir(parents=True)
    write(folder / "rocky.repo", "[base]\nname=base\nbaseurl=https://mirrors.rockylinux.org/nowhere\nenabled=1\n")
    # What Red Hat's images call differently: their bundle of certificates, and the program that makes it.
    write(folder / "update-ca-trust", "#!/bin/sh -e\ncp /etc/pki/ca-trust/source/anchors/* /usr/local/share/ca-certificates/\n"
          "update-ca-certificates\nmkdir -p /etc/pki/tls/certs\n"
          "ln -sf /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt\n").chmod(0o755)
    write(folder / "Dockerfile", f"""\
FROM {context_of_debian}
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl dnf gnupg rpm \\
    && ln -s dnf /usr/bin/yum && echo 9 > /etc/dnf/vars/releasever && rm -rf /var/lib/apt/lists/*
COPY rocky.repo /etc/yum.repos.d/
COPY update-ca-trust /usr/bin/
""")
    return folder


def context(folder, suite, mirror, authority):
    """A build context whose Dockerfile makes the stand-in for the official image of a Debian release."""
    folder.mkdir(parents=True)
    shutil.copyfile(root(suite, mirror), folder / "root.tar")
    files = folder / "files"
    write(files / "etc/apt/sources.list", mirror.sources(suite))
    write(files / "etc/apt/apt.conf.d/docker-clean", DOCKER_CLEAN)
    write(files / "etc/dpkg/dpkg.cfg.d/docker-apt-speedup", SPEED_UP)
    write(files / "etc/apt/apt.conf.d/docker-no-languages", 'Acquire::Languages "none";\n')
    write(files / "etc/apt/apt.conf.d/99machine", machine.apt_settings(mirror, BUNDLE))
    write(files / "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n").chmod(0o755)
    for path, text in machine.pip_settings().items():
        write(files / path, text)
    # The package ca-certificates adds these to its bundle when it is installed, as the generated files must do.
    for name, data in machine.certificates().items() | {("cudagen-test-ca.crt", authority.certificate.read_bytes())}:
        path = files / "usr/local/share/ca-certificates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    system = "/etc/ssl/certs/ca-certificates.crt"
    if mirror.main.startswith("https:"):
        shutil.copyfile(system, files / BUNDLE.lstrip("/"))
    write(folder / "Dockerfile", 'FROM scratch\nADD root.tar /\nCOPY files/ /\nCMD ["bash"]\n')
    return folder

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

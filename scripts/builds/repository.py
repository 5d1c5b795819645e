"""Makes .deb packages, signs an apt repository with a throw-away key, and lays it out as NVIDIA's server does."""

import dataclasses
import gzip
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import zipfile
from email.utils import formatdate


def build_package(package, pool, wheels, is_big):
    """Makes `package`'s .deb in the folder `pool`, and returns its entry for the index."""
    tree = pool / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    write(tree / f"usr/share/doc/{package.name}/copyright", "A stand-in for tests, not made by NVIDIA.\n")
    if package.wheel and (is_big or not package.is_big):
        with zipfile.ZipFile(wheels[package.wheel]) as wheel:
            for source, folder in package.unpack:
                unpack(wheel, source, tree / folder, package.wheel.version)
    for path, text in package.files:
        write(tree / path, text)
    for link, target in package.links:
        (tree / link).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(target, tree / link)
    control = [
        f"Package: {package.name}", f"Version: {package.version}", f"Architecture: {package.architecture}",
        "Maintainer: cudagen's tests <nobody@invalid>", "Section: devel", "Priority: optional",
    ]
    if package.depends:
        control.append("Depends: " + ", ".join(package.depends))
    control.append("Description: stand-in for tests, not made by NVIDIA")
    write(tree / "DEBIAN/control", "\n".join(control) + "\n")
    if package.postinst:
        write(tree / "DEBIAN/postinst", package.postinst).chmod(0o755)
    file = pool / f"{package.name}_{package.version}_{package.architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, file],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    data = file.read_bytes()
    return "\n".join([*control, f"Filename: ./{file.name}", f"Size: {len(data)}",
                      f"SHA256: {hashlib.sha256(data).hexdigest()}"]) + "\n"


def unpack(wheel, source, folder, version):
    """Copies a file or a folder of a wheel; a library gets its whole version as in NVIDIA's packages, and a link."""
    names = [name for name in wheel.namelist() if name == source or name.startswith(source + "/")]
    if not names:
        raise FileNotFoundError(f"{wheel.filename} has no {source}")
    for name in names:
        inside = pathlib.PurePosixPath(name)
        if name.endswith("/") or inside.name == "__init__.py":
            continue
        relative = inside.name if name == source else inside.relative_to(source)
        target = folder / relative
        soname = re.fullmatch(r"(.+\.so\.)([0-9.]+)", inside.name)
        if soname and version.startswith(soname[2] + "."):
            os.makedirs(target.parent, exist_ok=True)
            os.symlink(soname[1] + version, target)
            target = target.with_name(soname[1] + version)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wheel.read(name))
        target.chmod(0o755 if "bin" in target.parts or soname else 0o644)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@dataclasses.dataclass(frozen=True)
class Key:
    """A throw-away signing key; `home` is the folder of gpg that has its secret part."""

    home: pathlib.Path
    fingerprint: str

    @classmethod
    def make(cls, home, *options):
        home.mkdir(mode=0o700, parents=True)
        key = cls(home, "")
        key.gpg(*options, "--passphrase", "", "--quick-generate-key",
                "cudatools (stand-in for tests) <cudatools@invalid>", "rsa2048", "sign", "never")
        listing = key.gpg("--with-colons", "--fingerprint").stdout.decode()
        return cls(home, re.search(r"^fpr:+([0-9A-F]{40}):", listing, re.MULTILINE)[1])

    def gpg(self, *arguments, **options):
        command = ["gpg", "--homedir", self.home, "--batch", "--quiet", "--yes", *arguments]
        return subprocess.run(command, check=True, capture_output=True, **options)

    def public(self):
        return self.gpg("--armor", "--export").stdout

    def close(self):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], check=False)


def publish_rpm(folder, packages, signer):
    """A repository for dnf in `folder`: hollow packages as (name, version, release), each signed."""
    work = folder.parent / "rpmbuild"
    for name, version, release in packages:
        spec = write(work / f"{name}.spec", f"""\
Name: {name}
Version: {version}
Release: {release}
Summary: stand-in for tests, not made by NVIDIA
License: none
%description
Stand-in for tests.
%install
mkdir -p %{{buildroot}}/usr/share/doc/{name}
echo {version} > %{{buildroot}}/usr/share/doc/{name}/version
%files
/usr/share/doc/{name}
""")
        subprocess.run(["rpmbuild", "-bb", "--quiet", "--target", "x86_64", "--define", f"_topdir {work}", "--define",
                        f"_rpmdir {work}/made", spec], check=True, capture_output=True)
    folder.mkdir(parents=True)
    for file in (work / "made").rglob("*.rpm"):
        subprocess.run(["rpmsign", "--define", f"_gpg_name {signer.fingerprint}", "--define", f"_gpg_path {signer.home}",
                        "--define", "__gpg /usr/bin/gpg", "--addsign", file], check=True, capture_output=True)
        shutil.copy(file, folder)
    subprocess.run(["createrepo_c", "--quiet", folder], check=True, capture_output=True)
    shutil.rmtree(work, ignore_errors=True)


class Repositories:
    """States of NVIDIA's server below one folder: each state is what is served at one time."""

    def __init__(self, folder, wheels, is_big):
        self.folder, self.wheels, self.is_big = folder, wheels, is_big
        self.pool = folder / "pool"
        self.pool.mkdir(parents=True)
        self.entries = {}

    def entry(self, package):
        if package not in self.entries:
            self.entries[package] = build_package(package, self.pool, self.wheels, self.is_big)
        return self.entries[package]

    def publish(self, state, name, packages, signer, key_file, key=None):
        """Publishes a repository such as `debian12`, signed by `signer`; `key` is served, the signer's if not named."""
        folder = self.folder / state / "compute/cuda/repos" / name / "x86_64"
        folder.mkdir(parents=True)
        index = "\n".join(self.entry(package) for package in packages).encode()
        for package in packages:
            file = f"{package.name}_{package.version}_{package.architecture}.deb"
            os.link(self.pool / file, folder / file)
        (folder / key_file).write_bytes((key or signer).public())
        indexes = {"Packages": index, "Packages.gz": gzip.compress(index)}
        release = f"Origin: NVIDIA\nLabel: NVIDIA CUDA\nArchitectures: amd64\nDate: {formatdate(usegmt=True)}\nSHA256:\n"
        for file, data in indexes.items():
            (folder / file).write_bytes(data)
            release += f" {hashlib.sha256(data).hexdigest()} {len(data)} {file}\n"
        write(folder / "Release", release)
        signer.gpg("--armor", "--detach-sign", "--output", folder / "Release.gpg", folder / "Release")
        signer.gpg("--clearsign", "--output", folder / "InRelease", folder / "Release")
        return folder

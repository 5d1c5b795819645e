"""Reads the package repositories that an image knows, and the keys that verify them."""

import configparser
import fnmatch
import posixpath
import re

from judges.words import Unreadable

APT_LINE = re.compile(r"deb \[signed-by=(\S+)\] (\S+) /")
VERIFIED = {"enabled": "1", "gpgcheck": "1"}


def read_repositories(image):
    """Adds repositories and keys to the image's contents."""
    for path in fnmatch.filter(image.files, "/etc/apt/sources.list.d/*.list"):
        for line in image.files[path].lines:
            match = APT_LINE.fullmatch(line)
            if not match:
                raise Unreadable(f"{path}: {line!r} names no key for the repository")
            add(image, match[2], match[1], "dearmored")
    for folder in ("/etc/yum.repos.d", "/etc/zypp/repos.d"):
        for path in fnmatch.filter(image.files, folder + "/*.repo"):
            read_ini(image, path)


def read_ini(image, path):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string("\n".join(image.files[path].lines))
    for name in parser.sections():
        section = dict(parser[name])
        if not VERIFIED.items() <= section.items() or section.keys() - VERIFIED.keys() - {"name", "baseurl", "gpgkey"}:
            raise Unreadable(f"{path}: [{name}] does not verify its packages, or has unknown settings: {section}")
        key = section["gpgkey"].removeprefix("file://")
        if path.startswith("/etc/zypp") and key not in image.imported_keys:
            raise Unreadable(f"{path}: the key was not imported, zypper would ask")
        add(image, section["baseurl"], key, "without Version line")


def add(image, url, key_path, change):
    key = image.files.get(key_path)
    if key is None or key.url is None or not key.url.endswith(".pub") or key.changes != (change,):
        raise Unreadable(f"{key_path} is not a key that was fetched and {change}")
    if len(key.checks) != 1:
        raise Unreadable(f"key {key.url} was not checked")
    image.contents.repositories.add(url)
    for kind, digits in key.checks:
        image.contents.keys.add((posixpath.basename(key.url).removesuffix(".pub"), kind, digits))
    # The key comes from the repository's own folder, of whichever architecture.
    if "/compute/cuda/" in url and folder(url) != folder(posixpath.dirname(key.url)):
        raise Unreadable(f"key {key.url} is not from the repository {url}")


def folder(url):
    """The operating system's folder of a repository: `…/ubuntu2004` of `…/ubuntu2004/x86_64`."""
    return posixpath.dirname(url)

"""Two builders that other people wrote: Docker Engine with BuildKit, and buildah. Each runs apart from any other one."""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import time

from builds import machine
from builds.server import HOST


@dataclasses.dataclass
class Build:
    """What one build printed. `steps` are (instruction, whether it came from the cache)."""

    succeeded: bool
    output: str
    seconds: float
    steps: list


class Engine:
    """What both engines are asked for."""

    name = ""

    def __init__(self, folder):
        self.folder = folder
        self.environment = os.environ | {"TMPDIR": str(folder / "tmp")}
        (folder / "tmp").mkdir(parents=True)

    def call(self, *words, check=True, **options):
        result = subprocess.run([*self.prefix(), *words], capture_output=True, text=True, check=False,
                                env=self.environment, errors="replace", **options)
        if check and result.returncode != 0:
            raise RuntimeError(f"{self.name} {' '.join(map(str, words[:3]))} …: {result.stderr.strip()[-2000:]}")
        return result

    def build(self, context, tag, dockerfile=None, address=None, secrets=None, arguments=None, options=()):
        words = [*self.build_words(), "--tag", tag, "--file", str(dockerfile or pathlib.Path(context) / "Dockerfile"),
                 "--network", "host", *options]
        if address:
            words += ["--add-host", f"{HOST}:{address}"]
        for name, file in (secrets or {}).items():
            words += ["--secret", f"id={name},src={file}"]
        for name, value in (machine.proxies() | (arguments or {})).items():
            words += ["--build-arg", f"{name}={value}"]
        start = time.monotonic()
        result = self.call(*words, str(context), check=False, timeout=900)
        output = result.stdout + result.stderr
        return Build(result.returncode == 0, output, time.monotonic() - start, self.steps(output))

    def start(self):
        """Gets ready; the default is that there is nothing to do."""

    def stop(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def layers(self, image):
        """Yields (index, archive of a layer, its bytes) of an image, the lowest first, and its configuration last."""
        archive = self.folder / "tmp" / "image.tar"
        self.save(image, archive)
        try:
            with tarfile.open(archive) as outer:
                manifest = json.load(outer.extractfile("manifest.json"))[0]
                for index, name in enumerate(manifest["Layers"]):
                    data = outer.extractfile(name).read()
                    yield index, data
                yield None, outer.extractfile(manifest["Config"]).read()
        finally:
            archive.unlink(missing_ok=True)


class Docker(Engine):
    """A Docker Engine of its own: its daemon, socket and images are in `folder`."""

    name = "docker"

    def __init__(self, folder):
        super().__init__(folder)
        self.socket = f"unix://{folder}/docker.sock"
        self.daemon, self.log = None, folder / "dockerd.log"
        self.environment |= {"DOCKER_BUILDKIT": "1", "DOCKER_CONFIG": str(folder / "client")}
        # The daemon's own client: another one on the path may need a plugin for BuildKit.
        self.client = "/usr/bin/docker" if os.access("/usr/bin/docker", os.X_OK) else machine.find("docker")

    def prefix(self):
        return [self.client, "--host", self.socket]

    def build_words(self):
        return ["build", "--progress", "plain", "--pull=false"]

    def start(self):
        (self.folder / "client").mkdir()
        configuration = self.folder / "daemon.json"
        # No bridge and no firewall rules: builds share the machine's network, containers have none.
        configuration.write_text(json.dumps({
            "iptables": False, "bridge": "none", "oom-score-adjust": 0, "features": {"buildkit": True},
            "data-root": str(self.folder / "data"), "exec-root": str(self.folder / "exec"),
            "pidfile": str(self.folder / "docker.pid"), "hosts": [self.socket],
            "default-ulimits": {"nofile": {"Name": "nofile", "Hard": 4096, "Soft": 4096}},
        }), encoding="utf-8")
        with self.log.open("w") as log:
            self.daemon = subprocess.Popen([machine.find("dockerd"), "--config-file", configuration], stdout=log,
                                           stderr=log, env=self.environment, start_new_session=True)
        for _ in range(300):
            if self.daemon.poll() is not None:
                break
            if self.call("version", check=False).returncode == 0:
                return
            time.sleep(0.2)
        last = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        self.stop()
        raise machine.Unusable(f"dockerd does not start:\n{last}")

    def stop(self):
        if self.daemon and self.daemon.poll() is None:
            self.daemon.terminate()
            try:
                self.daemon.wait(60)
            except subprocess.TimeoutExpired:
                self.daemon.kill()
                self.daemon.wait()
        super().stop()

    def steps(self, output):
        names, cached = {}, set()
        for line in output.splitlines():
            if found := re.match(r"#(\d+) \[(?:[^]]* )?\d+/\d+\] (.*)", line):
                names.setdefault(found[1], found[2])
            elif found := re.match(r"#(\d+) CACHED", line):
                cached.add(found[1])
        return [(name, number in cached) for number, name in names.items()]

    def tag(self, image, *names):
        for name in names:
            self.call("tag", image, name)

    def configuration(self, image):
        return json.loads(self.call("image", "inspect", image).stdout)[0]["Config"]

    def save(self, image, archive):
        self.call("save", "--output", str(archive), image)

    def run(self, image, *words, user=None, entrypoint=None, address=None):
        """Runs a container to its end; without words the image's own command."""
        options = ["--rm", "--network", "host" if address else "none"]
        if address:
            options += ["--add-host", f"{HOST}:{address}"]
        if user is not None:
            options += ["--user", user]
        if entrypoint is not None:
            options += ["--entrypoint", entrypoint]
        return self.call("run", *options, image, *words, check=False, timeout=120)

    def version(self):
        return "Docker Engine " + self.call("version", "--format", "{{.Server.Version}}").stdout.strip()


class Buildah(Engine):
    """buildah with storage of its own. It builds; of running it can only start commands in an image's root."""

    name = "buildah"

    def __init__(self, folder):
        super().__init__(folder)
        # Short names are looked up where Docker looks; nothing is ever pulled.
        (folder / "registries.conf").write_text(
            'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "disabled"\n', encoding="utf-8")
        self.environment |= {"CONTAINERS_REGISTRIES_CONF": str(folder / "registries.conf"),
                             "BUILDAH_ISOLATION": "chroot"}
        self.driver = "overlay"

    def prefix(self):
        return [machine.find("buildah"), "--root", str(self.folder / "storage"), "--runroot",
                str(self.folder / "run"), "--storage-driver", self.driver]

    def build_words(self):
        # Of the two formats of images only Docker's has health checks.
        return ["bud", "--layers", "--pull-never", "--format", "docker", "--platform", "linux/amd64"]

    def start(self):
        """Takes overlay, or where the kernel has none plain copies, which are slower."""
        if self.call("images", check=False).returncode != 0:
            shutil.rmtree(self.folder / "storage", ignore_errors=True)
            self.driver = "vfs"
            self.call("images")

    def stop(self):
        self.call("rm", "--all", check=False)
        subprocess.run(["umount", "--quiet", self.folder / "storage" / "overlay"], check=False, stderr=subprocess.DEVNULL)
        super().stop()

    def steps(self, output):
        found = []
        for line in output.splitlines():
            if step := re.match(r"(?:\[\d+/\d+\] )?STEP \d+/\d+: (.*)", line):
                found.append([step[1], False])
            elif found and line.startswith("--> Using cache"):
                found[-1][1] = True
        return [tuple(step) for step in found]

    def tag(self, image, *names):
        self.call("tag", image, *(name if "/" in name.split(":")[0] else f"library/{name}" for name in names))

    def configuration(self, image):
        return json.loads(self.call("inspect", "--type", "image", image).stdout)["Docker"]["config"]

    def save(self, image, archive):
        self.call("push", "--quiet", image, f"docker-archive:{archive}")

    def run(self, image, *words, user=None, entrypoint=None, address=None):
        container = self.call("from", "--pull-never", image).stdout.strip()
        configuration = self.configuration(image)
        if entrypoint is not None:
            words = (entrypoint, *words)
        else:
            words = (*(configuration.get("Entrypoint") or ()), *(words or configuration.get("Cmd") or ()))
        options = ["--isolation", "chroot"]
        if user is not None:
            options += ["--user", user]
        if address:
            options += ["--add-host", f"{HOST}:{address}"]
        try:
            return self.call("run", *options, container, "--", *words, check=False, timeout=120)
        finally:
            self.call("rm", container, check=False)

    def version(self):
        return self.call("--version").stdout.strip().split(" (")[0] + f", {self.driver}"


ENGINES = {"docker": Docker, "buildah": Buildah}

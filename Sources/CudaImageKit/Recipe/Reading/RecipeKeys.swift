extension Recipe {
    /// The keys at the top.
    enum Key: String, RecipeKey {
        case schema, name, image, gpu, system, python, build, args, copy, env, run, secrets, workdir, user, expose
        case volumes, healthcheck
        case stopSignal = "stop-signal"
        case labels, entrypoint, command, smoke, mirrors, reproducible

        static let aliases = [
            "cmd": "command", "ports": "expose", "port": "expose", "environment": "env", "environments": "env",
            "arg": "args", "arguments": "args", "build-args": "args", "build_args": "args",
            "packages": "system.packages", "apt": "system.packages", "cuda": "image.cuda", "flavor": "image.flavor",
            "os": "image.os", "cudnn": "image.cudnn", "base": "image.base", "from": "image.base",
            "platforms": "image.platforms", "platform": "image.platforms", "requirements": "python.requirements",
            "pip": "python.packages", "working-directory": "workdir", "working_dir": "workdir",
            "working-dir": "workdir", "commands": "run", "files": "copy", "add": "copy", "version": "schema",
            "gpus": "gpu", "label": "labels", "volume": "volumes", "stopsignal": "stop-signal",
            "health": "healthcheck", "health-check": "healthcheck",
            "mirror": "mirrors", "repository-mirror": "mirrors.nvidia", "air-gap": "mirrors.only",
            "ca-certificates": "mirrors.certificates", "certificates": "mirrors.certificates",
            "snapshot": "reproducible.snapshot", "source-date-epoch": "reproducible.epoch",
        ]
    }

    /// `system:`
    enum SystemKey: String, RecipeKey {
        case packages

        static let aliases = ["package": "packages", "apt": "packages"]
    }
}

extension Recipe.Image {
    enum Key: String, RecipeKey {
        case cuda, flavor, os, cudnn, source, base, platforms

        static let aliases = ["platform": "platforms", "version": "cuda", "from": "base", "distribution": "os"]
    }
}

extension Recipe.GPU {
    enum Key: String, RecipeKey {
        case devices, capabilities, architectures

        static let aliases = ["arch": "architectures", "archs": "architectures", "count": "devices"]
    }
}

extension Recipe.Python {
    enum Key: String, RecipeKey {
        case version, manager, requirements, packages, index
        case extraIndexes = "extra-indexes"
        case project
        case environmentFile = "environment-file"
        case channels

        static let aliases = [
            "index-url": "index", "extra-index-url": "extra-indexes", "extra-index": "extra-indexes",
            "extra_index_url": "extra-indexes", "index_url": "index", "environment": "environment-file",
            "pip": "packages", "requires": "packages",
        ]
    }
}

extension Recipe.Build {
    enum Key: String, RecipeKey {
        case packages, copy, env, run, workdir, artifacts

        static let aliases = [
            "environment": "env", "commands": "run", "artifact": "artifacts", "files": "copy",
            "working-directory": "workdir",
        ]
    }
}

extension Recipe.CopyStep {
    enum Key: String, RecipeKey {
        case from, to, owner

        static let aliases = [
            "src": "from", "source": "from", "dest": "to", "destination": "to", "target": "to", "chown": "owner",
            "user": "owner",
        ]
    }
}

extension Recipe.Secret {
    enum Key: String, RecipeKey {
        case id, target

        static let aliases = ["name": "id", "to": "target", "path": "target", "dst": "target"]
    }
}

extension Recipe.User {
    enum Key: String, RecipeKey {
        case name, uid, gid

        static let aliases = ["id": "uid", "group": "gid", "user": "name"]
    }
}

extension Recipe.HealthcheckStep {
    enum Key: String, RecipeKey {
        case command, interval, timeout
        case startPeriod = "start-period"
        case retries

        static let aliases = ["test": "command", "cmd": "command", "start_period": "start-period"]
    }
}

extension Recipe.Smoke {
    enum Key: String, RecipeKey {
        case kernels, libraries, command

        static let aliases = ["cmd": "command"]
    }
}

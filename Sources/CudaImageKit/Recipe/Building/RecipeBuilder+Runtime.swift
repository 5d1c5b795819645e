extension RecipeBuilder {
    /// `env:`, in order. Nothing is expanded but a variable in its own value: `["PATH": "/opt/bin:$PATH"]`.
    public func environment(
        _ variables: KeyValuePairs<String, String>, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        environment(Array(variables), fileID: fileID, line: line)
    }

    /// `env:`, in order; of a dictionary `sorted { $0.key < $1.key }`.
    public func environment(
        _ variables: [(key: String, value: String)], fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return variables.reduce(self) { $0.setting("env", $1.key, to: .text($1.value, at: here)) }
    }

    /// `args:` a build argument.
    ///
    /// - Parameters:
    ///   - name: letters, digits and `_`.
    ///   - value: the default, or `nil` for none.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func argument(
        _ name: String, default value: String? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        let none = YAMLNode(.scalar(YAMLScalar(text: "", isPlain: true)), at: here)
        return setting("args", name, to: .text(value, at: here) ?? none)
    }

    /// `labels:`, in order.
    public func labels(
        _ labels: KeyValuePairs<String, String>, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        self.labels(Array(labels), fileID: fileID, line: line)
    }

    /// `labels:`, in order; of a dictionary `sorted { $0.key < $1.key }`.
    public func labels(
        _ labels: [(key: String, value: String)], fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return labels.reduce(self) { $0.setting("labels", $1.key, to: .text($1.value, at: here)) }
    }

    /// `secrets:` a build secret.
    ///
    /// - Parameters:
    ///   - id: what the secret is called when the image is built.
    ///   - target: where commands find it; `/run/secrets/ID` if left out.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func secret(
        _ id: String, target: String? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(
            [.mapping(["id": .text(id, at: here), "target": .text(target, at: here)], at: here)], to: "secrets")
    }

    /// `workdir:`
    public func workingDirectory(_ path: String, fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        setting("workdir", to: .text(path, at: .code(fileID, line)))
    }

    /// `user:` the account that the application runs as; the default is one of its own (`app`, 10001).
    public func user(
        _ name: String? = nil, uid: Int? = nil, gid: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return setting(
            "user",
            to: .mapping(
                [
                    "name": .text(name, at: here), "uid": .text(uid.map(String.init), at: here),
                    "gid": .text(gid.map(String.init), at: here),
                ], at: here))
    }

    /// `expose:` ports: `8080`, `"53/udp"`.
    public func expose(_ ports: PortNumber..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        expose(ports, fileID: fileID, line: line)
    }

    /// `expose:` ports: `[8080, "53/udp"]`.
    public func expose(_ ports: [PortNumber], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(ports.map { .text($0.text, at: here) }, to: "expose")
    }

    /// `volumes:` folders of the image.
    public func volumes(_ paths: String..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        volumes(paths, fileID: fileID, line: line)
    }

    /// `volumes:` folders of the image.
    public func volumes(_ paths: [String], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(paths.map { .text($0, at: here) }, to: "volumes")
    }

    /// `healthcheck:` a program and its arguments, run at an interval.
    ///
    /// - Parameters:
    ///   - command: the words of the command, at least one.
    ///   - interval: the time between two checks, as Docker writes durations, like the others: `30s`, `1m30s`.
    ///   - timeout: how long a check may take.
    ///   - startPeriod: how long failures do not count.
    ///   - retries: 1 to 1000 failures in a row mean that the application is not well.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func healthcheck(
        _ command: String..., interval: String? = nil, timeout: String? = nil, startPeriod: String? = nil,
        retries: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        healthcheck(
            command, interval: interval, timeout: timeout, startPeriod: startPeriod, retries: retries, fileID: fileID,
            line: line)
    }

    /// `healthcheck:` a program and its arguments, run at an interval.
    ///
    /// - Parameters:
    ///   - command: the words of the command, at least one.
    ///   - interval: the time between two checks, as Docker writes durations, like the others: `30s`, `1m30s`.
    ///   - timeout: how long a check may take.
    ///   - startPeriod: how long failures do not count.
    ///   - retries: 1 to 1000 failures in a row mean that the application is not well.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func healthcheck(
        _ command: [String], interval: String? = nil, timeout: String? = nil, startPeriod: String? = nil,
        retries: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return setting(
            "healthcheck",
            to: .mapping(
                [
                    "command": .list(command, at: here), "interval": .text(interval, at: here),
                    "timeout": .text(timeout, at: here), "start-period": .text(startPeriod, at: here),
                    "retries": .text(retries.map(String.init), at: here),
                ], at: here))
    }

    /// `healthcheck: none`: the check of the base image is switched off.
    public func withoutHealthcheck(fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        setting("healthcheck", to: .text("none", at: .code(fileID, line)))
    }

    /// `stop-signal:` such as `SIGINT`.
    public func stopSignal(_ signal: String, fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        setting("stop-signal", to: .text(signal, at: .code(fileID, line)))
    }

    /// `entrypoint:` a program and its arguments.
    public func entrypoint(_ words: String..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        entrypoint(words, fileID: fileID, line: line)
    }

    /// `entrypoint:` a program and its arguments.
    public func entrypoint(_ words: [String], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        setting("entrypoint", to: .list(words, at: .code(fileID, line)))
    }

    /// `command:` arguments of the entrypoint, or a program with its own.
    public func command(_ words: String..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        command(words, fileID: fileID, line: line)
    }

    /// `command:` arguments of the entrypoint, or a program with its own.
    public func command(_ words: [String], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        setting("command", to: .list(words, at: .code(fileID, line)))
    }

    /// A port as a number, or as text with its protocol.
    public struct PortNumber: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
        let text: String

        /// A port that was checked, with its transport.
        public init(_ port: Port) { text = port.description }
        /// A TCP port; the recipe's reader refuses what is not 1 to 65535.
        public init(_ number: Int) { text = "\(number)" }
        /// A TCP port as a literal: `8080`.
        public init(integerLiteral value: Int) { self.init(value) }
        /// A port as a literal: `"53/udp"`; the recipe's reader refuses what is none.
        public init(stringLiteral value: String) { text = value }
    }
}

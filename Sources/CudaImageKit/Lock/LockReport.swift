/// How a lock differs from what the registries have now, for people and programs.
public struct LockReport: Hashable, Sendable {
    /// The lock's path.
    public var path: String
    /// What differs, in the order of the references; empty if the lock is as the registries are.
    public var differences: [Lockfile.Difference]
    /// Locked digests that their registries do not have any more, or never had.
    public var lost: Set<ImageDigest>

    /// - Parameters:
    ///   - path: the lock's path.
    ///   - differences: as ``Lockfile/differences(from:)`` finds them.
    ///   - lost: locked digests that their registries do not have.
    public init(path: String, differences: [Lockfile.Difference], lost: Set<ImageDigest> = []) {
        self.path = path
        self.differences = differences
        self.lost = lost
    }

    /// A paragraph for each image.
    public var text: String {
        differences.map { difference in
            let lines =
                switch difference {
                case .missing(let entry): ["is not in \(path.printable)", "registry  \(entry.digest)"]
                case .unneeded(let entry): ["nothing needs it any more", "locked    \(entry.digest)"]
                case .changed(let locked, let now): change(locked, now)
                }
            return "\(difference.reference): \(lines[0])\n" + lines.dropFirst().map { "  \($0)\n" }.joined()
        }.joined()
    }

    private func change(_ locked: Lockfile.Entry, _ now: Lockfile.Entry) -> [String] {
        if locked.digest != now.digest {
            let note = lost.contains(locked.digest) ? "  (the registry has no such digest)" : ""
            return [
                "the registry has another digest", "locked    \(locked.digest)\(note)", "registry  \(now.digest)",
            ]
        }
        let platforms = Set(locked.platforms.keys).union(now.platforms.keys).sorted()
        return ["the lock has other platforms than \(now.digest)"]
            + platforms.filter { locked.platforms[$0] != now.platforms[$0] }.flatMap { platform in
                [
                    "locked    \(platform) \(locked.platforms[platform]?.description ?? "none")",
                    "registry  \(platform) \(now.platforms[platform]?.description ?? "none")",
                ]
            }
    }

    /// `{"version": 1, "lock": …, "differences": [{"reference": …, "kind": "missing" | "unneeded" | "changed", "locked": …,
    /// "registry": …, "lockedIsThere": …}]}`; an entry is `{"digest": …, "platforms": {…}}`.
    public var json: JSONValue {
        .object([
            ("version", .integer(1)), ("lock", .string(path)),
            (
                "differences",
                .array(
                    differences.map { difference in
                        var members: [(String, JSONValue)] = [("reference", .string(difference.reference.description))]
                        switch difference {
                        case .missing(let entry):
                            members += [("kind", .string("missing")), ("registry", Self.json(entry))]
                        case .unneeded(let entry):
                            members += [("kind", .string("unneeded")), ("locked", Self.json(entry))]
                        case .changed(let locked, let now):
                            members += [
                                ("kind", .string("changed")), ("locked", Self.json(locked)),
                                ("registry", Self.json(now)),
                            ]
                            if locked.digest != now.digest {
                                members.append(("lockedIsThere", .bool(!lost.contains(locked.digest))))
                            }
                        }
                        return .object(members)
                    })
            ),
        ])
    }

    private static func json(_ entry: Lockfile.Entry) -> JSONValue {
        let platforms = entry.platforms.sorted { $0.key < $1.key }
        return .object([
            ("digest", .string(entry.digest.description)),
            ("platforms", .object(platforms.map { ($0.key.description, .string($0.value.description)) })),
        ])
    }
}

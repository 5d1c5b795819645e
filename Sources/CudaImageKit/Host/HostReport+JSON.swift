extension HostReport {
    /// For programs. `Documentation/host.md` and `Schemas/doctor-report.v1.json` describe it.
    public var json: JSONValue {
        .object([
            ("version", .integer(1)), ("verdict", .string(verdict.rawValue)), ("host", host.json),
            ("image", image.map(\.json) ?? .null), ("findings", .array(findings.map(\.json))),
        ])
    }
}

extension HostImage {
    fileprivate var json: JSONValue {
        .object([
            ("name", .string(name)), ("cuda", .string(cuda.description)),
            ("platforms", .array(platforms.map { .string($0.description) })),
        ])
    }
}

extension HostInspection {
    fileprivate var json: JSONValue {
        .object([
            ("distribution", .optional(distribution.map { $0.id + $0.version })),
            ("name", .optional(distribution?.name)), ("platform", .optional(platform?.description)),
            ("wsl", .bool(isWSL)), ("jetson", .optional(jetsonRelease)), ("container", .bool(isContainer)),
            ("selinuxEnforcing", selinuxIsEnforcing.map { .bool($0) } ?? .null),
            (
                "driver",
                .object([
                    ("kernel", .optional(driver.kernel?.description)),
                    ("libraries", .array(driver.libraries.map { .string($0.description) })),
                    ("reported", .optional(driver.reported?.description)),
                    ("cuda", .optional(driver.cuda?.description)),
                ])
            ),
            (
                "gpus",
                .array(
                    gpus.map {
                        .object([
                            ("name", .string($0.name)), ("uuid", .optional($0.uuid)),
                            ("computeCapability", .optional($0.capability?.number)),
                        ])
                    })
            ),
            ("pciGPUs", pciGPUs.map { .integer($0) } ?? .null),
            ("deviceNodes", .array(deviceNodes.keys.sorted().map { .string($0) })),
            (
                "toolkit",
                .object([
                    ("version", .optional(toolkit.version)), ("libraryVersion", .optional(toolkit.libraryVersion)),
                    (
                        "programs",
                        .object(toolkit.programs.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
                    ),
                ])
            ),
            ("engines", .array(engines.map(\.json))),
            (
                "cdi",
                .array(
                    cdi.map {
                        .object([
                            ("path", .string($0.path)), ("kind", .string($0.kind)),
                            ("devices", .array($0.devices.map { .string($0) })),
                            ("driver", .optional($0.driver?.description)),
                        ])
                    })
            ),
        ])
    }
}

extension HostInspection.Engine {
    fileprivate var json: JSONValue {
        .object([
            ("name", .string(name.rawValue)), ("version", .optional(version)),
            ("configuration", .optional(configuration)), ("runtimes", .array(runtimes.map { .string($0) })),
            ("defaultRuntime", .optional(defaultRuntime)), ("cgroupDriver", .optional(cgroupDriver)),
            ("rootless", .bool(isRootless)), ("cdi", .bool(hasCDI)),
        ])
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

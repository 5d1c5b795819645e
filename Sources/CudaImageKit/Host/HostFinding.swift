/// One thing about a host that a person should know or mend.
public struct HostFinding: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// Containers get no GPU, or the image does not run.
        case error
        /// It works, but not everywhere or not for long.
        case warning
        case note
    }

    /// The stable name of a finding. `Documentation/host.md` describes each.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case noGPU = "no-gpu"
        case insideContainer = "inside-container"
        case unreadableFile = "unreadable-file"
        case programSilent = "program-silent"

        case driverMissing = "driver-missing"
        case driverNotLoaded = "driver-not-loaded"
        case nouveauLoaded = "nouveau-loaded"
        case driverLibraryMismatch = "driver-library-mismatch"
        case driverLibrariesMissing = "driver-libraries-missing"
        case driverFails = "driver-fails"
        case deviceNodesMissing = "device-nodes-missing"
        case deviceNodesClosed = "device-nodes-closed"

        case toolkitMissing = "toolkit-missing"
        case toolkitIncomplete = "toolkit-incomplete"
        case toolkitVersionsDiffer = "toolkit-versions-differ"
        case toolkitDeprecated = "toolkit-deprecated"
        case repositoryDeprecated = "repository-deprecated"

        case engineMissing = "engine-missing"
        case engineSilent = "engine-silent"
        case engineTooOld = "engine-too-old"
        case configurationMalformed = "configuration-malformed"
        case runtimeNotRegistered = "runtime-not-registered"
        case runtimePathMissing = "runtime-path-missing"
        case engineNotRestarted = "engine-not-restarted"
        case rootlessCgroups = "rootless-cgroups"
        case noCgroups = "no-cgroups"
        case devicesLostAtReload = "devices-lost-at-reload"
        case selinuxEnforcing = "selinux-enforcing"

        case cdiMissing = "cdi-missing"
        case cdiStale = "cdi-stale"
        case cdiConflict = "cdi-conflict"

        case wslDriver = "wsl-driver"
        case jetson

        case imageDriver = "image-driver"
        case imageRequirement = "image-requirement"
        case imageGPU = "image-gpu"
        case imageCode = "image-code"
        case imagePlatform = "image-platform"
        case imageGone = "image-gone"
    }

    public var severity: Severity
    public var code: Code
    /// What was found: one sentence without a full stop.
    public var message: String
    /// Why it matters: one sentence without a full stop.
    public var reason: String
    /// The commands that mend it, one a line.
    public var commands: [String]
    /// What to do where no command does it, or besides.
    public var advice: String?
    /// The engine that it is about: another one that works makes it a warning.
    public var engine: HostInspection.Engine.Name?

    init(
        _ severity: Severity, _ code: Code, _ message: String, because reason: String, run commands: [String] = [],
        advice: String? = nil, engine: HostInspection.Engine.Name? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.reason = reason
        self.commands = commands
        self.advice = advice
        self.engine = engine
    }

    public var json: JSONValue {
        .object(
            [
                ("severity", .string(severity.rawValue)), ("code", .string(code.rawValue)),
                ("message", .string(message)), ("reason", .string(reason)),
                ("commands", .array(commands.map { .string($0) })),
            ] + (advice.map { [("advice", .string($0))] } ?? [])
                + (engine.map { [("engine", .string($0.rawValue))] } ?? []))
    }
}

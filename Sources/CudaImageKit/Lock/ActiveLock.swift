/// A lock that was read, and how strict it is.
public struct ActiveLock: Hashable, Sendable {
    /// What was read.
    public var lock: Lockfile
    /// As messages call it.
    public var path: String
    /// Whether an image that the lock lacks is an error; else it is a warning, and the image gets no digest.
    public var isFrozen: Bool

    /// A lock that was read elsewhere; ``read(_:beside:files:)`` finds and checks one.
    ///
    /// - Parameters:
    ///   - lock: what was read.
    ///   - path: what messages call it.
    ///   - isFrozen: whether an image that the lock lacks is an error.
    public init(lock: Lockfile, path: String, isFrozen: Bool = false) {
        self.lock = lock
        self.path = path
        self.isFrozen = isFrozen
    }

    /// Reads the lock that an image is generated with.
    ///
    /// - Parameters:
    ///   - use: which lock, and how strict it is.
    ///   - fileName: the recipe's or matrix file's path.
    ///   - files: what opens it.
    /// - Returns: the lock, or `nil` without one, what is wrong with it as a whole, and its text.
    public static func read(
        _ use: LockUse, beside fileName: String?, files: FileReader = .fileSystem
    ) -> (lock: ActiveLock?, diagnostics: Diagnostics, source: RecipeSource?) {
        var diagnostics = Diagnostics()
        guard let path = use.path(beside: fileName) else {
            if use.isFrozen {
                diagnostics.error(
                    .lockMissing, "there is no lock: the image has no recipe beside which one could be",
                    at: .option("--frozen"), help: "name the lock with --lock")
            }
            return (nil, diagnostics, nil)
        }
        do throws(DiagnosticError) {
            guard let source = try files.file(at: path, as: .lock) else {
                if use.isFrozen || use.isNamed {
                    let recipe = (fileName.flatMap { $0.isEmpty ? nil : $0 } ?? "RECIPE").printable
                    diagnostics.error(
                        .lockMissing, "there is no lock \(path.quotedExcerpt)",
                        at: .option(use.isFrozen ? "--frozen" : "--lock"),
                        help:
                            "write it with 'cudagen lock\(use.isNamed ? " --lock \(ShellQuoting.quote(path.printable))" : "") \(recipe)'"
                    )
                }
                return (nil, diagnostics, nil)
            }
            let (lock, findings) = Lockfile.parse(source)
            guard let lock else { return (nil, findings, source) }
            diagnostics = findings
            if lock.isEdited {
                diagnostics.add(edited(path, use.isFrozen ? .error : .warning))
            }
            return (ActiveLock(lock: lock, path: path, isFrozen: use.isFrozen), diagnostics, source)
        } catch {
            return (nil, error.diagnostics, nil)
        }
    }

    /// A lock whose text is not what cudagen wrote.
    package static func edited(_ path: String, _ severity: Diagnostic.Severity) -> Diagnostic {
        Diagnostic(
            severity, .lockEdited, "\(path.quotedExcerpt) is not as cudagen wrote it: its checksum is another one",
            help: "see which digests differ from the registry's with 'cudagen lock --check', or write it anew with "
                + "'cudagen lock --update --force'")
    }

    /// What the lock lacks of an image.
    ///
    /// - Parameter command: the command that adds it.
    func findings(
        for reference: ImageReference, platforms: [Platform], addedBy command: String = "cudagen lock"
    ) -> Diagnostics {
        let severity = isFrozen ? Diagnostic.Severity.error : .warning
        let help = "'\(command)' with the same recipe and options adds it"
        guard let entry = lock[reference] else {
            return Diagnostics([
                Diagnostic(
                    severity, .lockStale, "'\(reference)' is not in \(path.quotedExcerpt)",
                    notes: isFrozen ? [] : ["it is written without a digest"], help: help)
            ])
        }
        var findings = Diagnostics()
        if isFrozen, lock.isEdited {
            findings.note(.lockEdited, "the edited lock would pin '\(reference)' to \(entry.digest)")
        }
        let missing = platforms.filter { entry.platforms[$0] == nil }
        guard !missing.isEmpty else { return findings }
        findings.add(
            Diagnostic(
                severity, .lockStale,
                "\(path.quotedExcerpt) has no \(missing.map(\.description).joined(separator: ", ")) of '\(reference)'",
                notes: [
                    "\(entry.digest) is locked for "
                        + (entry.platforms.isEmpty
                            ? "no platform"
                            : entry.platforms.keys.sorted().map(\.description).joined(separator: ", "))
                ], help: "'cudagen lock --update' asks the registry again"))
        return findings
    }
}

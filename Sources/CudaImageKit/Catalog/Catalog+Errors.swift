extension Catalog {
    /// Every message that is known, by name.
    public var knownErrors: [KnownError] {
        var found: [String: KnownError] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .errors) { bytes in
                if let error = KnownError(CatalogLine(bytes)) { found[error.name] = error }
                return true
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// CUDA's error codes, ascending.
    public var cudaErrorCodes: [CUDAErrorCode] {
        var found: [Int: CUDAErrorCode] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .cudaErrors) { bytes in
                if let error = CUDAErrorCode(CatalogLine(bytes)) { found[error.code] = error }
                return true
            }
        }
        return found.values.sorted { $0.code < $1.code }
    }

    /// What the known messages in a text mean, in the order of their lines, each once.
    ///
    /// - Parameter text: a message or a whole log; of a longer one the last mebibyte is read, and of a line the first 4096
    ///   bytes.
    public func explanations(of text: String) -> [ErrorExplanation] {
        var reader = ErrorReader(errors: knownErrors, codes: cudaErrorCodes)
        return reader.explanations(of: Array(text.utf8.suffix(1 << 20)))
    }
}

/// What a message means.
public struct ErrorExplanation: Hashable, Sendable {
    /// The error's stable name, or CUDA's own.
    public internal(set) var name: String
    /// What was recognised, shortened for a terminal.
    public internal(set) var message: String
    /// Where it appears.
    public internal(set) var place: String
    /// Why it appears, without a full stop.
    public internal(set) var cause: String
    /// `nil` where the facts have none.
    public internal(set) var fix: String?
    /// What `cudagen verify` ends with if an engine prints it; `nil` where the facts have none, as for CUDA's codes.
    public internal(set) var exitCode: Int?

    init(_ error: KnownError, message: String) {
        name = error.name
        self.message = message.quotedExcerpt
        place = error.place
        cause = error.cause
        fix = error.fix
        exitCode = error.exitCode
    }

    init(_ error: CUDAErrorCode, message: String) {
        name = error.name
        self.message = message.quotedExcerpt
        place = "a call of CUDA (error \(error.code))"
        cause = error.meaning
        fix = error.fix
    }

    /// Lines for a terminal: name and message, then place, cause and fix; with a line break at the end.
    public var text: String {
        "\(name): \(message)\n  at:    \(place)\n  cause: \(cause)\n" + (fix.map { "  fix:   \($0)\n" } ?? "")
    }

    /// An object of the texts `name`, `message`, `at`, `cause` and, if there is one, `fix`.
    public var json: JSONValue {
        .object(
            [
                ("name", .string(name)), ("message", .string(message)), ("at", .string(place)),
                ("cause", .string(cause)),
            ] + (fix.map { [("fix", .string($0))] } ?? []))
    }
}

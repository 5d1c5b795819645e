/// A message that programs print, what it means, and what to do.
///
/// Sources: `errors` of the facts, and the programs and threads that `Tests/Facts/errors.json` names.
public struct KnownError: Hashable, Sendable {
    /// A stable name: `devices-lost`.
    public var name: String
    /// The regular expression that one line of the message matches.
    public var pattern: String
    /// A line that matches holds one of these; to look for them is much quicker than to match.
    var literals: [String]
    /// Where it appears: `container start`.
    public var place: String
    /// Without a full stop.
    public var cause: String
    /// Without a full stop.
    public var fix: String
    /// What `cudagen verify` ends with if an engine prints it.
    public var exitCode: Int?

    /// `NAME ⇥ match=… ⇥ literal=… ⇥ at=… ⇥ cause=… ⇥ fix=… ⇥ exit=3`
    init?(_ line: CatalogLine) {
        guard let pattern = line["match"], (try? Regex(pattern)) != nil, let place = line["at"],
            let cause = line["cause"], let fix = line["fix"], !line.text(0).isEmpty
        else { return nil }
        let code = line["exit"].map { Int($0) }
        if case .some(nil) = code { return nil }
        name = line.text(0)
        self.pattern = pattern
        literals = line.all("literal")
        self.place = place
        self.cause = cause
        self.fix = fix
        exitCode = code ?? nil
    }

    /// The part of a line that is the message.
    func match(in line: String) -> Substring? {
        guard literals.isEmpty || literals.contains(where: { line.containsBytes(of: $0) }),
            let expression = try? Regex(pattern), let match = line.firstMatch(of: expression)
        else { return nil }
        return line[match.range]
    }
}

/// An error code of the CUDA runtime.
///
/// Source: `cuda_errors` of the facts.
public struct CUDAErrorCode: Hashable, Sendable {
    public var code: Int
    /// `cudaErrorNoDevice`
    public var name: String
    public var meaning: String

    init?(_ line: CatalogLine) {
        guard line.count == 3, let code = Int(line.text(0)), line.text(1).hasPrefix("cudaError") else { return nil }
        self.code = code
        name = line.text(1)
        meaning = line.text(2)
    }

    /// The error's name or number in a line: the name stands there as a word, the number behind `error` where the line
    /// speaks of CUDA.
    static func find(in line: String) -> (name: String?, code: Int?) {
        guard let start = line.firstMatch(of: #/[Cc][Uu][Dd][Aa]/#)?.range.lowerBound else { return (nil, nil) }
        if let name = line[start...].firstMatch(of: #/cudaError[A-Za-z]+/#) { return (String(name.0), nil) }
        let number = line.lowercased().firstMatch(of: #/error(?: code)?[ :=(#]{1,3}0*([0-9]{1,3})\b/#)
        return (nil, number.flatMap { Int($0.1) })
    }
}

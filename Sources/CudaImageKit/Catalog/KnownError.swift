/// A message that programs print, what it means, and what to do.
///
/// Sources: `errors` of the facts, and the programs and threads that `Tests/Facts/errors.json` names.
public struct KnownError: Hashable, Sendable {
    /// A stable name: `devices-lost`.
    public internal(set) var name: String
    /// The regular expression that one line of the message matches; its repetitions are bounded.
    public internal(set) var pattern: String
    /// A line that matches holds one of these; to look for them is much quicker than to match.
    var literals: [String]
    /// Where it appears: `container start`.
    public internal(set) var place: String
    /// Without a full stop.
    public internal(set) var cause: String
    /// Without a full stop.
    public internal(set) var fix: String
    /// What `cudagen verify` ends with if an engine prints it.
    public internal(set) var exitCode: Int?

    /// `NAME ⇥ match=… ⇥ literal=… ⇥ at=… ⇥ cause=… ⇥ fix=… ⇥ exit=3`
    init?(_ line: CatalogLine) {
        guard let pattern = line["match"], Self.isBounded(pattern), (try? Regex(pattern)) != nil,
            let place = line["at"], let cause = line["cause"], let fix = line["fix"], !line.text(0).isEmpty
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

    /// The pattern, which was compiled once before.
    var expression: Regex<AnyRegexOutput>? { try? Regex(pattern) }

    /// Whether no repetition of a regular expression is without a bound: such a one takes time that grows with the square of a
    /// hostile line's length.
    private static func isBounded(_ pattern: String) -> Bool {
        var isInClass = false
        var previous: Character?
        for character in pattern {
            // `\*` is a sign.
            if previous == "\\" {
                previous = nil
                continue
            }
            switch character {
            case "[": isInClass = true
            case "]": isInClass = false
            case "*", "+": if !isInClass { return false }
            case "}": if !isInClass, previous == "," { return false }
            default: break
            }
            previous = character
        }
        return true
    }
}

/// An error code of the CUDA runtime.
///
/// Source: `cuda_errors` of the facts; the texts are those of `cudaGetErrorString`, and of frameworks.
public struct CUDAErrorCode: Hashable, Sendable {
    /// The number of the error: 2 for `cudaErrorMemoryAllocation`.
    public internal(set) var code: Int
    /// `cudaErrorNoDevice`
    public internal(set) var name: String
    /// What went wrong, without a full stop.
    public internal(set) var meaning: String
    /// What programs print for it, where that is distinct: `no CUDA-capable device is detected`.
    public internal(set) var messages: [String]
    /// What to do, without a full stop, as `Tests/Facts/errors.json` has it; `nil` where nothing is known.
    public internal(set) var fix: String?

    /// `CODE ⇥ NAME ⇥ meaning ⇥ message=… ⇥ fix=…`
    init?(_ line: CatalogLine) {
        guard let code = Int(line.text(0)), line.text(1).hasPrefix("cudaError"), !line.text(2).isEmpty else {
            return nil
        }
        messages = line.all("message")
        fix = line["fix"]
        guard line.count == 3 + messages.count + (fix == nil ? 0 : 1) else { return nil }
        self.code = code
        name = line.text(1)
        meaning = line.text(2)
    }

    /// The error's name or number in a line: the name stands there as a word, the number behind `error` where the line
    /// speaks of CUDA.
    static func find(in line: [UInt8]) -> (name: String?, code: Int?) {
        let lower = line.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        guard let start = lower.firstIndex(of: "cuda".utf8, from: 0) else { return (nil, nil) }
        var from = start
        while let found = line.firstIndex(of: "cudaError".utf8, from: from) {
            from = found + "cudaError".utf8.count
            let rest = line[from...].prefix { (0x61...0x7a).contains($0 | 0x20) }
            if !rest.isEmpty { return ("cudaError" + String(decoding: rest, as: UTF8.self), nil) }
        }
        from = 0
        while let found = lower.firstIndex(of: "error".utf8, from: from) {
            from = found + "error".utf8.count
            if let code = number(in: lower[from...]) { return (nil, code) }
        }
        return (nil, nil)
    }

    /// The number behind `error` or `error code`: `: 0802(`.
    private static func number(in text: ArraySlice<UInt8>) -> Int? {
        let rest = text.starts(with: " code".utf8) ? text.dropFirst(5) : text
        let separators = rest.prefix { " :=(#".utf8.contains($0) }
        guard (1...3).contains(separators.count) else { return nil }
        let digits = rest.dropFirst(separators.count).prefix(while: ByteClass.isDigit)
        let significant = digits.drop { $0 == 0x30 }
        guard !digits.isEmpty, significant.count <= 3 else { return nil }
        if let next = rest.dropFirst(separators.count + digits.count).first,
            ByteClass.isAlphanumeric(next) || next == UInt8(ascii: "_")
        {
            return nil
        }
        return significant.isEmpty ? 0 : Int(String(decoding: significant, as: UTF8.self))
    }
}

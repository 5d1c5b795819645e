/// Finds known messages in a log.
///
/// One pass looks for the texts that messages must hold; only lines with one of them are matched with regular expressions.
struct ErrorReader {
    /// What a text that was found may be a part of.
    private enum Owner: Hashable {
        case error(Int)
        case code(Int)
        /// A line that speaks of CUDA may name an error code.
        case cuda
        case number
    }

    private let errors: [KnownError]
    private let codes: [CUDAErrorCode]
    private let owners: [Owner]
    private let search: LiteralSearch
    private var expressions: [Int: Regex<AnyRegexOutput>?] = [:]
    /// Hashes of the lines that were read: a log repeats itself.
    private var seen: Set<Int> = []
    private var names: Set<String> = []
    private var found: [(place: Int, explanation: ErrorExplanation)] = []

    init(errors: [KnownError], codes: [CUDAErrorCode]) {
        self.errors = errors
        self.codes = codes
        var literals: [String] = []
        var owners: [Owner] = []
        func add(_ texts: [String], _ owner: Owner) {
            literals += texts
            owners += texts.map { _ in owner }
        }
        for (index, error) in errors.enumerated() { add(error.literals, .error(index)) }
        for (index, code) in codes.enumerated() { add(code.messages, .code(index)) }
        add(["cuda", "CUDA", "Cuda"], .cuda)
        add(["error", "Error", "ERROR"], .number)
        self.owners = owners
        search = LiteralSearch(literals)
    }

    /// What the messages mean, in the order of their lines, each once; of a line the first 4096 bytes are read.
    mutating func explanations(of text: [UInt8]) -> [ErrorExplanation] {
        let always = errors.indices.filter { errors[$0].literals.isEmpty }
        if !always.isEmpty {
            for line in text.split(whereSeparator: Self.isBreak) {
                read(text, line.startIndex..<line.endIndex, always.map { Owner.error($0) })
            }
            seen = []
        }
        var line = 0..<0
        var pending: Set<Owner> = []
        var lines: [(Range<Int>, Set<Owner>)] = []
        search.forEachMatch(in: text) { literal, start in
            if start >= line.upperBound {
                if !pending.isEmpty { lines.append((line, pending)) }
                pending = []
                var first = start
                while first > line.upperBound, !Self.isBreak(text[first - 1]) { first -= 1 }
                var last = start
                while last < text.count, !Self.isBreak(text[last]) { last += 1 }
                line = first..<last
            }
            if start - line.lowerBound < Self.limit { pending.insert(owners[literal]) }
        }
        if !pending.isEmpty { lines.append((line, pending)) }
        for (line, owners) in lines { read(text, line, owners) }
        return found.sorted { $0.place < $1.place }.map(\.explanation)
    }

    private static let limit = 4096
    private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }

    private mutating func read(_ text: [UInt8], _ range: Range<Int>, _ owners: some Collection<Owner>) {
        // One word alone tells nothing.
        guard owners.count > 1 || !owners.contains(.cuda) && !owners.contains(.number) else { return }
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        guard seen.insert(hasher.finalize()).inserted else { return }
        let bytes = Array(text[range].prefix(Self.limit))
        let numbers = owners.compactMap { if case .error(let number) = $0 { number } else { nil } }.sorted()
        var isExplained = false
        if !numbers.isEmpty {
            let line = String(decoding: bytes, as: UTF8.self)
            for number in numbers {
                if names.contains(errors[number].name) {
                    isExplained = true
                } else if let message = message(number, in: line) {
                    isExplained = true
                    tell(ErrorExplanation(errors[number], message: message), at: range.lowerBound)
                }
            }
        }
        guard !isExplained else { return }
        let told = owners.contains(.cuda) && owners.contains(.number) ? CUDAErrorCode.find(in: bytes) : (nil, nil)
        let code =
            codes.first { $0.name == told.0 || $0.code == told.1 }
            ?? owners.compactMap { if case .code(let index) = $0 { index } else { nil } }.min().map { codes[$0] }
        if let code {
            tell(ErrorExplanation(code, message: String(decoding: bytes, as: UTF8.self)), at: range.lowerBound)
        }
    }

    private mutating func tell(_ explanation: ErrorExplanation, at place: Int) {
        if names.insert(explanation.name).inserted { found.append((place, explanation)) }
    }

    private mutating func message(_ number: Int, in line: String) -> String? {
        let expression = expressions[number] ?? errors[number].expression
        expressions[number] = expression
        return expression.flatMap { line.firstMatch(of: $0) }.map { String(line[$0.range]) }
    }
}

/// Where the lines of a text start: turns offsets into lines and columns, and finds a line's text.
///
/// Lines end at LF, CR LF or CR, as editors count them; YAML's further line breaks do not count.
struct LineMap: Sendable {
    let scalars: [Unicode.Scalar]
    private let starts: [Int]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var starts = [0]
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": starts.append(index + 1)
            case "\r" where index + 1 == scalars.count || scalars[index + 1] != "\n": starts.append(index + 1)
            default: break
            }
        }
        self.starts = starts
    }

    /// - Parameter index: an offset in Unicode scalars.
    func position(ofScalar index: Int) -> SourcePosition {
        let index = min(max(index, 0), scalars.count)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= index { low = middle } else { high = middle }
        }
        return SourcePosition(line: low + 1, column: index - starts[low] + 1)
    }

    /// - Parameter offset: an offset in bytes of UTF-8.
    func position(ofByte offset: Int) -> SourcePosition {
        var bytes = 0
        for (index, scalar) in scalars.enumerated() {
            bytes += UTF8.width(scalar)
            if bytes > offset { return position(ofScalar: index) }
        }
        return position(ofScalar: scalars.count)
    }

    /// The text of a line, 1-based, without its line break; `nil` if there is no such line.
    func line(_ number: Int) -> ArraySlice<Unicode.Scalar>? {
        guard (1...starts.count).contains(number) else { return nil }
        let end = number < starts.count ? starts[number] : scalars.count
        var line = scalars[starts[number - 1]..<end]
        if line.last == "\n" { line.removeLast() }
        if line.last == "\r" { line.removeLast() }
        return line
    }
}

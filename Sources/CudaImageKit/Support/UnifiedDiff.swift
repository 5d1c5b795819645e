/// A unified diff of two texts, as `diff -u` prints it.
public enum UnifiedDiff {
    /// - Parameters:
    ///   - old: the text that is there, with its name for the `---` line.
    ///   - new: the text that should be there, with its name for the `+++` line.
    ///   - context: unchanged lines around each change.
    /// - Returns: the diff with a line break at the end, or an empty string if the texts are the same.
    public static func between(
        _ old: (name: String, text: String), _ new: (name: String, text: String), context: Int = 3
    ) -> String {
        // By bytes: texts that look alike, or differ in their line endings alone, are different files.
        guard !old.text.utf8.elementsEqual(new.text.utf8) else { return "" }
        let edits = edits(from: lines(old.text), to: lines(new.text))
        var result = "--- \(old.name)\n+++ \(new.name)\n"
        for hunk in hunks(of: edits, context: context) { result += text(of: hunk, in: edits) }
        return result
    }

    private enum Edit {
        case keep(Substring), remove(Substring), insert(Substring)

        var isChange: Bool { if case .keep = self { false } else { true } }
    }

    /// Lines with their line breaks, so that a missing one at the end of the file is a difference.
    private static func lines(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = text[...]
        while let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
            let next = rest.utf8.index(after: end)
            lines.append(rest[..<next])
            rest = rest[next...]
        }
        if !rest.isEmpty { lines.append(rest) }
        return lines
    }

    private static func edits(from old: [Substring], to new: [Substring]) -> [Edit] {
        let difference = new.difference(from: old) { $0.utf8.elementsEqual($1.utf8) }
        var removals = Set<Int>(), insertions = Set<Int>()
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removals.insert(offset)
            case .insert(let offset, _, _): insertions.insert(offset)
            }
        }
        var edits: [Edit] = []
        var i = 0, j = 0
        while i < old.count || j < new.count {
            if i < old.count, removals.contains(i) {
                edits.append(.remove(old[i]))
                i += 1
            } else if j < new.count, insertions.contains(j) {
                edits.append(.insert(new[j]))
                j += 1
            } else {
                edits.append(.keep(old[i]))
                i += 1
                j += 1
            }
        }
        return edits
    }

    /// Ranges of edits that belong into one hunk.
    private static func hunks(of edits: [Edit], context: Int) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, edit) in edits.enumerated() where edit.isChange {
            let range = max(0, index - context)..<min(edits.count, index + context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func text(of hunk: Range<Int>, in edits: [Edit]) -> String {
        var body = ""
        var counts = (old: 0, new: 0)
        func line(_ sign: String, _ text: Substring) {
            body += sign + text + (text.utf8.last == UInt8(ascii: "\n") ? "" : "\n\\ No newline at end of file\n")
        }
        for edit in edits[hunk] {
            switch edit {
            case .keep(let text):
                line(" ", text)
                counts.old += 1
                counts.new += 1
            case .remove(let text):
                line("-", text)
                counts.old += 1
            case .insert(let text):
                line("+", text)
                counts.new += 1
            }
        }
        var start = (old: 0, new: 0)
        for edit in edits[..<hunk.lowerBound] {
            switch edit {
            case .keep:
                start.old += 1
                start.new += 1
            case .remove: start.old += 1
            case .insert: start.new += 1
            }
        }
        return "@@ -\(range(start.old, counts.old)) +\(range(start.new, counts.new)) @@\n" + body
    }

    /// An empty range names the line before it, as `diff` does.
    private static func range(_ start: Int, _ count: Int) -> String {
        count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
    }
}

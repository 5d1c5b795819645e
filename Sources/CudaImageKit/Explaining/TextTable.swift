/// Columns for people: each is as wide as its widest cell.
struct TextTable {
    /// `nil`: rows alone.
    var heading: [String]?
    /// As many cells each as the heading, or the first of them, has.
    var rows: [[String]]

    /// One line a row, without blanks at its end.
    var text: String {
        let all = (heading.map { [$0] } ?? []) + rows
        let widths = (all.first ?? []).indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            return line + "\n"
        }.joined()
    }
}

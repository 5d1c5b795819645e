import CudaImageKit

extension CalendarDay {
    /// `Tue, 24 Nov 2026 21:00:00 UTC`
    init?(releaseDate text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count >= 4, let day = Int(words[1]), let year = Int(words[3]),
            let month = Self.months.firstIndex(of: String(words[2]))
        else { return nil }
        self.init(year: year, month: month + 1, day: day)
    }
}

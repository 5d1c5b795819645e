/// A day, as the files of repositories name it.
struct CalendarDay: Hashable, CustomStringConvertible {
    var year: Int
    var month: Int
    var day: Int

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Tue, 24 Nov 2026 21:00:00 UTC`
    init?(releaseDate text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count >= 4, let day = Int(words[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            (1970...9999).contains(year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month + 1, day)
    }

    /// Seconds since 1970, in UTC.
    init?(seconds: Int) {
        guard (0...253_402_300_799).contains(seconds) else { return nil }
        // Days since 0000-03-01, in eras of 400 years: leap days are at the end of such years.
        let days = seconds / 86_400 + 719_468
        let era = days / 146_097, dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}

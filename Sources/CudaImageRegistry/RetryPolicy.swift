import CudaImageKit

/// When a request is sent again.
package struct RetryPolicy: Hashable, Sendable {
    /// How often a request is sent at most.
    package var attempts = 4
    /// Seconds before the second attempt; each further one waits twice as long.
    package var firstDelay = 1
    /// The longest that a server may ask to wait, in seconds.
    package var longestDelay = 60

    package init() {}

    /// Answers that tell to come again.
    static func isTemporary(_ status: Int) -> Bool { [408, 429, 502, 503, 504].contains(status) }

    /// Failures that may be gone the next time.
    static func isTemporary(_ reason: TransportError.Reason) -> Bool { reason == .dropped }

    /// The seconds to wait.
    ///
    /// - Parameter attempt: how often the request was sent.
    func delay(after attempt: Int) -> Int { firstDelay << min(attempt - 1, 10) }

    /// The seconds that a server asks to wait; `nil` if it does not, or says so in no way that is known.
    ///
    /// - Parameters:
    ///   - header: of `Retry-After`: seconds, or a date (`Fri, 31 Dec 1999 23:59:59 GMT`).
    ///   - now: seconds since 1970.
    package static func seconds(_ header: String?, now: Int) -> Int? {
        guard let header else { return nil }
        let text = header.trimmed
        if !text.isEmpty, text.utf8.allSatisfy(ByteClass.isDigit) {
            // A number that is too large for a number is a long time.
            return Int(text) ?? .max
        }
        return HTTPDate.seconds(of: text).map { max(0, $0 - now) }
    }
}

/// Where time comes from, and where it goes.
package struct RegistryClock: Sendable {
    /// Seconds since 1970.
    package var now: @Sendable () -> Int
    /// Waits some seconds.
    package var wait: @Sendable (Int) -> Void

    package init(now: @escaping @Sendable () -> Int, wait: @escaping @Sendable (Int) -> Void) {
        self.now = now
        self.wait = wait
    }
}

/// The date of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
enum HTTPDate {
    /// Seconds since 1970; `nil` for another form.
    static func seconds(of text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let number = Int(words[1]), let year = Int(words[3]), year >= 1970,
            let month = CalendarDay.months.firstIndex(of: String(words[2])),
            let day = CalendarDay(year: year, month: month + 1, day: number)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
            return nil
        }
        return day.seconds + time[0] * 3600 + time[1] * 60 + time[2]
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isBlank)
        return start.lastIndex { !isBlank($0) }.map { String(start[...$0]) } ?? ""
    }
}

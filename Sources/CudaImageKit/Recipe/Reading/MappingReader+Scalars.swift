extension MappingReader {
    /// One line of text.
    func line(_ key: Key) -> Located<String>? {
        node(key).flatMap { findings.line($0, path: name(key)) }
    }

    /// One line of text that a rule allows.
    ///
    /// - Parameters:
    ///   - noun: what the text is: `a label name`.
    ///   - rule: what such a text looks like.
    func line(_ key: Key, _ noun: String, rule: String, where isAllowed: (String) -> Bool) -> Located<String>? {
        guard let line = line(key) else { return nil }
        return findings.check(line, noun, rule: rule, where: isAllowed) ? line : nil
    }

    /// A validated name.
    func name<Name: ValidatedName>(_ key: Key, _ noun: String, as _: Name.Type = Name.self) -> Located<Name>? {
        line(key).flatMap { findings.name($0, noun) }
    }

    /// A value with a text form of its own.
    ///
    /// - Parameter hint: the right spelling of a text that is none.
    func value<Value: LosslessStringConvertible>(
        _ key: Key, _ noun: String, rule: String, as _: Value.Type = Value.self,
        hint: (String) -> String? = { _ in nil }
    ) -> Located<Value>? {
        line(key).flatMap { findings.value($0, noun, rule: rule, hint: hint) }
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: Key, _ noun: String, as _: Choice.Type = Choice.self
    ) -> Located<Choice>? where Choice.RawValue == String {
        line(key).flatMap { findings.choice($0, noun) }
    }

    /// A whole number of a range.
    func number(_ key: Key, in range: ClosedRange<Int>) -> Located<Int>? {
        guard let line = line(key) else { return nil }
        guard let number = RecipeRules.wholeNumber(line.value), range.contains(number) else {
            findings.error(
                .invalidValue,
                "\(line.value.quotedExcerpt) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                at: line.span)
            return nil
        }
        return Located(number, at: line.span)
    }
}

extension FindingList {
    /// A scalar that may have several lines, but no character that no process can be given.
    func text(_ node: YAMLNode, path: String) -> Located<String>? {
        guard case .scalar(let scalar) = node.content else {
            wrongType(node, expected: "a text", path: path)
            return nil
        }
        guard !scalar.isNull else {
            missingValue(of: path, at: node.span)
            return nil
        }
        guard !scalar.text.unicodeScalars.contains("\0") else {
            error(.invalidValue, "\(path.quotedExcerpt) holds a null character", at: node.span)
            return nil
        }
        return Located(scalar.text, at: node.span)
    }

    /// A scalar without line breaks and other control characters.
    func line(_ node: YAMLNode, path: String) -> Located<String>? {
        guard let text = text(node, path: path) else { return nil }
        guard let bad = text.value.unicodeScalars.first(where: ByteClass.isControl) else { return text }
        if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(bad) {
            error(
                .lineBreakInValue, "\(path.quotedExcerpt) holds a line break, which a Dockerfile can't carry here",
                at: node.span, help: "write it on one line")
        } else {
            error(.invalidValue, "\(path.quotedExcerpt) holds a control character", at: node.span)
        }
        return nil
    }

    func name<Name: ValidatedName>(_ line: Located<String>, _ noun: String) -> Located<Name>? {
        guard let name = Name(line.value) else {
            error(.invalidValue, "\(line.value.quotedExcerpt) is not \(noun): \(Name.rule)", at: line.span)
            return nil
        }
        return Located(name, at: line.span)
    }

    func value<Value: LosslessStringConvertible>(
        _ line: Located<String>, _ noun: String, rule: String, hint: (String) -> String? = { _ in nil }
    ) -> Located<Value>? {
        guard let value = Value(line.value) else {
            error(
                .invalidValue, "\(line.value.quotedExcerpt) is not \(noun): \(rule)", at: line.span,
                meant: hint(line.value))
            return nil
        }
        return Located(value, at: line.span)
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ line: Located<String>, _ noun: String) -> Located<Choice>?
    where Choice.RawValue == String {
        if let choice = Choice(rawValue: line.value) { return Located(choice, at: line.span) }
        let names = Choice.allCases.map(\.rawValue)
        let nearest = line.value.utf8.count <= 64 ? Suggestion.nearest(to: line.value, in: names) : nil
        error(
            .invalidValue, "\(line.value.quotedExcerpt) is not \(noun): expected \(names.joined(separator: ", "))",
            at: line.span, meant: nearest)
        return nil
    }

    /// An error about a value, with the one that was probably meant.
    private func error(_ code: DiagnosticCode, _ message: String, at span: SourceSpan, meant: String?) {
        error(
            code, message, at: span, help: meant.map { "did you mean '\($0)'?" },
            fix: span.isOption ? nil : meant.map { Diagnostic.FixIt(span: span, replacement: $0) })
    }

    /// Whether a rule allows the text; reports it if not.
    func check(_ line: Located<String>, _ noun: String, rule: String, where isAllowed: (String) -> Bool) -> Bool {
        if isAllowed(line.value) { return true }
        error(.invalidValue, "\(line.value.quotedExcerpt) is not \(noun): \(rule)", at: line.span)
        return false
    }
}

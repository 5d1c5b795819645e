extension MappingReader {
    /// `user:`: a mapping, a name, or numbers such as `10001` and `10001:10001`.
    func user(_ key: Key) -> Recipe.User? {
        guard let node = node(key) else { return nil }
        if case .scalar = node.content { return findings.line(node, path: name(key)).flatMap(user(of:)) }
        guard let keys = mapping(key, of: Recipe.User.Key.self) else { return nil }
        var user = Recipe.User(span: keySpan(key))
        user.name = keys.line(.name, "a user name", rule: RecipeRules.accountRule, where: RecipeRules.isAccountName)
        user.uid = keys.number(.uid, in: RecipeRules.identities)
        user.gid = keys.number(.gid, in: RecipeRules.identities)
        if let name = user.name, let uid = user.uid, (name.value == "root") != (uid.value == 0) {
            findings.error(
                .conflictingKeys, "the user \(name.value.quotedExcerpt) can't have the UID \(uid.value)", at: uid.span,
                notes: ["root, and root alone, has the UID 0"])
        }
        return user
    }

    private func user(of line: Located<String>) -> Recipe.User? {
        var user = Recipe.User(span: line.span)
        if line.value.utf8.first.map(ByteClass.isDigit) == true {
            let numbers = line.value.split(separator: ":", omittingEmptySubsequences: false)
                .compactMap(RecipeRules.wholeNumber)
            if numbers.count == line.value.split(separator: ":", omittingEmptySubsequences: false).count,
                numbers.count <= 2, numbers.allSatisfy(RecipeRules.identities.contains)
            {
                user.uid = Located(numbers[0], at: line.span)
                if numbers.count == 2 { user.gid = Located(numbers[1], at: line.span) }
                return user
            }
        } else if RecipeRules.isAccountName(line.value) {
            user.name = line
            return user
        }
        findings.error(
            .invalidValue, "\(line.value.quotedExcerpt) is not a user: a name, UID or UID:GID", at: line.span,
            help: "write user: {name: app, uid: 10001}")
        return nil
    }
}

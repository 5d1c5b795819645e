extension Resolver {
    /// Warns of owners that the image may not have: `COPY --chown` fails in the build if neither the base nor the
    /// recipe makes the account.
    mutating func checkOwners(user: ApplicationPlan.UserPlan?) {
        guard isRead("user") else { return }
        var known: Set<String> = ["root"]
        if case .account(let name, _, _) = user { known.insert(name) }
        for step in recipe.copies + (recipe.build?.artifacts ?? []) {
            guard let owner = step.owner else { continue }
            for part in owner.value.text.split(separator: ":").map(String.init) {
                guard part.utf8.first.map(ByteClass.isDigit) == false, known.insert(part).inserted else {
                    continue
                }
                diagnostics.warning(
                    .unknownAccount, "nothing in the recipe makes the account '\(part)', and COPY needs it",
                    at: owner.span, help: "use \(Self.list(of: user)), or a number")
            }
        }
    }

    private static func list(of user: ApplicationPlan.UserPlan?) -> String {
        if case .account(let name, _, _) = user { "'\(name)' (the recipe's user) or 'root'" } else { "'root'" }
    }
}

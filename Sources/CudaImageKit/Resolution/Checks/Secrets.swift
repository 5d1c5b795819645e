extension Resolver {
    /// Refuses user names and passwords in URLs: they would stand in the image's history for everyone who has it.
    mutating func checkCredentials() {
        guard let python = recipe.python else { return }
        if let index = python.index { checkCredentials(in: index, of: "python.index") }
        for index in python.extraIndexes { checkCredentials(in: index, of: "python.extra-indexes") }
        for channel in python.channels { checkCredentials(in: channel, of: "python.channels") }
        for package in python.packages { checkCredentials(in: package, of: "python.packages") }
    }

    private mutating func checkCredentials(in text: Located<String>, of key: String) {
        guard let host = Credentials.host(in: text.value) else { return }
        diagnostics.error(
            .credentialsInURL,
            "a URL of '\(key)' holds a user name or password, which would stand in the image's history", at: text.span,
            notes: ["pip, uv and conda find them in ~/.netrc: machine \(host) login USER password PASSWORD"],
            help: "leave them out of the URL, write secrets: [{id: netrc, target: /root/.netrc}], and build with "
                + "--secret id=netrc,src=$HOME/.netrc")
    }

    /// Warns of secrets that no `RUN` mounts: dropped, they would be missed only when something fails.
    mutating func checkSecrets() {
        let commands = recipe.commands + (recipe.build?.commands ?? [])
        guard recipe.python == nil, commands.isEmpty, isRead("run", "build", "python") else { return }
        for secret in recipe.secrets {
            diagnostics.warning(
                .unusedSecret,
                "the secret '\(secret.id.value)' is used by nothing: there is no 'run', 'build.run' or 'python'",
                at: secret.id.span,
                help: "remove it, or read \(secret.path?.text ?? "its file") in a command of 'run'")
        }
    }
}

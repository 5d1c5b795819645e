import Testing

@testable import CudaImageKit

/// Commands of several lines: readable where the shell can't tell the difference, else as they stand.
@Suite struct CommandLinesTests {
    private static func printed(_ command: String) throws -> String {
        var printer = InstructionPrinter()
        return try printer.text(of: .run(.shell(command)))
    }

    @Test(arguments: [
        ("a\nb", "RUN set -e; \\\n    a; \\\n    b"),
        ("a\n\n  b c\n\t\nd\n", "RUN set -e; \\\n    a; \\\n    b c; \\\n    d"),
        ("# why\na\n# how \\\nb # now\n# end", "RUN set -e; \\\n# why\n    a; \\\n# how\n# now\n    b"),
        ("a \\\n  b \\\n  c\nd", "RUN set -e; \\\n    a \\\n        b \\\n        c; \\\n    d"),
        ("a && \\\n b ||\n\n c\nd", "RUN set -e; \\\n    a && \\\n        b || \\\n        c; \\\n    d"),
        ("set -eux; \\\n  a; \\\n  b;", "RUN set -e; \\\n    set -eux; \\\n    a; \\\n    b"),
        ("a; b\nc |\n d", "RUN set -e; \\\n    a; b; \\\n    c | \\\n        d"),
        ("a;# x\n \\\n# y\nb", "RUN set -e; \\\n# x\n    a; \\\n# y\n    b"),
        ("A=1 B=\"$(x 'y' | z)\" c > /f 2>&1\n! grep -q '#' f#g", nil),
        ("echo \"${A:-b c}\" `nproc` ${#B}\n[ -f \"x\" ] && echo 'a;b' \\; done", nil),
        (
            "# escape=`\n# hadolint ignore=DL3002\na\nb",
            "RUN set -e; \\\n## escape=`\n## hadolint ignore=DL3002\n    a; \\\n    b"
        ),
    ])
    func simpleLinesAreJoined(command: String, expected: String?) throws {
        let text = try Self.printed(command)
        #expect(text == expected ?? text)
        #expect(text.hasPrefix("RUN set -e; \\\n"), "\(text)")
    }

    @Test func mountsStandBeforeTheLines() throws {
        var printer = InstructionPrinter()
        let target = try #require(ContainerPath("/t"))
        let text = try printer.text(of: .run(.shell("a\nb"), mounts: [.secret(id: "s", target: target)]))
        #expect(text == "RUN --mount=type=secret,id=s,target=/t \\\n    set -e; \\\n    a; \\\n    b")
    }

    /// What a shell could tell apart, or another shell reads differently.
    @Test(arguments: [
        // Compound commands, and what only looks like one line.
        "if a\nthen b\nfi", "for x in a b\ndo c\ndone", "f() {\na\n}", "{ a\nb; }", "(a\nb)", "(a)\nb",
        "case a in a) b;; esac\nc",
        "while a; do b; done\nc", "a && if b; then c; fi\nd", "! { a; }\nb", "[[ -f a ]]\nb", "time a\nb", "x=(a b)\nc",
        // Quotes, expansions and words across lines.
        "echo 'a\nb'", "echo \"a\nb\"", "echo a\\\nb\nc", "echo \"a \\\n b\"\nc", "echo $(a\nb)\nc", "echo $(a # b)\nc",
        "cat <<E\na\nE\nb", "cat <<< a\nb", "a\nb\\", "a\nb \\ ", "a\nb\\\\",
        // What only some shells have.
        "echo $'a'\nb", "echo $\"a\"\nb", "echo $[1+1]\nb", "echo $((1+1))\nb", "echo ${a/b/c}\nb", "echo ${!a}\nb",
        "a &> b\nc",
        "a |& b\nc", "a <(b)\nc", "echo ${a[0]}\nb", "a[0]=1\nb",
        // Operators without their commands.
        "a &\nb", "a & b\nc", "; a\nb", "a ;; b\nc", "a &&\n# c\nb", "b\na |", "&& a\nb", "a > \nb", "a > > b\nc",
        "!\na",
        "a | ! b\nc", "! ! a\nb", "a\n)\nb", "a 'b\nc", "a `b\nc",
        // What would notice.
        "alias a=b\na", "a\n. ./x\nb", "eval a\nb", "a && source x\nb", "command alias a=b\na", "\\alias a=b\na",
        "$x a=b\na",
        "A=1 eval a\nb", "2>/dev/null eval a\nb", "trap 'a' EXIT\nb", "set -n\na", "set -v\na", "set\na", "set -o\na",
        "set -o posix\na", "set -oe\nb", "set -- a\nb", "set $x\na", "echo $LINENO\na", "echo $BASH_COMMAND\na",
        "echo $-\na",
        "echo $_\na", "echo ${_}\na", "ali?s a=b\na", "shopt -s x\na",
        // Characters.
        "a\u{a0}\nb", "a\u{3000}b\nc", "a\rb\nc", "a\u{2028}b\nc", "a\u{1}b\nc", "# a\u{85}b\nc",
        // Nothing to run.
        "# a\n# b",
    ])
    func everythingElseKeepsItsLines(command: String) throws {
        let text = try Self.printed(command)
        #expect(text.hasPrefix("RUN [\"/bin/sh\", \"-e\", \"-c\", "), "\(text)")
        #expect(!text.contains("\n"))
    }

    /// Shells that `/bin/sh` may be: whatever is installed of them.
    private static let shells: [[String]] = [
        ["dash"], ["bash", "--posix"], ["busybox", "sh"], ["mksh"],
    ].filter { Shell.isThere($0[0]) }

    @Test func shellsAreThere() { #expect(!Self.shells.isEmpty) }

    /// `CUDAGEN_SEED` chooses other scripts.
    @Test(arguments: 0..<300)
    func bothFormsRunAlike(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        let script = RandomScript(using: &generator)
        let text = try Self.printed(script.text)
        let context = Comment("CUDAGEN_SEED=\(SeededGenerator.seed), number \(number):\n\(script.text)\n\(text)")
        guard text.hasPrefix("RUN set -e; \\\n") else {
            #expect(!script.isSimple, context)
            return
        }
        try Self.compare(script.text, with: text, context)
    }

    /// Text of no sense: what is taken for simple by mistake would show here.
    @Test(arguments: 0..<20)
    func nonsenseThatIsJoinedRunsAlike(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        for _ in 0..<100 {
            let script = "echo start\n" + RandomScript.nonsense(using: &generator)
            // The number of the shell's process is another one in each run.
            guard !script.contains("$$"), let text = try? Self.printed(script), text.hasPrefix("RUN set -e; \\\n")
            else { continue }
            try Self.compare(
                script, with: text, "CUDAGEN_SEED=\(SeededGenerator.seed), number \(number):\n\(script)\n\(text)")
        }
    }

    private static func compare(_ script: String, with instruction: String, _ context: Comment) throws {
        let joined = Builder.shellText(of: instruction)
        for shell in shells {
            let lines = try Shell.run(shell + ["-e", "-c", script])
            let list = try Shell.run(shell + ["-c", joined])
            #expect(lines == list, context)
        }
    }
}

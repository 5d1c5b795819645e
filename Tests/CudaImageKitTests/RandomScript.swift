@testable import CudaImageKit

/// A shell script of several lines, as people write them into `run:`, and as nobody should.
struct RandomScript {
    private(set) var text = ""
    /// Whether it is made of nothing but what can be joined.
    private(set) var isSimple = true

    private static let simple = [
        "echo a", "echo 'a  b' \"c $A\" d\\ e", "false", "true", "! false", "! true", "A=1",
        "A=\"$(echo x; false)\"", "export A=2 B", "echo \"$A:$B\"", "cd .", "pwd", "echo x > f", "cat f",
        "echo y >> f 2>&1", "exit 3", "exit 0", "set -x", "set +e", "set -eu", "echo $UNSET",
        "echo ${A:-none} ${#A} $? $#", "cat < /dev/null", "test -f f || echo none", "[ -n \"$A\" ] && echo set",
        "false && echo no", "false || echo yes", "false | true", "echo a b | tr a-z A-Z", "echo a; echo b",
        "false; echo after", "echo `uname`", "echo *", "echo a#b '#c' \\#d", "echo $(false; echo in)",
        "printf '%s\\n' \"a\\\"b\" 'c\\n'", "nosuchcommand", "read X < f", "exec 3> g", "echo z >&3", "umask 077",
        "unset A", "shift", "IFS=,", "echo \"a;b\" 'c&&d' \"#e\"", "\"echo\" q", "wait", "A=5 sh -c 'echo $A'",
        "return 4", "echo $0", "set -o nounset", "set -euo noglob", ":", "sleep 0",
    ]

    /// Lines that may or may not be joined; if they are, it must not show.
    private static let odd = [
        "if true; then echo a; fi", "for i in 1 2; do echo $i; done", "f() { echo f; }", "f",
        "alias q='echo alias'", "q", "unalias q", "eval 'echo e'", "echo $LINENO", "echo $-", "(exit 2)",
        "{ echo g; }", "echo 'a", "b'", "echo \"a", "b\"", "cat <<E", "E", "if true", "fi", ")", "esac",
        "echo $((1 + 1))", "true &", "echo $(", "echo a)", "set -n", "set -v", "trap 'echo bye' EXIT", ". ./f",
        "echo ${A", "} x", "&& echo x", "| cat", "; echo x", "echo >", "echo \\", "!", "time true", "case a in",
        "a) echo c;;", "echo $_", "echo a;; echo b", "echo a & echo b", "while false; do :; done", "done",
        "then echo", "x=\\", "#", "echo ${A?unset}", "echo $'a'", "[ a", "echo ]",
    ]

    private static let breaks = [
        "\n", "\n", "\n", "\n", "\n\n", "\n  ", "\n\t", " \n", ";\n", " # why\n", "\n# because\n",
    ]
    private static let joints = [" && \\\n  ", " ||\n ", " |\n", "; \\\n", " && ", "; "]

    init(using generator: inout SeededGenerator) {
        let isOdd = generator.chance(50)
        for index in 0..<generator.number(2...7) {
            if index > 0 {
                if index == 1 || generator.chance(70) {
                    text += generator.oneOf(Self.breaks)
                } else {
                    text += generator.oneOf(Self.joints)
                    // `a | ! b` is no pipeline.
                    isSimple = isSimple && !text.hasSuffix("|\n")
                }
            }
            if isOdd, generator.chance(40) {
                text += generator.oneOf(Self.odd)
                isSimple = false
            } else {
                text += generator.oneOf(Self.simple)
            }
        }
    }

    /// Pieces of the language in any order.
    static func nonsense(using generator: inout SeededGenerator) -> String {
        (0..<generator.number(1...9)).map { _ in generator.oneOf(pieces) }.joined()
    }

    private static let pieces = [
        "\n", "\n", "\n", " ", " ", "echo ", "echo", "true", "false", "exit 0\n", "'", "'", "\"", "\"", "\\",
        "\\\n", " \\\n", "$A", "${A}", "${A:-x y}", "${#A}", "$(", "$(echo x)", "$(false)", ")", "(", "`",
        "`echo y`", ";", ";\n", " ; ", "&&", " && ", " || ", "|", " | cat", "&", "#", " # c", "!", "! ", ">f",
        " > g", "2>&1", "<f", ">", "{", "}", "[", "]", "if", "then", "fi", "for", "do", "done", "in", "case",
        "esac", "A=1", "A='b c'", "A+=d", "=", "$", "$'", "$\"", "*", "?", "~", "set -x", "set +e\n",
        "alias echo=printf\n", "eval ", ". ", "cd . ", "\t", "a", "0", "-", "%", ":", ",", "@", "^", "\u{e9}", "日",
        "$?", "$#", "$-", "$_", "$$", "${", "}", "\\'", "\\\"", "\\\\", "\\ ", "--", "umask\n", "pwd", "test -f f",
        "\n\n", "\n#d\n",
    ]
}

import Testing

@testable import CudaImageKit

@Suite struct EnvironmentMarkerTests {
    /// A marker, whether it holds with Python 3.11 on x86-64, and whether it does where the Python is not known.
    @Test(arguments: [
        ("python_version < '3.9'", false, nil), ("python_version >= \"3.9\"", true, nil),
        ("python_version>='3.10' and python_version<'3.12'", true, nil), ("'3.12' > python_version", true, nil),
        ("python_version == '3.*'", true, nil), ("python_version ~= '3.8'", true, nil),
        ("python_version in '3.10 3.11'", true, nil), ("python_version not in '3.10, 3.11'", false, nil),
        ("python_full_version < '3.11.4'", nil, nil), ("python_full_version < '3.12'", true, nil),
        ("sys_platform == 'linux'", true, true), ("sys_platform != 'win32'", true, true),
        ("platform_system == 'Darwin'", false, false), ("os_name == 'nt'", false, false),
        ("sys_platform == 'win32' or platform_machine == 'x86_64'", true, true),
        ("platform_machine == 'aarch64'", false, false), ("implementation_name == 'pypy'", false, false),
        ("(os_name == 'nt' or os_name == 'posix') and python_version > '3.7'", true, nil),
        ("os_name == 'nt' and python_version > '3.7'", false, false), ("extra == 'gpu'", false, false),
        ("extra != 'gpu'", true, true), ("platform_release >= '5'", nil, nil), ("sys.platform == 'linux'", true, true),
    ])
    func markerHolds(_ text: String, known: Bool?, unknown: Bool?) throws {
        let marker = try #require(EnvironmentMarker(text))
        #expect(marker.holds(in: .init(python: PythonVersion(3, 11))) == known)
        #expect(marker.holds(in: .init(python: nil)) == unknown)
    }

    @Test(arguments: [
        "", "python_version", "python_version <", "python_version < 3.9", "a == 'b'", "os_name = 'nt'",
        "os_name == 'nt' and", "(os_name == 'nt'", "os_name == 'nt')", "not os_name == 'nt'", "os_name == 'nt",
        "os_name == 'nt' os_name == 'nt'", String(repeating: "(", count: 1000) + "os_name == 'nt'",
    ])
    func whatIsNoMarkerIsNotRead(_ text: String) { #expect(EnvironmentMarker(text) == nil) }

    /// A chain is no reason to recurse: one of a hundred thousand terms fits into a file of requirements.
    @Test(arguments: [" or ", " and "]) func longChainsEnd(sign: String) throws {
        func chain(_ count: Int) -> String { Array(repeating: "os_name == 'nt'", count: count).joined(separator: sign) }
        #expect(EnvironmentMarker(chain(100_000)) == nil)
        #expect(try #require(EnvironmentMarker(chain(200))).holds(in: .init()) == false)
        let met = try #require(EnvironmentMarker(chain(200) + sign + "os_name == 'posix'"))
        #expect(met.holds(in: .init()) == (sign == " or "))
    }

    @Test func everyPythonOfTheCatalogueIsConsidered() {
        let pythons = Framework.allCases.flatMap { Catalog.embedded.releases(of: $0) }.flatMap(\.pythons)
        #expect(pythons.filter { $0 >= PythonVersion(3, 5) && !PythonVersion.considered.contains($0) } == [])
    }

    @Test func platformsCountTogether() {
        let arm = "platform_machine == 'aarch64'"
        #expect(EnvironmentMarker.holds(arm, python: nil, platforms: []) == false)
        #expect(EnvironmentMarker.holds(arm, python: nil, platforms: [.linuxAMD64, .linuxARM64]) == true)
        #expect(EnvironmentMarker.holds("python_version < '3'", python: nil, platforms: []) == false)
        #expect(EnvironmentMarker.holds("python_version > '3.9'", python: nil, platforms: []) == nil)
        #expect(EnvironmentMarker.holds("not a marker", python: nil, platforms: []) == true)
    }
}

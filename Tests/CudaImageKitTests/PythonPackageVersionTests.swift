import Testing

@testable import CudaImageKit

/// Versions and specifiers of Python packages; the orders and answers are PEP 440's own examples.
@Suite struct PythonPackageVersionTests {
    private func version(_ text: String) throws -> PythonPackageVersion {
        try #require(PythonPackageVersion(text), "\(text)")
    }

    @Test func versionsAreOrderedAsPEP440Says() throws {
        let ascending = [
            "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
            "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7",
            "1.0+cu124", "1.0+9", "1.0+9.a", "1.0+9.0", "1.0+10", "1.0+100000000000000000000",
            "1.0.post456.dev34", "1.0.post456", "1.1.dev1", "1.9", "1.10", "1!0.1",
        ]
        for (left, right) in zip(ascending, ascending.dropFirst()) {
            #expect(try version(left) < version(right), "\(left) \(right)")
            #expect(try !(version(right) < version(left)))
        }
    }

    @Test(arguments: [
        ("1.0", "1"), ("1.0.0", "1.0"), ("v1.0", "1.0"), ("1.0alpha1", "1.0a1"), ("1.0-rc.1", "1.0rc1"),
        ("1.0c1", "1.0rc1"), ("1.0-1", "1.0.post1"), ("1.0.rev2", "1.0.post2"), ("2.4.0+CU124", "2.4.0+cu124"),
        ("1.0+a_b-c", "1.0+a.b.c"), ("1.0+09", "1.0+9"), ("1.0+a.0", "1.0+a.00"),
    ])
    func spellingsOfOneVersionAreEqual(left: String, right: String) throws {
        #expect(try version(left) == version(right))
        #expect(try version(left).hashValue == version(right).hashValue)
    }

    @Test(arguments: [
        "", "x", "1..0", "1.", ".1", "1.0x", "1.0+", "1.0+a..b", "1 .0", "-1", "1.0 ", "99999999999999999999",
        "1.0\u{301}",
        "１.0",
    ])
    func whatIsNoVersionIsRefused(text: String) { #expect(PythonPackageVersion(text) == nil) }

    @Test(arguments: [
        ("==2.4", "2.4.0", true), ("==2.4", "2.4.1", false), ("==2.4.*", "2.4.1", true), ("==2.4.*", "2.40.0", false),
        ("==2.4.0", "2.4.0+cu124", true), ("==2.4.0+cu124", "2.4.0+cu124", true),
        ("==2.4.0+cu121", "2.4.0+cu124", false), ("==2.4.0+09", "2.4.0+9", true),
        ("!=2.4.0", "2.4.0+cu124", false), ("!=2.4.*", "2.4.1", false), ("!=2.4.*", "2.5.0", true),
        ("~=2.4", "2.9.1", true), ("~=2.4", "3.0", false), ("~=2.4.1", "2.4.2", true), ("~=2.4.1", "2.5.0", false),
        (">=2.1,<3,!=2.3.0", "2.3.0", false), (">=2.1,<3,!=2.3.0", "2.3.1", true), ("<2.4", "2.4.0rc1", false),
        (">1.7", "1.7.0.post1", false), (">1.7", "1.7.1", true), ("<=2.4", "2.4.0+cu124", true),
        ("===2.4.0", "2.4.0", true), ("===2.4.0", "2.4.0+cu124", false), ("", "1.0", true), (">=1, ", "2", true),
    ])
    func specifiersAllowWhatTheySay(specifiers: String, candidate: String, allowed: Bool) throws {
        let found = try #require(VersionSpecifiers(specifiers))
        #expect(try found.allows(version(candidate)) == allowed)
    }

    @Test(arguments: ["=2.4", "2.4", ">=", "~=2", ">=2.4.*", ">=2.4,,<3", ">=2.4+cu124", "==x", "<2 3"])
    func whatIsNoSpecifierIsRefused(text: String) { #expect(VersionSpecifiers(text) == nil) }

    @Test(arguments: [
        ("2.4", "==2.4.*"), ("2", "==2.*"), ("2.4.1", "==2.4.1"), (">=2.1", ">=2.1"), ("0.9.0.1", "==0.9.0.1"),
        ("2.4.0+cu121", "==2.4.0+cu121"),
    ])
    func peopleMeanASeriesByTwoNumbers(text: String, meaning: String) {
        #expect(VersionSpecifiers(loose: text)?.description == meaning)
    }

    @Test(arguments: [
        ("torch==2.4.0", "torch", "", "==2.4.0", nil), ("torch", "torch", "", "", nil),
        ("jax[cuda12,x] >= 0.4 ; python_version > '3.8'", "jax", "cuda12,x", ">=0.4", "python_version > '3.8'"),
        ("onnxruntime-gpu (>=1.9,<2)", "onnxruntime-gpu", "", ">=1.9,<2", nil),
        ("torch @ https://example.com/t.whl ; x", "torch", "", "", "x"),
    ])
    func requirementsAreReadAsPEP508Says(
        text: String, name: String, extras: String, specifiers: String, marker: String?
    ) throws {
        let requirement = try #require(PythonRequirement(text))
        #expect(requirement.name == name && requirement.extras.joined(separator: ",") == extras)
        #expect(requirement.specifiers.description == specifiers && requirement.marker == marker)
        #expect((requirement.url != nil) == text.contains("@"))
    }

    @Test(arguments: ["", "-e .", "torch==", "torch[x", "torch 2.4", "==2.4", "torch[a b]==1", "torch @"])
    func whatIsNoRequirementIsRefused(text: String) { #expect(PythonRequirement(text) == nil) }

    @Test func driverVersionsIgnoreLeadingZeros() throws {
        let driver = try #require(DriverVersion("580.65.06"))
        #expect(driver == DriverVersion("580.65.6") && driver.description == "580.65.06" && driver.branch == 580)
        #expect(try #require(DriverVersion("580")) < driver)
        for text in ["", "580.", "v580", "580.65.06.1.2", "9999999999", "5８0"] { #expect(DriverVersion(text) == nil) }
    }

    @Test(arguments: [
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version:  gcc 11.4.0\n"),
        ("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.104.05  Release Build  (dvs-builder@U16-T02)\n"),
    ])
    func driverIsReadFromTheKernelModule(text: String) {
        #expect(DriverVersion(kernelModule: text) == DriverVersion("535.104.05"))
        #expect(DriverVersion(kernelModule: "GCC version: gcc 11.4.0") == nil)
    }
}

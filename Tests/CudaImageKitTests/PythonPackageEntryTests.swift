import Testing

@testable import CudaImageKit

@Suite struct PythonPackageEntryTests {
    @Test(arguments: [
        ("numpy", "numpy", []), ("numpy==1.26.4", "numpy", []), (" numpy >= 1 ; python_version < '3.9'", "numpy", []),
        ("Flash_Attn", "flash-attn", []), ("a.-_b", "a-b", []), ("jax[cuda12]==0.10.2", "jax", ["cuda12"]),
        ("tensorflow [And_CUDA, x]", "tensorflow", ["and-cuda", "x"]), ("a; sys_platform == 'x/y'", "a", []),
        ("torch==2.7.1+cpu", "torch", []),
    ])
    func nameAndExtrasAreNormalised(text: String, name: String, extras: [String]) {
        let requirement = PythonPackageEntry(text)
        #expect(requirement.name == name)
        #expect(requirement.extras == extras)
        #expect(requirement.source == .index)
    }

    @Test(
        arguments: [
            ("./local.whl", nil, "./local.whl", ""), (".", nil, ".", ""), (".[dev]", nil, ".", "[dev]"),
            ("..", nil, "..", ""), ("vendor/pkg", nil, "vendor/pkg", ""),
            ("a-1.0-py3-none-any.whl", nil, "a-1.0-py3-none-any.whl", ""),
            ("a.TAR.GZ", nil, "a.TAR.GZ", ""), ("/opt/a", nil, "/opt/a", ""), ("~/a", nil, "~/a", ""),
            ("file:///opt/a.whl", nil, "/opt/a.whl", ""), ("FILE:a.whl", nil, "a.whl", ""),
            ("a @ file:///opt/a.whl", "a", "/opt/a.whl", ""), ("a@./a", "a", "./a", ""),
            ("git+file:///src/a", nil, "/src/a", ""), ("./a ; python_version > '3'", nil, "./a", ""),
        ] as [(String, String?, String, String)])
    func fileOrFolderIsLocal(text: String, name: String?, path: String, extras: String) {
        let requirement = PythonPackageEntry(text)
        #expect(requirement.source == .local(path: path, extras: extras))
        #expect(requirement.name == name)
    }

    @Test(
        arguments: [
            ("git+https://example.com/a.git@v1", nil, .repository(program: "git", usesSSH: false)),
            ("a @ git+https://example.com/a ; x", "a", .repository(program: "git", usesSSH: false)),
            ("a[b]@git+ssh://git@example.com/a", "a", .repository(program: "git", usesSSH: true)),
            ("hg+http://example.com/a", nil, .repository(program: "hg", usesSSH: false)),
            ("a @ https://example.com/a.whl", "a", .url), ("https://example.com/a.tar.gz", nil, .url),
        ] as [(String, String?, PythonPackageEntry.Source)])
    func urlNamesWhatFetchesIt(text: String, name: String?, source: PythonPackageEntry.Source) {
        #expect(PythonPackageEntry(text).source == source)
        #expect(PythonPackageEntry(text).name == name)
    }
}

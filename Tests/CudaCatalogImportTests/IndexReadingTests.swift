import CudaImageKit
import Testing

@testable import CudaCatalogImport

typealias SystemVersion = CudaCatalogImport.PackageVersion

@Suite struct IndexReadingTests {
    // MARK: - Debian

    private static let paragraph = "Package: libcublas-13-4\nVersion: 13.5.0.2-1\n"

    private func apt(_ text: String) throws(DiagnosticError) -> PackageIndex {
        try PackageIndex(aptPackages: Array(text.utf8), fileName: "Packages")
    }

    @Test func packagesAreRead() throws {
        let index = try apt(
            "Package: a\nArchitecture: amd64\nVersion: 1.10-1\nDepends: b (>= 2.0), c:any (= 3-1) | d,\n e [amd64], libc6 "
                + "(>> 2)\nDescription: x\n .\n more: text\n\n\n\nPackage: a\r\nVersion: 1.9-1\r\n")
        #expect(index.versions(of: "a").map(\.description) == ["1.9-1", "1.10-1"])
        let needs = try #require(index.packages["a"]?.last?.dependencies)
        #expect(needs.map(\.name) == ["b", "e", "libc6"], "of alternatives none is certain")
        #expect(needs.map(\.version?.description) == ["2.0", nil, nil])
    }

    @Test(
        arguments: [
            ("", 0, "lists no packages"), ("\n\n", 0, "lists no packages"), ("Package a\n", 1, "Field: value"),
            (" lost\n", 1, "continuation"), ("Version: 1\n", 1, "found nothing"), ("Package: a\n", 1, "'Version' of a"),
            ("Package: a\nPackage: b\nVersion: 1\n", 2, "twice"), ("Package: a b\nVersion: 1\n", 1, "'a b'"),
            ("Package: a\tb\nVersion: 1\n", 1, "name"), ("Package: ../../etc\nVersion: 1\n", 1, "name"),
            ("Package: a-\nVersion: 1\n", 1, "name"), ("Package: a\nVersion: 1;rm\n", 1, "found '1;rm'"),
            ("Package: a\nVersion: $(id)\n", 1, "version"), ("Package: a\nVersion: 1\u{1b}[31m\n", 1, "version"),
            ("Package: \u{e9}\nVersion: 1\n", 1, "name"),
            ("Package: a\nVersion: \(String(repeating: "1", count: 200))\n", 1, "found \'111"),
            (paragraph + "\n: x\n", 4, "Field: value"), ("\0\0\0\n", 1, "Field: value"),
        ] as [(String, Int, String)])
    func whatIsNoPackageIsRefusedWithItsLine(text: String, line: Int, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try apt(text) }
        let finding = try #require(error.diagnostics.all.first)
        #expect(finding.code == .invalidIndex && finding.message.contains(message), "\(finding.message)")
        #expect(finding.span?.start.line ?? 0 == line)
    }

    @Test(arguments: [("1.0", "1.00"), ("1.0-1", "1.0-01"), ("0:1.0", "1.0"), ("1.0", "1.0-0")])
    func versionsThatReplaceNoneOfEachOtherAreEqual(left: String, right: String) throws {
        let (left, right) = (try #require(SystemVersion(left)), try #require(SystemVersion(right)))
        #expect(left == right && left.hashValue == right.hashValue && !(left < right) && !(right < left))
        #expect(try left != #require(SystemVersion("1.1")))
    }

    @Test func hugeFieldsEndReading() {
        let long = Self.paragraph + "Depends: " + String(repeating: "a, ", count: 200_000) + "\n"
        #expect(throws: DiagnosticError.self) { try apt(long) }
        let ignored = Self.paragraph + "Description: " + String(repeating: "a", count: 1 << 20) + "\n"
        #expect(throws: Never.self) { try apt(ignored) }
        let bad = String(repeating: "x\n", count: 10_000)
        #expect((try? apt(bad)) == nil, "problems are not gathered without end")
    }

    @Test(
        arguments: [
            "Origin: NVIDIA\n", "SHA256:\n", "SHA256:\n abc 1 Packages\n",
            "SHA256:\n \(String(repeating: "A", count: 64)) 1 P\n",
            "SHA256:\n \(String(repeating: "a", count: 64)) -1 Packages\n",
            "SHA1:\n \(String(repeating: "a", count: 64)) 1 P\n",
        ])
    func releaseWithoutChecksumsIsRefused(text: String) {
        #expect(throws: DiagnosticError.self) { try AptRelease(parsing: Array(text.utf8), fileName: "Release") }
    }

    @Test func releaseNamesTheIndex() throws {
        let sum = String(repeating: "0123456789abcdef", count: 4)
        let release = try AptRelease(
            parsing: Array(
                "Date: Sat, 29 Feb 2020 00:00:00 UTC\nSHA256:\n \(sum) 12 ./Packages.gz\nSHA512:\n zz\n".utf8),
            fileName: "Release")
        #expect(release.packages == AptRelease.Entry(path: "Packages.gz", size: 12, sha256: sum))
        #expect(release.date == "2020-02-29")
    }

    // MARK: - rpm

    private static func primary(_ packages: String) -> [UInt8] {
        Array(
            "<metadata xmlns=\"http://linux.duke.edu/metadata/common\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\">\(packages)</metadata>"
                .utf8)
    }

    @Test func primaryIsRead() throws {
        let index = try PackageIndex(
            primary: Self.primary(
                """
                <package type="rpm"><name>a</name><arch>x86_64</arch><version epoch="3" ver="1.2" rel="1.el9"/>
                <format><rpm:requires><rpm:entry name="b" flags="GE" ver="2.0"/><rpm:entry name="/bin/sh"/>
                <rpm:entry name="c" flags="LT" ver="9"/></rpm:requires></format></package>
                <package type="rpm"><name>a</name><arch>src</arch><version ver="9" rel="1"/></package>
                """), fileName: "primary.xml")
        #expect(index.versions(of: "a").map(\.description) == ["1.2-1.el9"], "without epoch, without sources")
        #expect(index.packages["a"]?.first?.dependencies.map(\.name) == ["b", "c"])
        #expect(index.packages["a"]?.first?.dependencies.map(\.version?.description) == ["2.0", nil])
    }

    private static let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><metadata>&b;</metadata>"
    private static let external = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><metadata>&a;</metadata>"

    @Test(
        arguments: [
            ("", "no element"), ("<metadata>", "can't be read"), (laughs, "no document type"),
            (external, "no document type"),
            ("<metadata>&unknown;</metadata>", "entity"), ("<metadata/>", "lists no packages"),
            (String(repeating: "<a>", count: 100_000), "too deep"),
            ("<metadata><package><name>a b</name></package></metadata>", "'a b'"),
            ("<metadata><package><name>a</name><version ver=\"1;rm\" rel=\"1\"/></package></metadata>", "no version"),
            ("<metadata><package><name>a</name></package></metadata>", "no name or no version"),
            ("<metadata><package><name>a&#9;b</name></package></metadata>", "name"),
            ("<?xml version=\"1.0\" encoding=\"UTF-7\"?><metadata/>", "lists no packages"),
            ("\u{feff}PK\u{3}\u{4}", "can't be read"),
        ] as [(String, String)])
    func hostileXMLIsRefused(text: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) {
            try PackageIndex(primary: Array(text.utf8), fileName: "primary.xml")
        }
        let finding = try #require(error.diagnostics.all.first)
        #expect(finding.code == .invalidIndex && finding.message.contains(message), "\(finding.message)")
    }

    private static let sum = String(repeating: "ab", count: 32)

    private func metadata(_ href: String, type: String = "sha256", sum: String = sum) throws -> RepositoryMetadata {
        let text =
            "<repomd><revision>951782400</revision><data type=\"filelists\"><location href=\"repodata/f\"/></data>"
            + "<data type=\"primary\"><checksum type=\"\(type)\">\(sum)</checksum><location href=\"\(href)\"/>"
            + "<size>7</size></data></repomd>"
        return try RepositoryMetadata(parsing: Array(text.utf8), fileName: "repomd.xml")
    }

    @Test func metadataNamesTheIndex() throws {
        let metadata = try metadata("repodata/x-primary.xml.gz")
        #expect(metadata.primary == AptRelease.Entry(path: "repodata/x-primary.xml.gz", size: 7, sha256: Self.sum))
        #expect(metadata.date == "2000-02-29")
    }

    @Test(arguments: [
        "../../etc/passwd", "repodata/../../x", "/etc/passwd", "https://example.com/x", "repodata/a b", "repodata//x",
        "repodata/x?y", "",
    ])
    func indexOutsideTheRepositoryIsRefused(href: String) {
        #expect(throws: DiagnosticError.self) { try metadata(href) }
    }

    @Test func weakChecksumsAreNone() {
        #expect(throws: DiagnosticError.self) { try metadata("repodata/x", type: "sha1") }
        #expect(throws: DiagnosticError.self) { try metadata("repodata/x", sum: "abcd") }
    }

    // MARK: - Versions

    @Test(
        arguments: [
            ("1.9-1", "1.10-1"), ("1.0~rc1-1", "1.0-1"), ("1.0-1", "1.0.1-1"),
            ("2.21.5-1+cuda12.4", "2.22.3-1+cuda12.4"),
            ("2.22.3-1+cuda12.4", "2.22.3-1+cuda12.5"), ("12.4.127", "12.4.127-1"), ("9.9-1", "1:1.0-1"),
            ("1.a-1", "1.+-1"), ("8.9.0.131-1.cuda12.1", "8.9.6.50-1.cuda12.2"), ("13.2.75-1", "13.4.20-1"),
        ] as [(String, String)])
    func versionsAscend(lower: String, higher: String) throws {
        let low = try #require(SystemVersion(lower)), high = try #require(SystemVersion(higher))
        #expect(low < high && !(high < low) && !(low < low))
    }

    @Test func zerosDoNotMatterToTheOrder() throws {
        let padded = try #require(SystemVersion("1.01-1")), plain = try #require(SystemVersion("1.1-1"))
        #expect(!(padded < plain) && !(plain < padded))
    }
}

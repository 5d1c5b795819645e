import CudaImageKit

/// An OpenPGP key as repositories publish it: text armour around base64.
public enum KeyFile {
    /// The key's packets, as `gpgv` wants them; `nil` if the armour is broken. What has no armour is left as it is.
    public static func binary(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.first != nil, !bytes.contains(where: { $0 >= 0x80 }) else { return bytes.isEmpty ? nil : bytes }
        var result: [UInt8] = []
        var state = State.outside
        for line in lines(of: bytes) {
            switch state {
            case .outside: if line == "-----BEGIN PGP PUBLIC KEY BLOCK-----" { state = .headers }
            case .headers:
                if line.isEmpty { state = .body } else if !line.contains(":") { return nil }
            case .body:
                if line == "-----END PGP PUBLIC KEY BLOCK-----" {
                    state = .outside
                } else if line.first != "=" {
                    // A line that begins with = is the armour's own checksum; the signature proves more.
                    guard let part = base64(line) else { return nil }
                    result += part
                }
            }
        }
        return result.isEmpty || state != .outside ? nil : result
    }

    private enum State { case outside, headers, body }

    /// SHA-256 of the file without its `Version:` line, which differs from copy to copy.
    public static func sha256WithoutVersionLine(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return SHA256.hexDigest(
            Array(lines.filter { !$0.starts(with: "Version".utf8) }.joined(separator: [UInt8(ascii: "\n")])))
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.filter { $0 > 0x20 || $0 == 0x20 && line.contains(UInt8(ascii: "-")) }, as: UTF8.self)
        }
    }

    private static func base64(_ line: String) -> [UInt8]? {
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isPadded = false
        for byte in line.utf8 {
            let value: UInt8
            switch byte {
            case 0x41...0x5a: value = byte - 0x41
            case 0x61...0x7a: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case 0x2b: value = 62
            case 0x2f: value = 63
            case 0x3d:
                isPadded = true
                continue
            default: return nil
            }
            if isPadded { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }
}

/// What the smoke test's templates are rendered with; `Documentation/templates.md` describes every value.
enum SmokeContext {
    static func value(of plan: SmokeTestPlan, command: String, extras: SmokeTest.Extras) -> TemplateValue {
        let cuda = plan.cuda.value
        let kernels = plan.kernels.value
        let libraries = plan.libraries.value
        let hasCommand = !plan.command.isEmpty
        return .object([
            "version": .text(Generator.version),
            "command": .text(command),
            "checksum": .text(Checksum.placeholder),
            "image": .text(plan.image.value.description),
            "name": .text(plan.name),
            "needsBuild": .bool(plan.needsBuild),
            "cuda": .text(cuda.description),
            "builder": builder(plan.builder.value),
            "driver": driver(plan.driver),
            "timeoutSeconds": .text("\(plan.timeoutSeconds.value)"),
            "architectures": .list(architectures(plan.architectures.value)),
            "kernels": .object(
                Dictionary(kernels.map { ($0.key, .bool(true)) }, uniquingKeysWith: { first, _ in first })),
            "transfers": .bool(kernels.contains(where: \.isTransfer)),
            "libraries": .object(
                Dictionary(
                    libraries.map { ($0.rawValue, library($0, cuda: cuda, cudnn: plan.cudnn)) },
                    uniquingKeysWith: { first, _ in first })),
            "hasLibraries": .bool(!libraries.isEmpty),
            "nvcc": .bool(plan.hasCompiler),
            "smokeCommand": hasCommand
                ? .object(["words": .list(plan.command.map { .object(["literal": .text(literal($0))]) })])
                : .bool(false),
            "hasProcesses": .bool(plan.hasCompiler || hasCommand),
            "kubernetes": .bool(extras.contains(.kubernetes)),
            "compose": .bool(extras.contains(.compose)),
        ])
    }

    private static func builder(_ builder: SmokeBuilder) -> TemplateValue {
        .object([
            "image": .text(builder.image.description),
            "threads": .bool(builder.hasThreads),
            "staticStandardLibrary": .bool(builder.linksStandardLibrary),
        ])
    }

    private static func driver(_ driver: DriverRequirement) -> TemplateValue {
        .object([
            "minimum": .text(driver.minimum?.description ?? ""),
            "floor": .text(driver.floor?.description ?? ""),
            "forward": .list(
                driver.forward.map { .object(["from": .text("\($0.from)"), "below": .text("\($0.below)")]) }),
        ])
    }

    /// Machine code for each, then PTX where it is kept.
    private static func architectures(_ architectures: [ComputeCapability]) -> [TemplateValue] {
        let all = architectures.map { ($0, false) } + architectures.filter(\.includesPTX).map { ($0, true) }
        return zip(all, architectures.gencode).map { each, gencode in
            .object([
                "sm": .text(each.0.target), "number": .text(each.0.number), "ptx": .bool(each.1),
                "gencode": .text(gencode),
            ])
        }
    }

    private static func library(_ library: SmokeLibrary, cuda: CUDAVersion, cudnn: Int?) -> TemplateValue {
        let names = { (names: [String]) in TemplateValue.list(names.map { .object(["name": .text($0)]) }) }
        var value = ["sonames": names(library.sonames(for: cuda, cudnn: cudnn))]
        if library == .npp { value["core"] = names([SmokeLibrary.nppCore(for: cuda)]) }
        if library == .cudnn, let cudnn { value["major"] = .text("\(cudnn)") }
        return .object(value)
    }

    /// A C++ string literal: bytes that a source can't hold as they are become octal escapes, which take at most three
    /// digits; `?` could begin a trigraph.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
                literal += "\\"
                literal.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x20..<0x7f: literal.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 8)
                literal += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return literal + "\""
    }
}

import CudaImageKit

extension GeneratedImage {
    mutating func evaluate(_ dockerfile: Dockerfile, on platform: Platform) {
        guard let last = dockerfile.stages.indices.last else { return }
        evaluate(stage: last, of: dockerfile, on: platform)
    }

    /// Follows a stage from what it starts from; only earlier stages can be meant.
    private mutating func evaluate(stage index: Int, of dockerfile: Dockerfile, on platform: Platform) {
        let stage = dockerfile.stages[index]
        let below: String
        switch stage.base {
        case .image(let image): below = image.description
        case .stage(let name): below = name.text
        case .stagePerArchitecture(let prefix): below = "\(prefix)-\(platform.architecture)"
        }
        if let earlier = dockerfile.stages[..<index].lastIndex(where: { $0.name?.text == below }) {
            evaluate(stage: earlier, of: dockerfile, on: platform)
        } else {
            base = below
        }
        for instruction in stage.sections.flatMap(\.instructions) { apply(instruction) }
    }

    private mutating func apply(_ instruction: Instruction) {
        switch instruction {
        case .environment(let variables):
            // All values of one instruction see the environment before it.
            let before = environment
            for variable in variables {
                environment[variable.name.text] = variable.value.map { Self.text(of: $0, in: before) }.joined()
            }
        case .label(let all): for label in all { labels[label.name] = label.value }
        case .run(.shell(let command), _): commands.append(command)
        case .workingDirectory(let path): setWorkingDirectory(path.text)
        case .user(let identity): user = identity.text
        case .expose(let all): ports += all.map(\.description)
        case .volume(let paths): volumes += paths.map(\.text)
        case .healthcheck(let check): healthcheck = check.command.isEmpty ? nil : check
        case .stopSignal(let signal): stopSignal = signal.text
        case .entrypoint(let words):
            entrypoint = words
            // An entrypoint resets the command of the image below.
            command = nil
        case .command(let words): command = words
        case .from, .argument, .targetArchitecture, .run(.script, _), .copy, .shell: break
        }
    }

    private mutating func setWorkingDirectory(_ path: String) {
        // Where a relative path leads from the base's own folder, the Dockerfile does not say.
        workingDirectory = path.hasPrefix("/") ? path : workingDirectory.map { "\($0)/\(path)" }
    }

    private static func text(of fragment: EnvironmentVariable.Fragment, in environment: [String: String]) -> String {
        switch fragment {
        case .text(let text): text
        case .variable(let name): environment[name.text] ?? "${\(name)}"
        }
    }

    /// What an official image sets itself.
    mutating func setEnvironment(of contents: ImageContents) {
        var variables = [("CUDA_VERSION", contents.facts.cudaVersionVariable)]
        if let condition = contents.facts.requireCUDA { variables.append(("NVIDIA_REQUIRE_CUDA", condition)) }
        variables += contents.facts.environment.map { ($0.name, $0.value) }
        variables += contents.layers.flatMap(\.set.environment).map { ($0.name, $0.value) }
        for (name, value) in variables {
            guard let name = EnvironmentName(name) else { continue }
            apply(.environment([EnvironmentVariable(name, extending: value)]))
        }
    }
}

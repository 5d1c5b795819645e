extension Resolver {
    /// Warns of search paths that would lose what the image has, and of variables that the value does not expand.
    mutating func checkEnvironment() {
        for variable in recipe.environment + (recipe.build?.environment ?? []) {
            guard
                let value = EnvironmentName(variable.name.value).map({
                    EnvironmentVariable($0, extending: variable.value.value)
                })
            else { continue }
            checkSearchPath(variable, value)
        }
    }

    private mutating func checkSearchPath(_ variable: Recipe.Variable, _ value: EnvironmentVariable) {
        let name = variable.name.value
        guard name == "PATH" || name.hasSuffix("_PATH") || name == "PYTHONPATH" else { return }
        let texts = value.value.compactMap { fragment in
            if case .text(let text) = fragment { text } else { nil as String? }
        }
        if texts.contains(where: { $0.contains("$") }) {
            diagnostics.warning(
                .pathReplaced, "'$' in the value of \(name) is text: only $\(name) itself is expanded",
                at: variable.value.span, help: "write the folders in full, as in \"/opt/app/bin:$\(name)\"")
        }
        let extendsItself = texts.count < value.value.count
        guard name == "PATH", !extendsItself else { return }
        let folders = texts.joined().split(separator: ":")
        guard !folders.contains("/usr/bin") || !folders.contains("/bin") && !folders.contains("/usr/local/bin") else {
            return
        }
        diagnostics.warning(
            .pathReplaced, "the value replaces the image's PATH, and programs are no longer found",
            at: variable.value.span, help: "write \"\(texts.joined()):$PATH\" to add to it")
    }

    /// Refuses variables that say something else than the keys of `gpu`, and warns where CUDA would see no driver.
    mutating func checkGPU() {
        let keys: [(variable: String, key: String, isSet: Bool)] = [
            ("NVIDIA_VISIBLE_DEVICES", "gpu.devices", recipe.gpu.devices != nil),
            ("NVIDIA_DRIVER_CAPABILITIES", "gpu.capabilities", !recipe.gpu.capabilities.isEmpty),
        ]
        for variable in recipe.environment {
            for (name, key, isSet) in keys where isSet && variable.name.value == name {
                diagnostics.error(
                    .conflictingKeys, "'\(key)' and the variable \(name) say the same thing twice",
                    at: variable.name.span, help: "leave out the variable")
            }
        }
        let capabilities = recipe.gpu.capabilities.map(\.value)
        if let first = recipe.gpu.capabilities.first, !capabilities.contains(.compute), !capabilities.contains(.all) {
            diagnostics.warning(
                .computeMissing, "without the capability 'compute' the container gets no libcuda.so.1",
                at: first.span, notes: ["the NVIDIA Container Toolkit mounts only what the capabilities name"],
                help: "add compute to gpu.capabilities")
        }
    }
}

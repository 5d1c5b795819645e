/// The mappings of a recipe.
extension MappingShape {
    static var recipe: MappingShape { MappingShape("recipe", Recipe.Key.self) }
    static var image: MappingShape { MappingShape("image", Recipe.Image.Key.self) }
    static var gpu: MappingShape { MappingShape("gpu", Recipe.GPU.Key.self) }
    static var system: MappingShape { MappingShape("system", Recipe.SystemKey.self) }
    static var python: MappingShape { MappingShape("python", Recipe.Python.Key.self) }
    static var build: MappingShape { MappingShape("build", Recipe.Build.Key.self) }
    static var copy: MappingShape { MappingShape("copy", Recipe.CopyStep.Key.self) }
    /// A `copy` out of the stage `build`, whose sources are any paths.
    static var artifact: MappingShape {
        MappingShape(
            "artifact", Recipe.CopyStep.Key.self, changing: [.from: Recipe.CopyStep.Key.sources(.path)])
    }
    static var secret: MappingShape { MappingShape("secret", Recipe.Secret.Key.self) }
    static var user: MappingShape { MappingShape("user", Recipe.User.Key.self) }
    static var healthcheck: MappingShape { MappingShape("healthcheck", Recipe.HealthcheckStep.Key.self) }
    static var smoke: MappingShape { MappingShape("smoke", Recipe.Smoke.Key.self) }
}

/// The mappings of a matrix file.
extension MappingShape {
    static var matrixFile: MappingShape {
        var shape = MappingShape("matrix-file", MatrixFile.Key.self)
        shape.requiredAlternatives = ["matrix", "include"]
        return shape
    }

    static var axes: MappingShape {
        var shape = MappingShape("matrix", MatrixAxis.self)
        shape.keys = shape.keys.map { name, description in
            var description = description
            description.value = .list(description.value)
            description.examples = ["[" + description.examples.joined(separator: ", ") + "]"]
            return (name, description)
        }
        return shape
    }

    static var exclusion: MappingShape { MappingShape("exclude", MatrixAxis.self) }
    static var inclusion: MappingShape { MappingShape("include", MatrixFile.IncludeKey.self) }
}

extension MatrixFile.Key {
    var about: KeyDescription {
        switch self {
        case .recipe:
            KeyDescription(
                "The recipe, seen from the matrix file.", .text(.line), default: .words("bare CUDA images"),
                examples: ["app.yaml"])
        case .name:
            KeyDescription(
                "The folders' names, with "
                    + MatrixAxis.allCases.map { "`{\($0.rawValue)}`" }.joined(separator: ", ") + " in them.",
                .text(.line), default: .words("the values, in the order of tags"),
                examples: ["\"{cuda}-{flavor}-{os}\""])
        case .matrix:
            KeyDescription(
                "For each axis a list of values. There is an image for each combination, the last axis fastest.",
                .mapping(.axes), examples: ["{cuda: [12.4.1, 12.8.1], os: [ubuntu22.04]}"])
        case .exclude:
            KeyDescription(
                "Drops the images that have all values of an entry. An entry that drops none is reported.",
                .list(.mapping(.exclusion)), examples: ["[{cuda: 12.4.1, os: ubuntu24.04}]"])
        case .include:
            KeyDescription(
                "Further images, as they are.", .list(.mapping(.inclusion)),
                examples: ["[{cuda: 12.6.3, flavor: base, os: ubuntu24.04, name: slim}]"])
        }
    }
}

extension MatrixAxis {
    /// As in `image` of the recipe, with one value; `resolve` is no value of an axis.
    var about: KeyDescription {
        var about: KeyDescription
        switch self {
        case .cuda:
            about = Recipe.Image.Key.cuda.about
            about.meaning = "The CUDA release. An incomplete one becomes the newest that has the rest."
            about.value = .text(.cudaRelease)
            about.examples.removeAll { $0 == "resolve" }
        case .flavor: about = Recipe.Image.Key.flavor.about
        case .os: about = Recipe.Image.Key.os.about
        case .cudnn: about = Recipe.Image.Key.cudnn.about
        case .source: about = Recipe.Image.Key.source.about
        case .platforms:
            about = Recipe.Image.Key.platforms.about
            about.value = .either([.text(.platforms), about.value])
            about.examples = ["\"linux/amd64,linux/arm64\""]
        }
        about.byDefault = .words("the recipe's")
        return about
    }
}

extension MatrixFile.IncludeKey {
    var about: KeyDescription {
        switch self {
        case .cuda: MatrixAxis.cuda.about
        case .flavor: MatrixAxis.flavor.about
        case .os: MatrixAxis.os.about
        case .cudnn: MatrixAxis.cudnn.about
        case .source: MatrixAxis.source.about
        case .platforms: MatrixAxis.platforms.about
        case .name:
            KeyDescription(
                "The folder's name.", .text(.name), default: .words("as `name` of the file says"), examples: ["slim"])
        }
    }
}

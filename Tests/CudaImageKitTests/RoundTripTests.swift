import Testing

@testable import CudaImageKit

/// Recipes with random hostile values: what is generated means exactly what was given.
///
/// `CUDAGEN_SEED` chooses other recipes. `scripts/test` has the files that this writes read by BuildKit's parser.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<300)
    func instructionsHoldTheValuesThatWereGiven(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        let random = RandomRecipe(using: &generator)
        let output = Generator().generate(
            RecipeSource(text: random.text, fileName: "app.yaml"), options: random.options)
        let context = Comment("CUDAGEN_SEED=\(SeededGenerator.seed), number \(number): \(random.text)")
        let text = try #require(output.text, "\(DiagnosticFormatter().text(output.diagnostics)) \(context)")
        let dockerfile = Dockerfile(try #require(output.plan))
        #expect(DockerfileShape.keywords(of: text) == DockerfileShape.keywords(of: dockerfile), context)
        check(dockerfile, against: random, context)
        try RoundTripFolder.write(output, name: "random-\(number)")
    }

    private func check(_ dockerfile: Dockerfile, against random: RandomRecipe, _ context: Comment) {
        let final = dockerfile.stages.last?.sections ?? []
        let instructions = final.flatMap(\.instructions)
        for (name, value) in random.environment {
            let isThere = instructions.contains { instruction in
                guard case .environment(let variables) = instruction else { return false }
                return variables.contains { $0.name.text == name && $0.value == [.text(value)] }
            }
            #expect(isThere, context)
        }
        for (name, value) in random.labels {
            let isThere = instructions.contains { instruction in
                guard case .label(let labels) = instruction else { return false }
                return labels.contains(Label(name, value))
            }
            #expect(isThere, context)
        }
        let commands = instructions.compactMap { instruction -> String? in
            if case .run(.shell(let text), _) = instruction { text } else { nil }
        }
        #expect(commands.map { Array($0.utf8) } == random.commands.map { Array($0.utf8) }, context)
        #expect(instructions.contains(.entrypoint(random.entrypoint)), context)
        let copies = instructions.compactMap { instruction -> [String]? in
            guard case .copy(let copy) = instruction else { return nil }
            return copy.sources.map(\.text) + [copy.destination.text]
        }
        #expect(Set(random.copies.map { [$0.from, $0.to] }).isSubset(of: copies), context)
    }
}

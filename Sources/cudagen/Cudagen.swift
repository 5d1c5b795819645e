import ArgumentParser
import CudaImageKit

@main
struct Cudagen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cudagen",
        abstract: "Dockerfiles for programs that run on NVIDIA GPUs, checked before they are built.",
        usage: "cudagen [generate] [<options>] [<recipe>]\n       cudagen <subcommand>",
        discussion: """
            Without a subcommand, cudagen generates a Dockerfile:

              cudagen --flavor runtime --cuda 11.4.0 --os ubuntu20.04 app.yaml > Dockerfile
              cudagen -o Dockerfile app.yaml
              cudagen --cuda 12.4 --os ubuntu22.04 --source packages
              cudagen check -o Dockerfile app.yaml
              cudagen tags --cuda 12 --flavor runtime --os ubuntu22.04 --supported
              cudagen resolve --torch 2.4 --driver 535.104.05 --gpu A100
              cudagen init
              cudagen verify app.yaml
              cudagen lock app.yaml
              cudagen emit compose -o compose.yaml app.yaml
              cudagen doctor app.yaml
              cudagen schema -o recipe.schema.json

            Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 the answer is no (a \
            difference, a finding); 2 invalid recipe or impossible request; 3 the environment lacks something; 64 wrong \
            usage.
            """,
        version: Generator.version,
        subcommands: [
            Generate.self,
            Check.self,
            Explain.self,
            Tags.self,
            Resolve.self,
            Init.self,
            MatrixCommand.self,
            LockCommand.self,
            Smoke.self,
            Verify.self,
            Emit.self,
            Doctor.self,
            HostCommand.self,
            CatalogCommand.self,
            TemplatesCommand.self,
            Schema.self,
        ],
        defaultSubcommand: Generate.self
    )
}

/// `.dockerignore`, by its being there.
struct DockerIgnoreDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        facts.hasDockerIgnore = folder.has(".dockerignore") || folder.has("Dockerfile.dockerignore")
    }
}

// Puts the catalogue and the templates into the program as they are: no start-up cost, nothing to find at run time.
//
// A build-tool plugin that wrote Swift literals did the same until other packages came to use the library in their own
// plugins: SwiftPM builds a plugin's tool without the plugins of the tool's dependencies (https://github.com/swiftlang/swift-package-manager/issues/7936).
//
// A new file is named twice below; a test compares the list with the folders.

#include "CEmbeddedResources.h"

// To ask for a file makes it a dependency: an edit builds this anew.
#if !(__has_include("cuda.catalog") && __has_include("Dockerfile.mustache") && __has_include("header.mustache") \
      && __has_include("host-setup.mustache") && __has_include("layer.mustache") && __has_include("lint.mustache") && __has_include("smoke-compose.mustache") \
      && __has_include("smoke-devices.mustache") && __has_include("smoke-dockerfile.mustache") \
      && __has_include("smoke-driver.mustache") && __has_include("smoke-failures.mustache") \
      && __has_include("smoke-kernels.mustache") && __has_include("smoke-kubernetes.mustache") \
      && __has_include("smoke-libraries.mustache") && __has_include("smoke-main.mustache") \
      && __has_include("smoke-plan.mustache") && __has_include("smoke-processes.mustache") \
      && __has_include("smoke-readme.mustache") && __has_include("smoke-report.mustache") \
      && __has_include("smoke-run.mustache") && __has_include("smoke-support.mustache") \
      && __has_include("smoke-transfers.mustache") && __has_include("smoke.cu.mustache") \
      && __has_include("stage.mustache"))
#error "a file of Templates/ or of the catalogue is missing"
#endif

#define RESOURCES(R) \
    R(cuda_catalog, "cuda.catalog") \
    R(dockerfile, "Dockerfile.mustache") \
    R(header, "header.mustache") \
    R(host_setup, "host-setup.mustache") \
    R(layer, "layer.mustache") \
    R(lint, "lint.mustache") \
    R(smoke_compose, "smoke-compose.mustache") \
    R(smoke_devices, "smoke-devices.mustache") \
    R(smoke_dockerfile, "smoke-dockerfile.mustache") \
    R(smoke_driver, "smoke-driver.mustache") \
    R(smoke_failures, "smoke-failures.mustache") \
    R(smoke_kernels, "smoke-kernels.mustache") \
    R(smoke_kubernetes, "smoke-kubernetes.mustache") \
    R(smoke_libraries, "smoke-libraries.mustache") \
    R(smoke_main, "smoke-main.mustache") \
    R(smoke_plan, "smoke-plan.mustache") \
    R(smoke_processes, "smoke-processes.mustache") \
    R(smoke_readme, "smoke-readme.mustache") \
    R(smoke_report, "smoke-report.mustache") \
    R(smoke_run, "smoke-run.mustache") \
    R(smoke_support, "smoke-support.mustache") \
    R(smoke_transfers, "smoke-transfers.mustache") \
    R(smoke_cu, "smoke.cu.mustache") \
    R(stage, "stage.mustache")

#if defined(__APPLE__)
#define SECTION ".const_data\n"
#define SYMBOL(name) "_" name
#else
#define SECTION ".section .rodata,\"a\"\n"
#define SYMBOL(name) name
#endif

#define EMBED(id, file) \
    __asm__(SECTION \
            ".globl " SYMBOL("cudagen_" #id) "\n" \
            SYMBOL("cudagen_" #id) ":\n" \
            ".incbin \"" file "\"\n" \
            ".globl " SYMBOL("cudagen_" #id "_end") "\n" \
            SYMBOL("cudagen_" #id "_end") ":\n" \
            ".byte 0\n" \
            ".text\n"); \
    extern const unsigned char cudagen_##id[] __attribute__((visibility("hidden"))); \
    extern const unsigned char cudagen_##id##_end[] __attribute__((visibility("hidden")));

RESOURCES(EMBED)

#define ENTRY(id, file) {file, cudagen_##id, cudagen_##id##_end},

static const struct {
    const char *name;
    const unsigned char *start;
    const unsigned char *end;
} resources[] = {RESOURCES(ENTRY)};

size_t cudagen_resource_count(void) { return sizeof resources / sizeof resources[0]; }

cudagen_resource cudagen_resource_at(size_t index) {
    cudagen_resource resource = {
        resources[index].name, resources[index].start, (size_t)(resources[index].end - resources[index].start)};
    return resource;
}

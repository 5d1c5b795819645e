// Draws the Mandelbrot set on the GPU, checks rows of it against the CPU, and says how fast it was.

#include <cuda_runtime.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Options {
    int size = 4096;
    int limit = 1000;
    std::string output;
};

void check(cudaError_t status, const char *what) {
    if (status != cudaSuccess) {
        throw std::runtime_error(std::string(what) + ": " + cudaGetErrorString(status));
    }
}

/// Iterations until the point leaves the circle of radius 2, in integers of 1/2^28: the same on every processor.
__host__ __device__ int iterations(int column, int row, int size, int limit) {
    constexpr int shift = 28;
    const std::int64_t one = std::int64_t{1} << shift;
    const std::int64_t cx = 3 * one * column / size - 9 * one / 4;
    const std::int64_t cy = 3 * one * row / size - 3 * one / 2;
    std::int64_t x = 0, y = 0;
    for (int count = 0; count < limit; ++count) {
        const std::int64_t xx = x * x >> shift, yy = y * y >> shift;
        if (xx + yy > 4 * one) return count;
        y = (x * y >> (shift - 1)) + cy;
        x = xx - yy + cx;
    }
    return limit;
}

__global__ void draw(int *image, int size, int limit) {
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    const int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (column < size && row < size) {
        image[static_cast<std::size_t>(row) * size + column] = iterations(column, row, size, limit);
    }
}

struct DeviceFree {
    void operator()(int *pointer) const { cudaFree(pointer); }
};

struct Event {
    cudaEvent_t handle{};
    Event() { check(cudaEventCreate(&handle), "cudaEventCreate"); }
    ~Event() { cudaEventDestroy(handle); }
    Event(const Event &) = delete;
    Event &operator=(const Event &) = delete;
};

/// A grey picture in the PGM format.
void write(const std::string &path, const std::vector<int> &image, const Options &options) {
    std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "wb"), std::fclose);
    if (!file) throw std::runtime_error("can't write " + path);
    std::fprintf(file.get(), "P5\n%d %d\n255\n", options.size, options.size);
    std::vector<unsigned char> grey(image.size());
    std::transform(image.begin(), image.end(), grey.begin(), [&](int count) {
        return static_cast<unsigned char>(count == options.limit ? 0 : 255 - count % 256);
    });
    if (std::fwrite(grey.data(), 1, grey.size(), file.get()) != grey.size()) {
        throw std::runtime_error("can't write " + path);
    }
}

int run(const Options &options) {
    int device = 0, driver = 0, runtime = 0;
    cudaDeviceProp properties{};
    check(cudaGetDevice(&device), "no usable GPU (was the container started with --gpus all?)");
    check(cudaGetDeviceProperties(&properties, device), "cudaGetDeviceProperties");
    check(cudaDriverGetVersion(&driver), "cudaDriverGetVersion");
    check(cudaRuntimeGetVersion(&runtime), "cudaRuntimeGetVersion");
    std::printf(
        "%s, compute capability %d.%d, driver for CUDA %d.%d, runtime %d.%d\n", properties.name, properties.major,
        properties.minor, driver / 1000, driver % 1000 / 10, runtime / 1000, runtime % 1000 / 10);

    const std::size_t pixels = static_cast<std::size_t>(options.size) * options.size;
    int *memory = nullptr;
    check(cudaMalloc(&memory, pixels * sizeof(int)), "cudaMalloc");
    std::unique_ptr<int, DeviceFree> image(memory);

    const dim3 block(32, 8);
    const dim3 grid((options.size + block.x - 1) / block.x, (options.size + block.y - 1) / block.y);
    draw<<<grid, block>>>(image.get(), options.size, options.limit);  // the first launch loads the code
    check(cudaGetLastError(), "launch");
    Event start, end;
    check(cudaEventRecord(start.handle), "cudaEventRecord");
    draw<<<grid, block>>>(image.get(), options.size, options.limit);
    check(cudaGetLastError(), "launch");
    check(cudaEventRecord(end.handle), "cudaEventRecord");
    check(cudaEventSynchronize(end.handle), "kernel");
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, start.handle, end.handle), "cudaEventElapsedTime");

    std::vector<int> result(pixels);
    check(cudaMemcpy(result.data(), image.get(), pixels * sizeof(int), cudaMemcpyDeviceToHost), "cudaMemcpy");

    std::int64_t total = 0;
    for (int count : result) total += count;
    std::printf(
        "%d x %d pixels in %.2f ms, %.1f billion iterations a second\n", options.size, options.size, milliseconds,
        total / milliseconds / 1e6);

    const int step = std::max(1, options.size / 16);
    std::size_t wrong = 0;
    for (int row = 0; row < options.size; row += step) {
        for (int column = 0; column < options.size; ++column) {
            const int expected = iterations(column, row, options.size, options.limit);
            wrong += result[static_cast<std::size_t>(row) * options.size + column] != expected;
        }
    }
    if (!options.output.empty()) write(options.output, result, options);
    if (wrong != 0) {
        std::fprintf(stderr, "%zu pixels differ from the CPU's\n", wrong);
        return 1;
    }
    std::printf("checked every %dth row against the CPU: equal\n", step);
    return 0;
}

int number(const char *option, const char *text, int lowest, int highest) {
    int value = 0;
    const char *end = text + std::strlen(text);
    const auto [rest, error] = std::from_chars(text, end, value);
    if (error != std::errc{} || rest != end || value < lowest || value > highest) {
        throw std::invalid_argument(
            std::string(option) + " takes a number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    }
    return value;
}

Options parse(int count, char **arguments) {
    Options options;
    for (int index = 1; index < count; index += 2) {
        const std::string option = arguments[index];
        if (index + 1 == count) throw std::invalid_argument(option + " needs a value");
        const char *value = arguments[index + 1];
        if (option == "--size") {
            options.size = number("--size", value, 16, 32768);
        } else if (option == "--limit") {
            options.limit = number("--limit", value, 1, 1000000);
        } else if (option == "--output") {
            options.output = value;
        } else {
            throw std::invalid_argument("unknown option " + option);
        }
    }
    return options;
}

}  // namespace

int main(int count, char **arguments) {
    try {
        return run(parse(count, arguments));
    } catch (const std::invalid_argument &error) {
        std::fprintf(
            stderr, "mandelbrot: %s\nusage: mandelbrot [--size PIXELS] [--limit ITERATIONS] [--output FILE.pgm]\n",
            error.what());
        return 64;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "mandelbrot: %s\n", error.what());
        return 2;
    }
}

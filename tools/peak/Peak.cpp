#include "peak/Peak.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <immintrin.h>
#include <latch>
#include <numeric>
#include <thread>
#include <vector>

namespace {

// Twelve independent chains hide the latency of any two FMA units.
constexpr int chains = 12;
constexpr long rounds = 1'000'000;

/// Hides a chain's first value: 1 is a fixed point of x -> x * 0.9999 + 1e-4,
/// and a compiler that sees it leaves that chain out.
float start(int chain) {
  float value = static_cast<float>(chain);
  asm volatile("" : "+m"(value));
  return value;
}

__attribute__((target("avx512f"))) double fma512() {
  __m512 a[chains], m = _mm512_set1_ps(0.9999f), c = _mm512_set1_ps(1e-4f);
  for (int i = 0; i < chains; ++i)
    a[i] = _mm512_set1_ps(start(i));
  for (long r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i)
      a[i] = _mm512_fmadd_ps(a[i], m, c);
  }
  for (int i = 0; i < chains; ++i)
    asm volatile("" ::"v"(a[i]));
  return 2.0 * 16 * chains * rounds;
}

__attribute__((target("avx2,fma"))) double fma256() {
  __m256 a[chains], m = _mm256_set1_ps(0.9999f), c = _mm256_set1_ps(1e-4f);
  for (int i = 0; i < chains; ++i)
    a[i] = _mm256_set1_ps(start(i));
  for (long r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i)
      a[i] = _mm256_fmadd_ps(a[i], m, c);
  }
  for (int i = 0; i < chains; ++i)
    asm volatile("" ::"x"(a[i]));
  return 2.0 * 8 * chains * rounds;
}

double multiplyAdd128() {
  __m128 a[chains], m = _mm_set1_ps(0.9999f), c = _mm_set1_ps(1e-4f);
  for (int i = 0; i < chains; ++i)
    a[i] = _mm_set1_ps(start(i));
  for (long r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i)
      a[i] = _mm_add_ps(_mm_mul_ps(a[i], m), c);
  }
  for (int i = 0; i < chains; ++i)
    asm volatile("" ::"x"(a[i]));
  return 2.0 * 4 * chains * rounds;
}

/// A line of the caches.
struct alignas(64) Line {
  __m128i parts[4];
};

/// Stores past the caches, as the C library's memcpy does only from a size on
/// that depends on the machine.
void copyPastCaches(const std::vector<Line> &from, std::vector<Line> &to) {
  for (size_t i = 0; i < from.size(); ++i)
    for (int part = 0; part < 4; ++part)
      _mm_stream_si128(&to[i].parts[part],
                       _mm_load_si128(&from[i].parts[part]));
  _mm_sfence();
}

/// Runs `loop`, which returns how much it did, in all threads at once; what
/// they do a second together.
double rateOf(int threads, const std::function<double(int thread)> &loop) {
  std::latch start(threads);
  auto rate = [&](int thread) {
    start.arrive_and_wait();
    auto begin = std::chrono::steady_clock::now();
    double done = loop(thread);
    std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - begin;
    return done / time.count();
  };
  std::vector<double> rates(threads);
  std::vector<std::thread> others;
  for (int t = 1; t < threads; ++t)
    others.emplace_back([&, t] { rates[t] = rate(t); });
  rates[0] = rate(0);
  for (std::thread &thread : others)
    thread.join();
  return std::accumulate(rates.begin(), rates.end(), 0.0);
}

} // namespace

double dlc::peak::secondsPerFlop(int threads) {
  double (*loop)() = multiplyAdd128;
  if (__builtin_cpu_supports("avx512f"))
    loop = fma512;
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    loop = fma256;
  return 1 / rateOf(threads, [&](int) { return loop(); });
}

double dlc::peak::secondsPerByte(int threads) {
  constexpr size_t lines = size_t(1) << 20;
  std::vector<std::vector<Line>> from, to;
  for (int t = 0; t < threads; ++t) {
    from.emplace_back(lines, Line{_mm_set1_epi8(char(t))});
    to.emplace_back(lines);
  }
  // A last cache of hundreds of MB holds what was just written, then what is
  // read: kernels that run again and again see the latter.
  auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  double best = 0;
  do
    best = std::max(best, rateOf(threads, [&](int t) {
                      copyPastCaches(from[t], to[t]);
                      return 2.0 * sizeof(Line) * lines;
                    }));
  while (std::chrono::steady_clock::now() < end);
  return 1 / best;
}

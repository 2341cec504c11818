// Compiled for AVX2; called only where the CPU has it.

#include "References.h"

#include <cmath>
#include <cstring>
#include <immintrin.h>

using V = __m256d;

extern "C" {
V _ZGVdN4v_exp(V);
V _ZGVdN4v_expm1(V);
V _ZGVdN4v_log(V);
V _ZGVdN4v_log1p(V);
V _ZGVdN4v_sin(V);
V _ZGVdN4v_cos(V);
V _ZGVdN4v_tanh(V);
V _ZGVdN4v_erf(V);
V _ZGVdN4v_erfc(V);
V _ZGVdN4v_atan(V);
}

static V all(double x) { return _mm256_set1_pd(x); }
/// Half of all f32 are so large that libmvec asks the C library, one by one,
/// for an overflow. Beyond the limit an f32 cannot tell the results apart.
static V cut(V x, double limit) {
  // The second operand where one is NaN.
  return _mm256_min_pd(all(limit), _mm256_max_pd(all(-limit), x));
}
static V exponential(V x) { return _ZGVdN4v_exp(cut(x, 200)); }
static V exponentialMinusOne(V x) { return _ZGVdN4v_expm1(cut(x, 200)); }
static V complement(V x) { return _ZGVdN4v_erfc(cut(x, 26)); }
static V logistic(V x) {
  V e = exponential(_mm256_sub_pd(all(0), x));
  return _mm256_div_pd(all(1), _mm256_add_pd(all(1), e));
}
static V rsqrt(V x) { return _mm256_div_pd(all(1), _mm256_sqrt_pd(x)); }
static V squareRoot(V x) { return _mm256_sqrt_pd(x); }
static V gelu(V x) {
  V c = complement(_mm256_mul_pd(x, all(-0.70710678118654752440)));
  return _mm256_mul_pd(_mm256_mul_pd(x, all(0.5)), c);
}
static V geluTanh(V x) {
  V square = _mm256_mul_pd(x, x);
  V cubic = _mm256_add_pd(all(1), _mm256_mul_pd(all(0.044715), square));
  V u = _mm256_mul_pd(_mm256_mul_pd(all(1.59576912160573071176), x), cubic);
  return _mm256_mul_pd(x, logistic(u));
}
static V silu(V x) { return _mm256_mul_pd(x, logistic(x)); }
static V softplus(V x) {
  V minusSize = _mm256_or_pd(x, all(-0.0));
  V rest = _ZGVdN4v_log1p(exponential(minusSize));
  return _mm256_add_pd(_mm256_max_pd(all(0), x), rest);
}

static constexpr struct {
  const char *op;
  V (*function)(V);
} references[] = {
    {"exponential", exponential},
    {"exponential_minus_one", exponentialMinusOne},
    {"log", _ZGVdN4v_log},
    {"log_plus_one", _ZGVdN4v_log1p},
    {"sqrt", squareRoot},
    {"rsqrt", rsqrt},
    {"sine", _ZGVdN4v_sin},
    {"cosine", _ZGVdN4v_cos},
    {"tanh", _ZGVdN4v_tanh},
    {"logistic", logistic},
    {"erf", _ZGVdN4v_erf},
    {"erfc", complement},
    {"atan", _ZGVdN4v_atan},
    {"gelu", gelu},
    {"gelu tanh", geluTanh},
    {"silu", silu},
    {"softplus", softplus},
};

bool dlc::hasVectorReferences() { return __builtin_cpu_supports("avx2"); }

bool dlc::vectorReference(const char *op, const float *x, double *y,
                          int64_t count) {
  for (const auto &reference : references) {
    if (std::strcmp(reference.op, op) != 0)
      continue;
    for (int64_t i = 0; i < count; i += 4)
      _mm256_storeu_pd(
          y + i, reference.function(_mm256_cvtps_pd(_mm_loadu_ps(x + i))));
    return true;
  }
  return false;
}

int64_t dlc::findError(const float *y, const double *want, int64_t start,
                       int64_t count, double limit) {
  const __m256i smallest = _mm256_set1_epi64x(1);
  const __m256i largest = _mm256_set1_epi64x(254);
  for (int64_t i = start / 4 * 4; i < count; i += 4) {
    __m128 narrow = _mm_loadu_ps(y + i);
    V got = _mm256_cvtps_pd(narrow), wanted = _mm256_loadu_pd(want + i);
    __m128 rounded = _mm256_cvtpd_ps(wanted);
    // 2^-(the exponent of the last place)
    __m256i bits = _mm256_cvtepu32_epi64(_mm_castps_si128(rounded));
    __m256i field =
        _mm256_and_si256(_mm256_srli_epi64(bits, 23), _mm256_set1_epi64x(255));
    __m256i isZero = _mm256_cmpgt_epi64(smallest, field);
    field = _mm256_blendv_epi8(field, smallest, isZero);
    __m256i isLarge = _mm256_cmpgt_epi64(field, largest);
    field = _mm256_blendv_epi8(field, largest, isLarge);
    __m256i exponent = _mm256_sub_epi64(_mm256_set1_epi64x(1023 + 150), field);
    V scale = _mm256_castsi256_pd(_mm256_slli_epi64(exponent, 52));
    V error = _mm256_mul_pd(_mm256_sub_pd(got, wanted), scale);
    error = _mm256_andnot_pd(all(-0.0), error);
    V isSmall = _mm256_cmp_pd(error, all(limit), _CMP_LE_OQ);
    // What overflows alike.
    V infinite = _mm256_cmp_pd(_mm256_andnot_pd(all(-0.0), got), all(INFINITY),
                               _CMP_EQ_OQ);
    V same = _mm256_cmp_pd(got, _mm256_cvtps_pd(rounded), _CMP_EQ_OQ);
    V neither = _mm256_and_pd(_mm256_cmp_pd(got, got, _CMP_UNORD_Q),
                              _mm256_cmp_pd(wanted, wanted, _CMP_UNORD_Q));
    V good = _mm256_or_pd(isSmall, _mm256_and_pd(infinite, same));
    good = _mm256_or_pd(good, neither);
    if (_mm256_movemask_pd(good) != 15)
      return i;
  }
  return count;
}

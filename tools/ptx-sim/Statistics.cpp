#include "ptx-sim/Statistics.h"

#include <algorithm>
#include <cassert>

namespace dlc::ptxsim {

static constexpr int warpSize = 32;

void GlobalTraffic::operator+=(const GlobalTraffic &other) {
  requests += other.requests;
  sectors += other.sectors;
  bytes += other.bytes;
  idealSectors += other.idealSectors;
}

void SharedTraffic::operator+=(const SharedTraffic &other) {
  requests += other.requests;
  conflicts += other.conflicts;
}

namespace {
/// How many different values there are, which mostly come in order.
int64_t countDistinct(uint64_t *begin, uint64_t *end) {
  if (!std::is_sorted(begin, end))
    std::sort(begin, end);
  return std::unique(begin, end) - begin;
}
} // namespace

GlobalTraffic countGlobal(const uint64_t *addresses, int lanes, int bytes) {
  assert(lanes <= warpSize && bytes <= sectorBytes);
  // An access touches at most two sectors.
  uint64_t sectors[2 * warpSize], touched[warpSize];
  uint64_t *end = sectors;
  for (int lane = 0; lane < lanes; ++lane) {
    touched[lane] = addresses[lane];
    uint64_t first = addresses[lane] / sectorBytes,
             last = (addresses[lane] + bytes - 1) / sectorBytes;
    *end++ = first;
    if (last != first)
      *end++ = last;
  }
  // Lanes that ask for the same bytes share them.
  int64_t distinct = countDistinct(touched, touched + lanes) * bytes;
  GlobalTraffic traffic;
  traffic.requests = 1;
  traffic.sectors = countDistinct(sectors, end);
  traffic.bytes = int64_t(lanes) * bytes;
  traffic.idealSectors = (distinct + sectorBytes - 1) / sectorBytes;
  return traffic;
}

SharedTraffic countShared(const uint64_t *addresses, const uint8_t *lanes,
                          int count, int bytes) {
  constexpr int banks = 32, bankBytes = 4;
  assert(count <= warpSize && bytes <= sectorBytes);
  int words = std::max(1, bytes / bankBytes), lanesARound = banks / words;
  SharedTraffic traffic;
  traffic.requests = 1;
  for (int next = 0; next < count;) {
    // Half a warp of 8 bytes, a quarter of 16: those lanes that are active.
    int part = lanes[next] / lanesARound;
    uint64_t wanted[banks];
    uint64_t *last = wanted;
    for (; next < count && lanes[next] / lanesARound == part; ++next)
      for (int word = 0; word < words; ++word)
        *last++ = addresses[next] / bankBytes + word;
    // Different words of one bank take a round each.
    uint64_t *distinct = wanted + countDistinct(wanted, last);
    int perBank[banks] = {}, rounds = 1;
    for (uint64_t *word = wanted; word != distinct; ++word)
      rounds = std::max(rounds, ++perBank[*word % banks]);
    traffic.conflicts += rounds - 1;
  }
  return traffic;
}

} // namespace dlc::ptxsim

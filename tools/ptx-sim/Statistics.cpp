#include "ptx-sim/Statistics.h"

#include <algorithm>
#include <set>
#include <vector>

namespace dlc::ptxsim {

void countGlobal(GlobalTraffic &traffic, const uint64_t *addresses, int lanes,
                 int bytes) {
  std::vector<uint64_t> sectors, touched(addresses, addresses + lanes);
  for (uint64_t address : touched)
    for (uint64_t sector = address / sectorBytes,
                  last = (address + bytes - 1) / sectorBytes;
         sector <= last; ++sector)
      sectors.push_back(sector);
  auto makeUnique = [](std::vector<uint64_t> &values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  };
  makeUnique(sectors);
  makeUnique(touched);
  ++traffic.requests;
  traffic.sectors += static_cast<int64_t>(sectors.size());
  traffic.bytes += int64_t(lanes) * bytes;
  // Lanes that ask for the same bytes share them.
  int64_t distinct = static_cast<int64_t>(touched.size()) * bytes;
  traffic.idealSectors += (distinct + sectorBytes - 1) / sectorBytes;
}

void countShared(SharedTraffic &traffic, const uint64_t *addresses, int lanes,
                 int bytes) {
  constexpr int banks = 32, bankBytes = 4;
  int words = std::max(1, bytes / bankBytes), lanesARound = banks / words;
  ++traffic.requests;
  for (int begin = 0; begin < lanes; begin += lanesARound) {
    std::array<std::set<uint64_t>, banks> wanted;
    int end = std::min(lanes, begin + lanesARound);
    for (int lane = begin; lane < end; ++lane)
      for (int word = 0; word < words; ++word) {
        uint64_t address = addresses[lane] / bankBytes + word;
        wanted[address % banks].insert(address);
      }
    size_t rounds = 1;
    for (const std::set<uint64_t> &bank : wanted)
      rounds = std::max(rounds, bank.size());
    traffic.conflicts += static_cast<int64_t>(rounds) - 1;
  }
}

} // namespace dlc::ptxsim

// The functions whose gradients are checked.

#ifndef DLC_TEST_UNIT_GRADIENTS_CASES_H
#define DLC_TEST_UNIT_GRADIENTS_CASES_H

#include <ostream>
#include <string>
#include <vector>

namespace dlc {

struct Case {
  std::string name;
  /// The function @f.
  std::string text;
  /// Where floating-point inputs come from; integers are 0, 1 or 2.
  double low = -1.5, high = 1.5;
  /// Its rule deliberately differs from its decomposition's gradient, and from
  /// differences.
  bool straightThrough = false;
};

inline void PrintTo(const Case &c, std::ostream *out) { *out << c.name; }

std::vector<Case> elementwise();
std::vector<Case> indexMaps();
std::vector<Case> reductions();
std::vector<Case> contractions();
std::vector<Case> composites();
std::vector<Case> networks();
std::vector<Case> loops();
/// The rest of the primitives, the rest of the composites, control flow.
std::vector<Case> primitives();
std::vector<Case> layers();
std::vector<Case> controlFlow();
/// What `dlc-stabilize` rewrites, as a textbook writes it.
std::vector<Case> naive();

} // namespace dlc

#endif // DLC_TEST_UNIT_GRADIENTS_CASES_H

#include "ptx-sim/ControlFlow.h"

#include <algorithm>
#include <limits>

namespace dlc::ptxsim {

namespace {

/// Bourdoncle's algorithm: Tarjan's strongly connected components, each loop
/// taken apart again without its head. Blocks come out in reverse.
class WeakTopologicalOrder {
public:
  explicit WeakTopologicalOrder(std::vector<std::vector<int>> successors)
      : successors(std::move(successors)), number(this->successors.size(), 0) {}

  std::vector<int> run() {
    visit(0, order);
    std::reverse(order.begin(), order.end());
    return std::move(order);
  }

private:
  static constexpr int done = std::numeric_limits<int>::max();

  int visit(int block, std::vector<int> &reversed) {
    stack.push_back(block);
    int head = number[block] = ++count;
    bool isLoop = false;
    for (int next : successors[block]) {
      int least = number[next] == 0 ? visit(next, reversed) : number[next];
      if (least <= head) {
        head = least;
        isLoop = true;
      }
    }
    if (head != number[block])
      return head;
    number[block] = done;
    int member = pop();
    if (isLoop) {
      for (; member != block; member = pop())
        number[member] = 0;
      // The loop without its head, in an order of its own.
      std::vector<int> body;
      for (int next : successors[block])
        if (number[next] == 0)
          visit(next, body);
      reversed.insert(reversed.end(), body.begin(), body.end());
    }
    reversed.push_back(block);
    return head;
  }

  int pop() {
    int top = stack.back();
    stack.pop_back();
    return top;
  }

  std::vector<std::vector<int>> successors;
  std::vector<int> number, stack, order;
  int count = 0;
};

bool endsBlock(Kind kind) {
  return kind == Kind::branch || kind == Kind::branchIndexed ||
         kind == Kind::leave || kind == Kind::exit || kind == Kind::trap;
}

} // namespace

void rankBlocks(Function &function) {
  const std::vector<Instruction> &code = function.code;
  size_t size = code.size();
  function.isLeader.assign(size + 1, false);
  function.rank.assign(size + 1, std::numeric_limits<uint32_t>::max());
  if (size == 0)
    return;
  auto targets = [&](const Instruction &i) {
    std::vector<uint32_t> list;
    if (i.kind == Kind::branch)
      list.push_back(i.operands[0].index);
    else if (i.kind == Kind::branchIndexed)
      for (const Operand &label : i.operands[1].parts)
        list.push_back(label.index);
    return list;
  };
  function.isLeader[0] = true;
  for (size_t at = 0; at < size; ++at) {
    for (uint32_t target : targets(code[at]))
      function.isLeader[target] = true;
    if (endsBlock(code[at].kind))
      function.isLeader[at + 1] = true;
  }
  std::vector<size_t> begins;
  std::vector<int> blockOf(size + 1, -1);
  for (size_t at = 0; at < size; ++at) {
    if (function.isLeader[at])
      begins.push_back(at);
    blockOf[at] = static_cast<int>(begins.size()) - 1;
  }
  std::vector<std::vector<int>> successors(begins.size());
  for (size_t block = 0; block < begins.size(); ++block) {
    size_t end = block + 1 < begins.size() ? begins[block + 1] : size;
    const Instruction &last = code[end - 1];
    for (uint32_t target : targets(last))
      if (target < size)
        successors[block].push_back(blockOf[target]);
    bool fallsThrough = !endsBlock(last.kind) || last.guard >= 0;
    if (fallsThrough && end < size)
      successors[block].push_back(blockOf[end]);
  }
  uint32_t rank = 0;
  for (int block : WeakTopologicalOrder(successors).run()) {
    size_t end = static_cast<size_t>(block) + 1 < begins.size()
                     ? begins[block + 1]
                     : size;
    for (size_t at = begins[block]; at < end; ++at)
      function.rank[at] = rank++;
  }
}

} // namespace dlc::ptxsim

#include "Lowering/PlanMemoryReport.h"

using namespace mlir;
using namespace dlc;

/// "  (file:line:column)", or "".
static std::string inBrackets(const std::string &place) {
  return place.empty() ? "" : "  (" + place + ")";
}

static constexpr llvm::StringLiteral planName = "dlc.plan";
static constexpr llvm::StringLiteral recomputedName = "dlc.recomputed";

MemoryPlan MemoryPlan::of(ProgramOp program) {
  MemoryPlan plan;
  plan.arena = program.getArena();
  if (auto blocks = program->getAttrOfType<ArrayAttr>(planName))
    for (auto block : blocks.getAsRange<DenseI64ArrayAttr>()) {
      ArrayRef<int64_t> n = block.asArrayRef();
      if (n.size() == 4)
        plan.blocks.push_back(
            {.bytes = n[1], .first = n[2], .last = n[3], .offset = n[0]});
    }
  if (auto recomputed = program->getAttrOfType<IntegerAttr>(recomputedName))
    plan.recomputed = recomputed.getInt();
  plan.tapeLimit = program.getTapes().value_or(0);
  plan.prepared = program.getPrepared().value_or(0);
  for (auto launch : program.getSetup().getOps<LaunchOp>())
    plan.setup.push_back(
        {launch.getKernel().str(), userPlace(launch.getLoc())});
  program.walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto uses = op->getAttrOfType<ArrayAttr>("tapes");
    if (!uses)
      return;
    std::optional<int64_t> bytes;
    for (auto use : uses.getAsRange<TapeUseAttr>())
      if (use.getRole() == TapeRole::append)
        bytes = bytes.value_or(0) + use.getBytes();
    auto place = op->getAttrOfType<StringAttr>("place");
    if (bytes)
      plan.tapes.push_back({place ? place.str() : "", *bytes});
  });
  return plan;
}

void MemoryPlan::noteOn(ProgramOp program) const {
  Builder b(program.getContext());
  SmallVector<Attribute> notes;
  for (const ArenaBlock &block : blocks)
    notes.push_back(b.getDenseI64ArrayAttr(
        {block.offset, block.bytes, block.first, block.last}));
  program->setAttr(planName, b.getArrayAttr(notes));
  if (recomputed != 0)
    program->setAttr(recomputedName, b.getI64IntegerAttr(recomputed));
}

void MemoryPlan::print(llvm::raw_ostream &os) const {
  os << "arena " << arena << " bytes, of which at most " << liveBytes(blocks)
     << " live at once\n";
  if (recomputed != 0)
    os << "launches that compute again what is not kept: " << recomputed
       << "\n";
  for (const ArenaBlock &block : blocks)
    os << "  offset " << block.offset << ": " << block.bytes << " bytes, steps "
       << block.first << " to " << block.last << "\n";
  if (!tapes.empty())
    os << "tapes outside the arena, at most " << tapeLimit << " bytes\n";
  for (const UnboundedTape &tape : tapes)
    os << "  unbounded: " << tape.bytesPerTrip << " bytes a trip"
       << inBrackets(tape.place) << "\n";
  if (prepared != 0)
    os << "prepared " << prepared
       << " bytes, computed when the invariant arguments change, by\n";
  for (const auto &[kernel, place] : setup)
    os << "  " << kernel << inBrackets(place) << "\n";
}
